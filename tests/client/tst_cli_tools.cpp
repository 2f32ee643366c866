// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg watch`, `collect` and `doctor` as a script uses them, and what a terminal sees of `watch`.
#include <vector>

#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "RunCli.h"

using namespace dsmsg::test;

namespace {

QByteArray status(const char* role, int seq)
{
    return json("{'node_id':'n1','version':'0.1.0','replication_mode':'sync_quorum','committed_seq':") +
           QByteArray::number(seq) +
           json(
               ",'commit_index':7,'applied_index':7,'peer_status':{'http://a':{'alive':true},'http://b':{'alive':false}},"
               "'consensus':{'role':'") +
           role +
           json(
               "','current_term':3,'leader_id':'n1','cluster_id':'c1'},'time_sync':{'synchronized':true,'clock_offset':"
               "0.001,'bound':0.002},'explain':'<b>why</b>'}");
}

/// A node that knows its status and nothing else; the role changes after `changeAfter` questions.
FakeNode::Script node(int changeAfter = 1'000'000)
{
    return [asked = 0, changeAfter](const FakeRequest& request) mutable {
        if (request.target != "/status" && request.target != "/heartbeat")
            return answer(404, json("{'reason':'no such path'}"));
        ++asked;
        return answer(200, status(asked > changeAfter ? "Follower" : "Leader", 100 * asked));
    };
}

QList<QJsonObject> objects(const QString& lines)
{
    QList<QJsonObject> found;
    for (const QString& line : lines.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        found.append(QJsonDocument::fromJson(line.toUtf8()).object());
    return found;
}

/// `dsmsg` on a terminal of its own, with the fake nodes of this thread answering.
class Terminal
{
public:
    explicit Terminal(const QStringList& arguments)
    {
        winsize size{10, 60, 0, 0};
        QList<QByteArray> words{QByteArrayLiteral(DSMSG_PROGRAM)};
        for (const QString& argument : arguments)
            words.append(argument.toLocal8Bit());
        std::vector<char*> argv;
        for (QByteArray& word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        pid_ = forkpty(&master_, nullptr, nullptr, &size);
        if (pid_ == 0) {
            execv(argv[0], argv.data());
            _exit(127);
        }
        tcgetattr(master_, &before_);
    }
    ~Terminal()
    {
        if (pid_ > 0) {
            kill(pid_, SIGKILL);
            waitpid(pid_, nullptr, 0);
        }
        close(master_);
    }
    /// Reads until `text` was seen.
    bool awaitText(const char* text)
    {
        return QTest::qWaitFor([&] { return readMore() && seen.contains(text); }, 10000);
    }
    void type(const char* keys) { QVERIFY(write(master_, keys, qstrlen(keys)) > 0); }
    void interrupt() { kill(pid_, SIGTERM); }
    /// The exit code; -1 when it does not end.
    int awaitEnd()
    {
        int code = -1;
        const bool ended =
            QTest::qWaitFor([&] { return readMore() && waitpid(pid_, &code, WNOHANG) == pid_; }, 10000);
        if (!ended)
            return -1;
        pid_ = -1;
        return WIFEXITED(code) ? WEXITSTATUS(code) : -1;
    }
    bool isAsBefore() const
    {
        termios now{};
        tcgetattr(master_, &now);
        return now.c_lflag == before_.c_lflag && now.c_cc[VSUSP] == before_.c_cc[VSUSP];
    }

    QByteArray seen;

private:
    bool readMore()
    {
        fd_set set;
        FD_ZERO(&set);
        FD_SET(master_, &set);
        timeval none{};
        char piece[4096];
        while (select(master_ + 1, &set, nullptr, nullptr, &none) == 1) {
            const ssize_t count = read(master_, piece, sizeof piece);
            if (count <= 0)
                break;
            seen.append(piece, count);
        }
        return true;
    }

    int master_ = -1;
    pid_t pid_ = -1;
    termios before_{};
};

} // namespace

class TestCliTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongUsage()
    {
        for (const char* line :
             {"watch extra", "watch --every x", "watch --count 0", "collect extra", "collect --duration -1",
              "doctor a b", "doctor --ports 0", "doctor --ports 8000,x"})
            QCOMPARE(run(words(line)).code, 2);
    }

    void watchAppendsTablesWithoutATerminal()
    {
        FakeNode n1(node());
        const QString nodes = n1.url().toString() + QLatin1Char(',') + deadUrl().toString();
        const Ran ran = run(words("watch --count 3 --every 0.2"), {}, nodes);
        QCOMPARE(ran.code, 3); // one of two is no majority
        QCOMPARE(ran.out.count(QLatin1String("node ")), 3);
        QVERIFY2(ran.out.contains(QLatin1String("Leader")) && ran.out.contains(QLatin1String("no answer")),
                 qPrintable(ran.out));
        QVERIFY(ran.out.contains(QLatin1String("1.000 ms")) && ran.out.contains(QLatin1String("1/2")));
        QVERIFY(!ran.out.contains(QChar(0x1b)));
        QCOMPARE(run(words("watch --count 1"), {}, n1.url().toString()).code, 0);
    }

    void watchKeepsTheLastFiguresOfASilentNode()
    {
        int asked = 0;
        FakeNode n1([&asked](const FakeRequest&) {
            FakeReply reply = answer(200, status("Leader", 4711));
            if (++asked > 1)
                reply.then = FakeReply::Then::Vanish;
            return reply;
        });
        const Ran ran = run(words("watch --count 8 --every 0.4"), {}, n1.url().toString());
        QCOMPARE(ran.code, 3);
        const QString last = ran.out.section(QStringLiteral("node "), -1);
        QVERIFY2(last.contains(QLatin1String("4 711")) && last.contains(QLatin1String(" s ago")),
                 qPrintable(last));
    }

    void watchSpeaksJson()
    {
        FakeNode n1(node());
        const QString nodes = n1.url().toString() + QLatin1Char(',') + deadUrl().toString();
        const QList<QJsonObject> lines =
            objects(run(words("watch --count 2 --every 0.2 --json"), {}, nodes).out);
        QVERIFY(lines.size() >= 4);
        for (const QJsonObject& line : lines) {
            const bool answered = line.value(QLatin1String("answered")).toBool();
            QVERIFY(line.value(QLatin1String("ts")).isDouble());
            QCOMPARE(line.contains(QLatin1String("status")), answered);
            QCOMPARE(line.contains(QLatin1String("reason")), !answered);
        }
    }

    void watchGivesTheTerminalBack_data()
    {
        QTest::addColumn<bool>("byKey");
        QTest::newRow("q") << true;
        QTest::newRow("signal") << false;
    }

    void watchGivesTheTerminalBack()
    {
        QFETCH(bool, byKey);
        FakeNode n1(node());
        Terminal terminal({QStringLiteral("watch"), QStringLiteral("--every"), QStringLiteral("0.2"),
                           QStringLiteral("--node"), n1.url().toString()});
        QVERIFY2(terminal.awaitText("q ends"), terminal.seen);
        QVERIFY(terminal.seen.contains("\x1b[?1049h") && terminal.seen.contains("\x1b[?25l"));
        QVERIFY(!terminal.isAsBefore());
        byKey ? terminal.type("q") : terminal.interrupt();
        QCOMPARE(terminal.awaitEnd(), 0);
        QVERIFY(terminal.isAsBefore());
        const qsizetype back = terminal.seen.lastIndexOf("\x1b[?1049l");
        QVERIFY(back > 0 && terminal.seen.contains("\x1b[?25h"));
        // The last figures stay where the shell goes on.
        QVERIFY(terminal.seen.mid(back).contains("Leader"));
        // Cut to the terminal's 60 columns: the last column of the table is beyond them.
        QVERIFY(!terminal.seen.left(back).contains("seen"));
    }

    void collectWritesWhatItSaw()
    {
        FakeNode n1(node(2));
        QTemporaryDir folder;
        const QString out = folder.filePath(QStringLiteral("report.json")),
                      html = folder.filePath(QStringLiteral("report.html"));
        const QString dead = deadUrl().toString();
        const Ran ran = run({QStringLiteral("collect"), QStringLiteral("--duration"), QStringLiteral("3"),
                             QStringLiteral("--out"), out, QStringLiteral("--html"), html},
                            {}, n1.url().toString() + QLatin1Char(',') + dead);
        QCOMPARE(ran.code, 0);
        QCOMPARE(ran.out, out + QLatin1Char('\n') + html + QLatin1Char('\n'));
        QFile file(out);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject report = QJsonDocument::fromJson(file.readAll()).object();
        const QJsonArray nodes = report.value(QLatin1String("nodes")).toArray();
        QCOMPARE(nodes.size(), 2);
        const QJsonArray samples = nodes[0].toObject().value(QLatin1String("samples")).toArray();
        QVERIFY2(samples.size() >= 3, qPrintable(QString::number(samples.size())));
        QCOMPARE(samples[0].toObject().value(QLatin1String("bound_ms")).toDouble(), 2.0);
        QVERIFY(!nodes[1].toObject().value(QLatin1String("problem")).toString().isEmpty());
        // What the node does not have is said, not left out.
        const QJsonObject metrics = nodes[0]
                                        .toObject()
                                        .value(QLatin1String("routes"))
                                        .toObject()
                                        .value(QLatin1String("/metrics"))
                                        .toObject();
        QCOMPARE(metrics.value(QLatin1String("answered")).toBool(true), false);
        const QString events =
            QString::fromUtf8(QJsonDocument(report.value(QLatin1String("events")).toArray()).toJson());
        QVERIFY2(events.contains(QLatin1String("Follower, was Leader")) &&
                     events.contains(QLatin1String("does not answer")),
                 qPrintable(events));

        QFile page(html);
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QByteArray text = page.readAll();
        QVERIFY(text.contains("prefers-color-scheme") && !text.contains("<b>why</b>") &&
                !text.contains("<script"));
        QVERIFY(!text.contains("src=") && !text.contains("@import") && !text.contains("url("));
        QCOMPARE(text.count("<svg"), 3);
        // The charts are well-formed.
        for (qsizetype at = text.indexOf("<svg"); at >= 0; at = text.indexOf("<svg", at + 1)) {
            QXmlStreamReader xml(text.mid(at, text.indexOf("</svg>", at) + 6 - at));
            while (!xml.atEnd())
                xml.readNext();
            QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        }
        QVERIFY(!text.contains("nan") && !text.contains("inf\""));
    }

    void collectNeedsSomebodyToAnswer()
    {
        const Ran ran = run(words("collect --duration 0.5 --json"), {}, deadUrl().toString());
        QCOMPARE(ran.code, 3);
        QVERIFY(ran.out.isEmpty() && ran.err.contains(QLatin1String("no node answered")));
    }

    void doctorSaysWhatItFound()
    {
        FakeNode n1(node());
        QTemporaryDir folder;
        const Ran ran = run({QStringLiteral("doctor"), folder.path(), QStringLiteral("--json"),
                             QStringLiteral("--ports"), QString::number(n1.url().port())},
                            {}, n1.url().toString() + QLatin1Char(',') + deadUrl().toString());
        QSet<QString> areas;
        for (const QJsonObject& finding : objects(ran.out)) {
            areas.insert(finding.value(QLatin1String("area")).toString());
            const QString level = finding.value(QLatin1String("level")).toString();
            QVERIFY2(level == QLatin1String("ok") ||
                         !finding.value(QLatin1String("advice")).toString().isEmpty(),
                     qPrintable(finding.value(QLatin1String("name")).toString()));
            if (finding.value(QLatin1String("name")).toString() == QLatin1String("fdatasync"))
                QVERIFY(
                    finding.value(QLatin1String("figures")).toObject().value(QLatin1String("count")).toInt() >
                    0);
        }
        QCOMPARE(areas,
                 (QSet<QString>{QStringLiteral("disk"), QStringLiteral("clock"), QStringLiteral("limits"),
                                QStringLiteral("machine"), QStringLiteral("ports"), QStringLiteral("cluster"),
                                QStringLiteral("timeouts")}));
        // A node is down, and one of two leads nobody: that is bad.
        QCOMPARE(ran.code, 1);
        QVERIFY(ran.out.contains(QLatin1String("a dsmsg node has it")));
        QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    }

    void doctorSeesMemoryForWhatItIs()
    {
        const QString memory = QStringLiteral("/dev/shm");
        if (!QFileInfo(memory).isWritable())
            QSKIP("no tmpfs to look at");
        const Ran ran = run({QStringLiteral("doctor"), memory, QStringLiteral("--json")});
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.out.contains(QLatin1String("a restart of the machine takes every message")),
                 qPrintable(ran.out));
        const Ran none = run(words("doctor /nowhere/at/all --json"));
        QCOMPARE(none.code, 1);
        QVERIFY(none.out.contains(QLatin1String("is no directory")));
    }
};

QTEST_GUILESS_MAIN(TestCliTools)
#include "tst_cli_tools.moc"

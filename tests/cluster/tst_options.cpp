// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the program starts, refuses to start, and stops (API.md, options): one clear line on stderr and an exit
// code that scripts can use.
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{10'000};

struct Ended
{
    std::optional<int> code;
    QByteArray output;
    QByteArray error;
};

Ended runToEnd(const QStringList& arguments, const QProcessEnvironment& variables = {})
{
    NodeProcess process({.arguments = arguments, .variables = variables});
    process.start();
    Ended ended;
    ended.code = process.exitCode(patience);
    ended.output = process.outputText();
    ended.error = process.errorText();
    return ended;
}

/// Why the refusal is not as it should be; empty when it is.
QString checkRefusal(const Ended& ended, const QByteArray& mentions)
{
    const QString shown = QStringLiteral("code %1, stderr: %2")
                              .arg(ended.code.value_or(-1))
                              .arg(QString::fromUtf8(ended.error));
    if (!ended.code || *ended.code == 0)
        return QStringLiteral("it must exit with a non-zero code: ") + shown;
    if (ended.error.count('\n') != 1 || !ended.error.endsWith('\n'))
        return QStringLiteral("it must write one line: ") + shown;
    if (!ended.error.startsWith("dsmsg-node: ") || !ended.error.contains(mentions))
        return QStringLiteral("the line must mention %1: %2").arg(QString::fromUtf8(mentions), shown);
    return {};
}

bool write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size();
}

QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

class TestOptions : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void wrongUsage_data();
    void wrongUsage();
    void helpAndVersion();
    void portInUse();
    void anotherNodesDirectory();
    void anotherClustersDirectory();
    void lockedDirectory();
    void unwritableDirectory();
    void signalsEndItCleanly_data();
    void signalsEndItCleanly();
    void precedence();
    void wrongConfigFile_data();
    void wrongConfigFile();
    void everyProblemIsNamed();
    void checkConfig();
    void exampleConfig();
    void jsonLog();
    void jsonRefusal();

private:
    QTemporaryDir folder_;
};

void TestOptions::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("mentions");
    const auto row = [](const char* name, const char* arguments, const char* mentions) {
        QTest::newRow(name) << words(arguments) << QByteArray(mentions);
    };
    row("unknown option", "--id n1 --port 0 --colour red", "--colour");
    row("unknown option with a value", "--id n1 --port 0 --colour=red", "--colour");
    row("no id", "--port 0", "--id");
    row("no port", "--id n1", "--port");
    row("not a port", "--id n1 --port http", "--port");
    row("negative port", "--id n1 --port -1", "--port");
    row("port too great", "--id n1 --port 65536", "--port");
    row("value missing", "--id n1 --port", "--port");
    row("given twice", "--id n1 --port 1 --port 2", "--port");
    row("bad id", "--id n/1 --port 0", "--id");
    row("bad correction", "--id n1 --port 0 --time-correction magic", "--time-correction");
    row("bad window", "--id n1 --port 0 --ordering-window -1", "--ordering-window");
    row("bad mode", "--id n1 --port 0 --replication_mode sometimes", "--replication-mode");
    row("quorum of none", "--id n1 --port 0 --quorum 0", "--quorum");
    row("bad peers", "--id n1 --port 0 --peers ftp://127.0.0.1:1", "--peers");
    row("bad address", "--id n1 --port 0 --host nowhere.invalid", "nowhere.invalid");
    row("address of another machine", "--id n1 --host 192.0.2.1 --port 0", "give --host an address");
    row("joins at any address", "--id n1 --host 0.0.0.0 --port 8000 --join http://127.0.0.1:1",
        "--advertise");
    row("alone at any address", "--id n1 --host 0.0.0.0 --port 8000", "--advertise");
    row("bad level", "--id n1 --port 0 --log-level loud", "--log-level");
    row("stray word", "--id n1 --port 0 start", "start");
    row("heartbeat too slow", "--id n1 --port 0 --heartbeat-interval 400", "--heartbeat-interval");
    row("timeouts crossed", "--id n1 --port 0 --election-timeout-min 900", "--election-timeout-min");
    row("no such secret", "--id n1 --port 0 --cluster-secret-file /nonexistent/secret",
        "--cluster-secret-file");
    row("no such config", "--id n1 --port 0 --config /nonexistent/file.toml",
        "/nonexistent/file.toml cannot be read");
}

void TestOptions::wrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, mentions);
    const QString unused = folder_.filePath(QStringLiteral("unused"));
    const Ended ended = runToEnd(QStringList{QStringLiteral("--data-dir"), unused} + arguments);
    QCOMPARE(checkRefusal(ended, mentions), QString());
    QVERIFY2(!QFile::exists(unused), "a refused start leaves nothing behind");
}

void TestOptions::helpAndVersion()
{
    const Ended help = runToEnd({QStringLiteral("--help")});
    QCOMPARE(help.code, std::optional(0));
    for (const char* option : {"--host", "--port", "--id", "--peers", "--replication", "--quorum", "--config",
                               "--data-dir", "--advertise", "--write-timeout", "--log-format"})
        QVERIFY2(help.output.contains(option), option);
    QVERIFY(help.error.isEmpty());
    const Ended version = runToEnd({QStringLiteral("--version")});
    QCOMPARE(version.code, std::optional(0));
    QCOMPARE(version.output, QByteArray("dsmsg-node " DSMSG_VERSION "\n"));
}

void TestOptions::portInUse()
{
    QVERIFY(startCluster({.nodes = 1}));
    QStringList arguments = cluster().argumentsOf(0);
    arguments.replaceInStrings(cluster().dataDirectory(0), folder_.filePath(QStringLiteral("second")));
    const QByteArray port = QByteArray::number(QUrl(cluster().url(0)).port());
    QCOMPARE(checkRefusal(runToEnd(arguments), port), QString());
    QVERIFY(cluster().process(0).running());
}

void TestOptions::anotherNodesDirectory()
{
    QVERIFY(startCluster({.nodes = 1}));
    QVERIFY(cluster().awaitLeader() >= 0);
    cluster().kill(0);
    const QString data = cluster().dataDirectory(0);
    const Ended other =
        runToEnd({QStringLiteral("--id"), QStringLiteral("stranger"), QStringLiteral("--port"),
                  QString::number(freePort()), QStringLiteral("--data-dir"), data});
    QCOMPARE(checkRefusal(other, "n1"), QString());
    QVERIFY2(other.error.contains(data.toUtf8()), other.error);
    QVERIFY2(cluster().restart(0), "its own node may still use it");
}

void TestOptions::anotherClustersDirectory()
{
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    QVERIFY(cluster().awaitEqual());
    for (int node = 0; node < cluster().size(); ++node)
        cluster().kill(node);
    // The same node id and address, but the others are not those of the directory's cluster.
    QStringList arguments = cluster().argumentsOf(0);
    arguments[arguments.indexOf(QStringLiteral("--peers")) + 1] =
        QStringLiteral("http://127.0.0.1:1,http://127.0.0.1:2");
    QCOMPARE(checkRefusal(runToEnd(arguments), "another cluster"), QString());
    // Another address than the one its cluster knows it by.
    arguments = cluster().argumentsOf(0);
    const QString otherPort = QString::number(freePort());
    arguments[arguments.indexOf(QStringLiteral("--port")) + 1] = otherPort;
    QCOMPARE(checkRefusal(runToEnd(arguments), cluster().url(0).toUtf8()), QString());
}

void TestOptions::lockedDirectory()
{
    QVERIFY(startCluster({.nodes = 1}));
    const Ended second =
        runToEnd({QStringLiteral("--id"), QStringLiteral("n1"), QStringLiteral("--port"),
                  QString::number(freePort()), QStringLiteral("--data-dir"), cluster().dataDirectory(0)});
    QCOMPARE(checkRefusal(second, "in use"), QString());
    QVERIFY(cluster().client(0).status());
}

void TestOptions::unwritableDirectory()
{
    const Ended ended =
        runToEnd({QStringLiteral("--id"), QStringLiteral("n1"), QStringLiteral("--port"),
                  QString::number(freePort()), QStringLiteral("--data-dir"), QStringLiteral("/proc/dsmsg")});
    QCOMPARE(checkRefusal(ended, "/proc/dsmsg"), QString());
    QVERIFY2(ended.error.contains("choose another --data-dir"), ended.error);
}

void TestOptions::signalsEndItCleanly_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void TestOptions::signalsEndItCleanly()
{
    QFETCH(int, number);
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    QVERIFY(cluster().client(leader).send(messageOf(QStringLiteral("kept"))).ok());
    for (int node = 0; node < cluster().size(); ++node) {
        QElapsedTimer clock;
        clock.start();
        cluster().process(node).signal(number);
        QCOMPARE(cluster().process(node).exitCode(patience), std::optional(0));
        QVERIFY2(clock.elapsed() < 3000, qPrintable(QString::number(clock.elapsed())));
    }
    for (int node = 0; node < cluster().size(); ++node)
        QVERIFY(cluster().restart(node));
    QVERIFY(cluster().awaitLeader() >= 0);
    QVERIFY(cluster().awaitEqual());
    for (int node = 0; node < cluster().size(); ++node)
        QCOMPARE(cluster().client(node).readAll()->front().messages.front().id, QStringLiteral("kept"));
}

void TestOptions::precedence()
{
    // The file says all four; a variable and the command line each overrule one; spelling does not matter.
    const QString path = folder_.filePath(QStringLiteral("node.toml"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("id = \"from-file\"\nreplication_mode = \"sync_quorum\"\nquorum = 5\nhost = \"127.0.0.1\"\n");
    file.close();
    QProcessEnvironment variables;
    variables.insert(QStringLiteral("DSMSG_CONFIG"), path);
    variables.insert(QStringLiteral("DSMSG_QUORUM"), QStringLiteral("4"));
    variables.insert(QStringLiteral("DSMSG_ID"), QStringLiteral("from-variable"));
    variables.insert(QStringLiteral("DSMSG_DATA_DIR"), folder_.filePath(QStringLiteral("data")));
    const QString port = QString::number(freePort());
    const QString log = folder_.filePath(QStringLiteral("precedence.log"));
    NodeProcess process({.arguments = {QStringLiteral("--id=from-command-line"), QStringLiteral("--port"),
                                       port, QStringLiteral("--write_timeout"), QStringLiteral("1000")},
                         .logFile = log,
                         .variables = variables});
    QVERIFY(process.start());
    NodeClient client(QStringLiteral("http://127.0.0.1:") + port);
    std::optional<StatusReply> status;
    QVERIFY2(await(patience, [&] { return (status = client.status()).has_value() || !process.running(); }) &&
                 status,
             process.log());
    QCOMPARE(status->nodeId, QStringLiteral("from-command-line"));
    QCOMPARE(status->json[QLatin1String("quorum")].toInt(), 4);
    QCOMPARE(status->json[QLatin1String("replication_mode")].toString(), QStringLiteral("sync_quorum"));
    QVERIFY(QFile::exists(folder_.filePath(QStringLiteral("data/raft.db"))));
}

void TestOptions::wrongConfigFile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("mentions");
    QTest::newRow("syntax") << QByteArray("id = \"n1\"\nport = = 1\n") << QByteArray("line 2");
    QTest::newRow("unknown") << QByteArray("id = \"n1\"\ncolour = \"red\"\n") << QByteArray("colour");
    QTest::newRow("wrong value") << QByteArray("id = \"n1\"\nport = 70000\n") << QByteArray("port");
    QTest::newRow("wrong type") << QByteArray("id = \"n1\"\nport = [1]\n") << QByteArray("port");
}

void TestOptions::wrongConfigFile()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, mentions);
    const QString path = folder_.filePath(QStringLiteral("wrong.toml"));
    QVERIFY(write(path, text));
    QCOMPARE(checkRefusal(runToEnd({QStringLiteral("--config"), path}), mentions), QString());
}

void TestOptions::everyProblemIsNamed()
{
    const QString path = folder_.filePath(QStringLiteral("mistakes.toml"));
    QVERIFY(write(path, "id = \"n1\"\nport = 70000\ncolour = 1\nquorum = [1]\n"));
    const Ended ended =
        runToEnd({QStringLiteral("--config"), path, QStringLiteral("--log-level"), QStringLiteral("loud")});
    QCOMPARE(ended.code, std::optional(2));
    QCOMPARE(ended.error.count('\n'), 4);
    for (const char* mention :
         {"line 2, port", "line 3: there is no option colour", "line 4, quorum", "--log-level"})
        QVERIFY2(ended.error.contains(mention), ended.error);
}

void TestOptions::checkConfig()
{
    const QString path = folder_.filePath(QStringLiteral("good.toml"));
    QVERIFY(write(
        path,
        "id = \"n1\"\nport = 8000\npeers = [\"http://a:1\", \"http://b:1\"]\nfault-injection = true\n"));
    const QString unused = folder_.filePath(QStringLiteral("unused"));
    const Ended good = runToEnd({QStringLiteral("--config"), path, QStringLiteral("--check-config"),
                                 QStringLiteral("--data-dir"), unused});
    QCOMPARE(good.code, std::optional(0));
    QVERIFY2(good.output.contains("node n1, http://127.0.0.1:8000"), good.output);
    QVERIFY2(!QFile::exists(unused), "a check leaves nothing behind");
    QCOMPARE(checkRefusal(runToEnd({QStringLiteral("--config"), path, QStringLiteral("--check-config"),
                                    QStringLiteral("--port=x")}),
                          "--port"),
             QString());
}

void TestOptions::exampleConfig()
{
    const Ended printed = runToEnd({QStringLiteral("--example-config")});
    QCOMPARE(printed.code, std::optional(0));
    QFile shipped(QStringLiteral(DSMSG_EXAMPLE_CONFIG));
    QVERIFY(shipped.open(QIODevice::ReadOnly));
    QVERIFY2(shipped.readAll() == printed.output,
             "packaging/config/node.toml is not what --example-config prints");

    // Every option is there, and every default is one that the option takes.
    QByteArray given;
    for (const QByteArray& line : printed.output.split('\n')) {
        if (line.startsWith('#') && line.mid(1, 1) != " " && !line.endsWith("\"\"") && !line.endsWith("[]"))
            given += line.mid(1) + '\n';
    }
    QVERIFY2(given.count('\n') > 35, given);
    const QString path = folder_.filePath(QStringLiteral("example.toml"));
    QVERIFY(write(path, given));
    const Ended checked = runToEnd(
        {QStringLiteral("--config"), path, QStringLiteral("--id=n1"), QStringLiteral("--check-config")});
    QVERIFY2(checked.code == std::optional(0), checked.error);
}

void TestOptions::jsonLog()
{
    QVERIFY(
        startCluster({.nodes = 1, .arguments = {QStringLiteral("--log-format"), QStringLiteral("json")}}));
    QVERIFY(cluster().awaitLeader() >= 0);
    const QList<QByteArray> lines = cluster().process(0).log().trimmed().split('\n');
    QVERIFY(lines.size() > 1);
    // docs/OPERATIONS.md promises these keys.
    const QStringList keys{QStringLiteral("category"), QStringLiteral("level"), QStringLiteral("message"),
                           QStringLiteral("node"), QStringLiteral("time")};
    for (const QByteArray& line : lines) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        QCOMPARE(object.keys(), keys);
        QCOMPARE(object.value(QLatin1String("node")).toString(), QStringLiteral("n1"));
    }
}

/// Why a node does not start is in its log, in the log's format.
void TestOptions::jsonRefusal()
{
    QVERIFY(startCluster({.nodes = 1}));
    const QString port = QString::number(QUrl(cluster().url(0)).port());
    const Ended ended =
        runToEnd({QStringLiteral("--id"), QStringLiteral("n2"), QStringLiteral("--port"), port,
                  QStringLiteral("--data-dir"), folder_.filePath(QStringLiteral("second")),
                  QStringLiteral("--log-format"), QStringLiteral("json")});
    QCOMPARE(ended.code, std::optional(1));
    const QJsonObject object = QJsonDocument::fromJson(ended.error.trimmed()).object();
    QCOMPARE(object.value(QLatin1String("level")).toString(), QStringLiteral("error"));
    QCOMPARE(object.value(QLatin1String("node")).toString(), QStringLiteral("n2"));
    QVERIFY2(object.value(QLatin1String("message")).toString().contains(port), ended.error);
}

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nodes that were configured wrongly must not become a cluster, and must say what differs (CORE.md, Formation
// and identity).
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <array>

#include "tests/support/process/Await.h"
#include "tests/support/process/NodeClient.h"
#include "tests/support/process/ProcessCluster.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{10'000};

QString urlOf(quint16 port)
{
    return QStringLiteral("http://127.0.0.1:%1").arg(port);
}

/// A node of its own configuration, unlike those of a ProcessCluster.
class LoneNode
{
public:
    LoneNode(const QTemporaryDir& folder, const QString& id, quint16 port, const QStringList& peers,
             const QStringList& more = {})
        : process_(
              {.arguments =
                   QStringList{QStringLiteral("--id"), id, QStringLiteral("--port"), QString::number(port),
                               QStringLiteral("--peers"), peers.join(QLatin1Char(',')),
                               QStringLiteral("--data-dir"), folder.filePath(QString::number(port)),
                               QStringLiteral("--replication-mode"), QStringLiteral("sync_quorum")} +
                   more,
               .logFile = folder.filePath(QString::number(port) + QStringLiteral(".log"))})
        , client_(urlOf(port))
    {
    }
    bool start()
    {
        return process_.start() &&
               await(patience, [this] { return client_.status().has_value() || !process_.running(); });
    }
    bool logs(const QString& text)
    {
        return await(patience, [&] { return process_.log().contains(text.toUtf8()); });
    }
    NodeProcess& process() { return process_; }
    NodeClient& client() { return client_; }

private:
    NodeProcess process_;
    NodeClient client_;
};

bool nobodyLeads(std::initializer_list<LoneNode*> nodes)
{
    // Several election timeouts: what was going to happen has happened.
    return !await(Milliseconds(2500), [&] {
        for (LoneNode* node : nodes) {
            const auto status = node->client().status();
            if (status && status->leads())
                return true;
        }
        return false;
    });
}

} // namespace

class TestFormation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void differentPeers();
    void oneIdTwice();
    void oneNodeUnderTwoNames();
    void secretsMustAgree();
    void twoClustersDoNotMerge();

private:
    std::unique_ptr<QTemporaryDir> folder_;
    std::array<quint16, 4> ports_{};
};

void TestFormation::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    for (quint16& port : ports_)
        port = freePort();
}

void TestFormation::differentPeers()
{
    LoneNode two(*folder_, QStringLiteral("n1"), ports_[0], {urlOf(ports_[1])});
    LoneNode three(*folder_, QStringLiteral("n2"), ports_[1], {urlOf(ports_[0]), urlOf(ports_[2])});
    QVERIFY(two.start());
    QVERIFY(three.start());
    // Each prints both sets, so that the difference can be seen.
    for (LoneNode* node : {&two, &three}) {
        QVERIFY2(node->logs(QStringLiteral("list of nodes differs")), node->process().log());
        for (const quint16 port : {ports_[0], ports_[1], ports_[2]})
            QVERIFY2(node->process().log().contains(urlOf(port).toUtf8()), node->process().log());
    }
    QVERIFY(nobodyLeads({&two, &three}));
    const SendReply refused = two.client().send(messageOf(QStringLiteral("to nobody")));
    QVERIFY2(refused.http.status == 503, qPrintable(refused.text()));
    QCOMPARE(refused.outcome, QStringLiteral("rejected"));
    QVERIFY(!two.client().status()->json[QLatin1String("explain")].toString().isEmpty());
}

void TestFormation::oneIdTwice()
{
    LoneNode first(*folder_, QStringLiteral("same"), ports_[0], {urlOf(ports_[1])});
    LoneNode second(*folder_, QStringLiteral("same"), ports_[1], {urlOf(ports_[0])});
    QVERIFY(first.start());
    QVERIFY(second.start());
    for (LoneNode* node : {&first, &second}) {
        QVERIFY2(node->logs(QStringLiteral("id \"same\"")), node->process().log());
        QVERIFY(node->process().log().contains("its own --id"));
    }
    QVERIFY(nobodyLeads({&first, &second}));
}

void TestFormation::oneNodeUnderTwoNames()
{
    // The address that n1 dials and the one that n2 goes by reach the same socket, but are two members to
    // Raft.
    const QString alias = QStringLiteral("http://127.0.0.2:%1").arg(ports_[1]);
    LoneNode first(*folder_, QStringLiteral("n1"), ports_[0], {alias});
    LoneNode second(*folder_, QStringLiteral("n2"), ports_[1], {urlOf(ports_[0])},
                    {QStringLiteral("--host"), QStringLiteral("0.0.0.0"), QStringLiteral("--advertise"),
                     urlOf(ports_[1])});
    QVERIFY(first.start());
    QVERIFY(second.start());
    // Whoever speaks first says it; both names are in the line.
    QVERIFY2(first.logs(urlOf(ports_[1])), first.process().log());
    QVERIFY2(first.logs(alias), first.process().log());
    QVERIFY(nobodyLeads({&first, &second}));
}

void TestFormation::secretsMustAgree()
{
    const auto secretFile = [this](const char* name, const char* secret) {
        QFile file(folder_->filePath(QLatin1String(name)));
        return file.open(QIODevice::WriteOnly) && file.write(secret) > 0 ? file.fileName() : QString();
    };
    const QString ours = secretFile("ours", "a secret of the cluster\n");
    const QString theirs = secretFile("theirs", "some other, long secret\n");
    const QString option = QStringLiteral("--cluster-secret-file");
    LoneNode first(*folder_, QStringLiteral("n1"), ports_[0], {urlOf(ports_[1])}, {option, ours});
    LoneNode second(*folder_, QStringLiteral("n2"), ports_[1], {urlOf(ports_[0])}, {option, theirs});
    QVERIFY(first.start());
    QVERIFY(second.start());
    QVERIFY2(first.logs(QStringLiteral("secret")), first.process().log());
    QVERIFY2(second.logs(QStringLiteral("secret")), second.process().log());
    QVERIFY(nobodyLeads({&first, &second}));
    second.process().kill();

    LoneNode third(*folder_, QStringLiteral("n2"), ports_[1], {urlOf(ports_[0])}, {option, ours});
    QVERIFY(third.start());
    QVERIFY2(!nobodyLeads({&first, &third}), first.process().log());
    for (LoneNode* node : {&first, &third})
        QVERIFY2(!node->process().log().contains("a secret of the cluster"), "the secret is never shown");
}

void TestFormation::twoClustersDoNotMerge()
{
    // Two single-node clusters, each with a message; then both are told of each other.
    for (const quint16 port : {ports_[0], ports_[1]}) {
        LoneNode alone(*folder_, QStringLiteral("n%1").arg(port), port, {});
        QVERIFY(alone.start());
        QVERIFY(await(patience, [&] { return alone.client().send(messageOf(QString::number(port))).ok(); }));
    }
    LoneNode first(*folder_, QStringLiteral("n%1").arg(ports_[0]), ports_[0], {urlOf(ports_[1])});
    QVERIFY(first.start());
    QVERIFY2(!first.process().running(), "none of its peers is in its configuration: it must not start");
    QVERIFY(first.process().log().contains("another cluster"));
}

QTEST_GUILESS_MAIN(TestFormation)
#include "tst_formation.moc"

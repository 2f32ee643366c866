// SPDX-License-Identifier: GPL-3.0-or-later
//
// Backup while messages are sent, everything destroyed, restored into a new cluster: every message
// acknowledged before the backup began is there under its seq, and the new cluster goes on.
#include <QJsonDocument>
#include <QTemporaryDir>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClientProgram.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/LoadClients.h"

using namespace dsmsg;
using namespace dsmsg::test;

class TestBackup : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsDestroyedAndRestored();
};

void TestBackup::everythingIsDestroyedAndRestored()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("backup"));
    const QString directory = folder.filePath(QStringLiteral("n1"));
    std::vector<Sent> before;
    QJsonObject mark;
    {
        QVERIFY(startCluster());
        QVERIFY(cluster().awaitLeader() >= 0);
        LoadClients first(cluster().urls(), {.clients = 8});
        QVERIFY(await(Milliseconds(20'000), [&] { return first.acknowledged() > 2000; }));
        before = first.stop();
        LoadClients meanwhile(cluster().urls(), {.clients = 8, .giveUp = Milliseconds(1000)});
        const ClientRun said = runClient({QStringLiteral("backup"), file, QStringLiteral("--json"),
                                          QStringLiteral("--node"), cluster().urls().join(QLatin1Char(','))});
        QVERIFY2(said.ok(), said.text().constData());
        mark = QJsonDocument::fromJson(said.output).object();
        dropCluster();
    }
    QVERIFY(runClient({QStringLiteral("verify"), file}).ok());
    const quint16 port = freePort();
    const QString url = QStringLiteral("http://127.0.0.1:%1").arg(port);
    QVERIFY(runClient({QStringLiteral("restore"), file, QStringLiteral("--data-dir"), directory,
                       QStringLiteral("--id"), QStringLiteral("n1"), QStringLiteral("--url"), url})
                .ok());
    NodeProcess node({.arguments = {QStringLiteral("--id"), QStringLiteral("n1"), QStringLiteral("--port"),
                                    QString::number(port), QStringLiteral("--data-dir"), directory}});
    QVERIFY(node.start());
    NodeClient client(url);
    // Equal as it was at the mark, before anything new is applied; and then it serves.
    QVERIFY(await(Milliseconds(20'000), [&] {
        const auto status = client.status();
        return status && status->leads() && status->serving;
    }));
    const auto pages = client.readAll();
    QVERIFY(pages);
    QHash<QString, quint64> found;
    quint64 last = 0;
    for (const ReadPage& page : *pages) {
        for (const ReadMessage& message : page.messages) {
            QCOMPARE(message.seq, ++last);
            found.insert(message.id, message.seq);
        }
    }
    QCOMPARE(last, static_cast<quint64>(mark.value(QLatin1String("last_seq")).toDouble()));
    for (const Sent& message : before) {
        if (message.seq > 0)
            QCOMPARE(found.value(message.id), message.seq);
    }
    // An id of the old cluster is known to the new one.
    const SendReply again = client.send(messageOf(before.front().id));
    QVERIFY(again.ok() && again.flag("duplicate"));
    QCOMPARE(again.seq, before.front().seq);
    QCOMPARE(client.send(messageOf(QStringLiteral("new"))).seq, last + 1);
}

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_backup.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an operator does with `dsmsg`, on real nodes and real directories: members added, replaced and removed
// under load; and the exit codes and words of verify, recover, backup and restore, on which scripts depend.
#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClientProgram.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{20'000};
/// See tst_members.cpp.
constexpr Milliseconds oneElection{2000};
const QString n1 = QStringLiteral("n1");

bool flipAByte(const QString& path, double where)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        return false;
    const auto at = static_cast<qint64>(static_cast<double>(file.size()) * where);
    char byte = 0;
    return file.seek(at) && file.getChar(&byte) && file.seek(at) &&
           file.putChar(static_cast<char>(byte ^ 0x10));
}

/// Everything behind the first pages, where a database has more than structure.
bool damage(const QString& path)
{
    bool all = true;
    for (int percent = 20; percent < 100; ++percent)
        all = flipAByte(path, percent / 100.0) && all;
    return all;
}

} // namespace

#define EXPECT(run, code, words)                                                                             \
    do {                                                                                                     \
        const ClientRun ran = (run);                                                                         \
        QVERIFY2(ran.exitCode == (code) && (ran.output + ran.errors).contains(words),                        \
                 ran.text().constData());                                                                    \
    } while (false)

class TestOperator : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void aDeadNodeIsReplacedInOneStepUnderLoad();
    void membersComeAndGoUnderLoad();
    void verifyTellsSoundFromDamaged();
    void recoverRefusesWhatItMust();
    void backupAndRestoreRefuseWhatTheyMust();

private:
    /// `dsmsg cluster ...`, asked of any member that is awake.
    ClientRun order(const QStringList& words)
    {
        QStringList urls;
        for (const int node : cluster().awake())
            urls << cluster().url(node);
        return runClient(QStringList{QStringLiteral("cluster")} + words +
                         QStringList{QStringLiteral("--node"), urls.join(QLatin1Char(','))});
    }
    /// One node with a few messages, stopped; its directory.
    QString aStoppedNode();
};

void TestOperator::aDeadNodeIsReplacedInOneStepUnderLoad()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int dead = cluster().othersThan(leader).front();
    const int other = cluster().othersThan(leader).back();
    LoadClients load({cluster().url(leader), cluster().url(other)}, {.clients = 16});
    QVERIFY(load.awaitMore(500));
    cluster().wipe(dead);
    QVERIFY(load.awaitMore(300));

    const int successor = cluster().reserve();
    EXPECT(order({QStringLiteral("add"), ProcessCluster::id(successor), cluster().url(successor),
                  QStringLiteral("--replaces"), ProcessCluster::id(dead)}),
           0, ProcessCluster::id(successor).toLatin1());
    QVERIFY(cluster().restart(successor));
    // Never four voters, never two: the dead one goes in the step that makes the new one a voter.
    const QStringList wanted{ProcessCluster::id(leader), ProcessCluster::id(other),
                             ProcessCluster::id(successor)};
    QSet<qsizetype> sizes;
    QVERIFY(await(patience, [&] {
        const QStringList voters = cluster().client(leader).voters();
        if (!voters.isEmpty())
            sizes.insert(voters.size());
        return voters.contains(ProcessCluster::id(successor));
    }));
    QCOMPARE(sizes, QSet<qsizetype>{3});
    QVERIFY(cluster().awaitVoters(successor, wanted));
    cluster().retire(dead);
    QVERIFY(load.awaitMore(300));
    const std::vector<Sent> sent = load.stop();
    qInfo("%zu messages; longest silence %lld ms.", sent.size(),
          static_cast<long long>(LoadClients::longestSilence(sent).count()));
    QVERIFY(LoadClients::longestSilence(sent) < oneElection);
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestOperator::membersComeAndGoUnderLoad()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    LoadClients load(cluster().urls(), {.clients = 16});
    QVERIFY(load.awaitMore(300));
    const int added = cluster().reserve();
    const QString n4 = ProcessCluster::id(added);
    EXPECT(order({QStringLiteral("add"), n4, cluster().url(added), QStringLiteral("--learner")}), 0,
           "learner");
    QVERIFY(cluster().restart(added));
    QVERIFY(cluster().awaitVoters(added, {n1, QStringLiteral("n2"), QStringLiteral("n3")}));
    EXPECT(order({QStringLiteral("promote"), n4}), 0, "n4");
    QVERIFY(cluster().awaitVoters(added, {n1, QStringLiteral("n2"), QStringLiteral("n3"), n4}));
    const QString leaving = ProcessCluster::id(leader);
    EXPECT(order({QStringLiteral("remove"), leaving}), 0, n4.toLatin1());
    QVERIFY(await(patience, [&] {
        const int now = cluster().leader();
        return now >= 0 && now != leader;
    }));
    cluster().retire(leader);
    QVERIFY(load.awaitMore(300));
    const ClientRun members = order({QStringLiteral("members")});
    QVERIFY2(members.ok() && !members.output.contains(leaving.toLatin1() + ' '), members.text().constData());

    EXPECT(order({QStringLiteral("remove"), QStringLiteral("n9")}), 1, "There is no member n9");
    EXPECT(order({QStringLiteral("add"), n4, QStringLiteral("http://127.0.0.1:1")}), 1,
           "There is a member n4 already");
    EXPECT(order({QStringLiteral("transfer"), QStringLiteral("n9")}), 1, "no member n9");
    EXPECT(order({QStringLiteral("add"), QStringLiteral("n9")}), 2, "--help");
    const std::vector<Sent> sent = load.stop();
    QVERIFY(LoadClients::longestSilence(sent) < oneElection);
    QCOMPARE(verify(cluster(), sent), QStringList());
}

QString TestOperator::aStoppedNode()
{
    if (!startCluster({.nodes = 1}) || cluster().awaitLeader() != 0)
        return {};
    for (int number = 0; number < 50; ++number) {
        if (!cluster().client(0).send(messageOf(QString::number(number), 2000)).ok())
            return {};
    }
    return cluster().stop(0) ? cluster().dataDirectory(0) : QString();
}

void TestOperator::verifyTellsSoundFromDamaged()
{
    const QString directory = aStoppedNode();
    QVERIFY(!directory.isEmpty());
    const auto verifying = [](const QString& path, const QStringList& options = {}) {
        return runClient(QStringList{QStringLiteral("verify"), path} + options);
    };
    EXPECT(verifying(directory), 0, "50 messages");
    const ClientRun asJson = verifying(directory, {QStringLiteral("--json")});
    QVERIFY(asJson.ok());
    QCOMPARE(QJsonDocument::fromJson(asJson.output)[QLatin1String("sound")], QJsonValue(true));
    EXPECT(verifying(directory + QStringLiteral("-nowhere")), 3, "There is no data directory");
    EXPECT(verifying(cluster().folder()), 3, "is no data directory");
    QVERIFY(cluster().restart(0));
    EXPECT(verifying(directory), 3, "in use");
    QVERIFY(cluster().stop(0));
    for (const char* database : {"/raft.db", "/state.db"}) {
        const QString path = directory + QLatin1String(database);
        const QString whole = path + QStringLiteral(".whole");
        QVERIFY(QFile::copy(path, whole) && damage(path));
        EXPECT(verifying(directory), 1, "wrong");
        const ClientRun damaged = verifying(directory, {QStringLiteral("--json")});
        QCOMPARE(damaged.exitCode, 1);
        QCOMPARE(QJsonDocument::fromJson(damaged.output)[QLatin1String("sound")], QJsonValue(false));
        QVERIFY(QFile::remove(path) && QFile::rename(whole, path));
    }
    EXPECT(verifying(directory), 0, "sound");
}

void TestOperator::recoverRefusesWhatItMust()
{
    const QString directory = aStoppedNode();
    QVERIFY(!directory.isEmpty());
    const auto recovering = [&](const QString& path) {
        return runClient({QStringLiteral("recover"), path, QStringLiteral("--url"), cluster().url(0),
                          QStringLiteral("--i-accept-loss")});
    };
    EXPECT(recovering(directory + QStringLiteral("-nowhere")), 1, "There is no data directory");
    EXPECT(recovering(cluster().folder()), 1, "is no data directory");
    EXPECT(runClient({QStringLiteral("recover"), directory, QStringLiteral("--i-accept-loss")}), 2, "--url");
    QVERIFY(cluster().restart(0));
    EXPECT(recovering(directory), 1, "in use");
    QVERIFY(cluster().stop(0));
    const QString log = directory + QStringLiteral("/raft.db");
    QVERIFY(QFile::copy(log, log + QStringLiteral(".whole")) && damage(log));
    EXPECT(recovering(directory), 1, "raft.db");
    QVERIFY(QFile::remove(log) && QFile::rename(log + QStringLiteral(".whole"), log));
    // It was the only voter: it says that nothing is lost, and it is so.
    EXPECT(recovering(directory), 0, "Nothing: this node was the only voter");
    QVERIFY(cluster().restart(0) && cluster().awaitLeader() == 0);
    QCOMPARE(cluster().status(0)->committedSeq, quint64{50});
}

void TestOperator::backupAndRestoreRefuseWhatTheyMust()
{
    QVERIFY(!aStoppedNode().isEmpty());
    const QString file = cluster().folder() + QStringLiteral("/the.backup");
    const QString directory = cluster().folder() + QStringLiteral("/restored");
    const auto backingUp = [&] {
        return runClient({QStringLiteral("backup"), file, QStringLiteral("--timeout"), QStringLiteral("3"),
                          QStringLiteral("--node"), cluster().url(0)});
    };
    const auto restoring = [&](const QString& from, const QString& into) {
        return runClient({QStringLiteral("restore"), from, QStringLiteral("--data-dir"), into,
                          QStringLiteral("--id"), n1, QStringLiteral("--url"), cluster().url(0)});
    };
    EXPECT(backingUp(), 3, "127.0.0.1");
    QVERIFY(!QFile::exists(file));
    QVERIFY(cluster().restart(0) && cluster().awaitLeader() == 0);
    EXPECT(backingUp(), 0, "50 messages");
    EXPECT(backingUp(), 1, "exists already");
    EXPECT(runClient({QStringLiteral("verify"), file}), 0, "sound: a backup of 50 messages");

    const QString damaged = file + QStringLiteral(".damaged");
    QVERIFY(QFile::copy(file, damaged) && flipAByte(damaged, 0.5));
    EXPECT(runClient({QStringLiteral("verify"), damaged}), 1, "is damaged");
    EXPECT(restoring(damaged, directory), 1, "is damaged");
    QVERIFY2(QDir(cluster().folder()).entryList({QStringLiteral("restored*")}).isEmpty(),
             "a restore that failed left something behind");
    EXPECT(restoring(file + QStringLiteral(".nowhere"), directory), 1, "There is no file");
    EXPECT(restoring(file, cluster().folder()), 1, "is not an empty directory");
    EXPECT(restoring(file, directory), 0, "restored 50 messages");
    EXPECT(runClient({QStringLiteral("verify"), directory}), 0, "sound");
    EXPECT(restoring(file, directory), 1, "is not an empty directory");
}

QTEST_GUILESS_MAIN(TestOperator)
#include "tst_operator.moc"

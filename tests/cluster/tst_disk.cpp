// SPDX-License-Identifier: GPL-3.0-or-later
//
// The disk fills up: writes get 507, reads go on, and the cluster recovers alone when there is space again.
// On a small file system of its own, in a mount namespace that vanishes with this process.
#include <QFile>
#include <QTemporaryDir>
#include <cerrno>
#include <cstring>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{10'000};

quint64 freeBytes(const QString& path)
{
    struct statvfs space = {};
    return ::statvfs(QFile::encodeName(path).constData(), &space) == 0
               ? quint64{space.f_bavail} * space.f_frsize
               : 0;
}

/// Takes space away until `left` bytes are free, or what the file system gives.
void fill(const QString& file, quint64 left)
{
    const QByteArray block(64 * 1024, 'x');
    QFile ballast(file);
    if (!ballast.open(QIODevice::Append | QIODevice::Unbuffered))
        return;
    while (freeBytes(file) > left && ballast.write(block) == block.size()) {
    }
}

} // namespace

class TestDisk : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void belowTheReserve();
    void notAByteLeft();
    void restartedOnAFullDisk();
    void cleanup();

private:
    QString ballast() const { return disk_->filePath(QStringLiteral("ballast")); }
    ClusterOptions onSmallDisk() const;

    std::unique_ptr<QTemporaryDir> disk_;
};

void TestDisk::initTestCase()
{
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        QSKIP(qPrintable(QStringLiteral("A small file system cannot be mounted here: ") +
                         QString::fromLocal8Bit(std::strerror(errno))));
}

void TestDisk::init()
{
    disk_ = std::make_unique<QTemporaryDir>();
    QVERIFY(disk_->isValid());
    QVERIFY(::mount("dsmsg-test", QFile::encodeName(disk_->path()).constData(), "tmpfs", 0, "size=128m") ==
            0);
}

void TestDisk::cleanup()
{
    ClusterTest::cleanup();
    if (disk_)
        ::umount2(QFile::encodeName(disk_->path()).constData(), MNT_DETACH);
    disk_.reset();
}

ClusterOptions TestDisk::onSmallDisk() const
{
    return {.arguments = {QStringLiteral("--replication-mode"), QStringLiteral("sync_quorum"),
                          QStringLiteral("--disk-reserve-bytes"), QString::number(16 << 20)},
            .dataParent = disk_->path()};
}

void TestDisk::belowTheReserve()
{
    QVERIFY(startCluster(onSmallDisk()));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const SendReply before = cluster().client(leader).send(messageOf(QStringLiteral("before")));
    QVERIFY2(before.ok(), qPrintable(before.text()));

    fill(ballast(), 8 << 20);
    SendReply refused;
    int number = 0;
    // Who notices first hands over to one that has not yet.
    const bool full = await(patience, [&] {
        const int now = cluster().leader();
        if (now < 0)
            return false;
        refused = cluster().client(now).send(messageOf(QStringLiteral("try-%1").arg(++number)));
        return refused.http.status == 507;
    });
    QVERIFY2(full, qPrintable(refused.text()));
    QCOMPARE(refused.outcome, QStringLiteral("rejected"));
    QVERIFY(!refused.json[QLatin1String("reason")].toString().isEmpty());
    for (int node = 0; node < cluster().size(); ++node) {
        const auto pages = cluster().client(node).readAll();
        QVERIFY(pages && !pages->empty());
        QCOMPARE(pages->front().messages.front().id, QStringLiteral("before"));
        const bool said = await(patience, [&] {
            const auto status = cluster().status(node);
            return status && !status->json[QLatin1String("disk")][QLatin1String("sufficient")].toBool(true);
        });
        QVERIFY2(said, "each node says in its status that its disk is full");
    }

    QVERIFY(QFile::remove(ballast()));
    SendReply after;
    const bool recovered = await(patience, [&] {
        const int now = cluster().leader();
        if (now < 0)
            return false;
        after = cluster().client(now).send(messageOf(QStringLiteral("after")));
        return after.ok();
    });
    QVERIFY2(recovered, qPrintable(after.text()));
    QCOMPARE(verify(cluster(), {{.id = QStringLiteral("before"), .seq = before.seq},
                                {.id = QStringLiteral("after"), .seq = after.seq}}),
             QStringList());
}

void TestDisk::notAByteLeft()
{
    QVERIFY(startCluster(onSmallDisk()));
    QVERIFY(cluster().awaitLeader() >= 0);
    LoadClients load(cluster().urls(),
                     {.clients = 4, .pause = Milliseconds(2), .giveUp = Milliseconds(40'000)});
    QVERIFY(await(patience, [&] { return load.acknowledged() > 100; }));
    // Faster than the reserve is looked after: writes under way meet the end of the disk.
    fill(ballast(), 0);
    QThread::msleep(3000);
    for (int node = 0; node < cluster().size(); ++node) {
        QVERIFY(cluster().process(node).running());
        QVERIFY(cluster().client(node).readAll());
    }
    QVERIFY(QFile::remove(ballast()));
    const int before = load.acknowledged();
    QVERIFY2(await(Milliseconds(20'000), [&] { return load.acknowledged() > before + 100; }),
             "writes go on when there is space again");
    for (int node = 0; node < cluster().size(); ++node)
        QVERIFY(cluster().process(node).running());
    QCOMPARE(verify(cluster(), load.stop()), QStringList());
}

void TestDisk::restartedOnAFullDisk()
{
    QVERIFY(startCluster(onSmallDisk()));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const SendReply sent = cluster().client(leader).send(messageOf(QStringLiteral("kept")));
    QVERIFY2(sent.ok(), qPrintable(sent.text()));
    QVERIFY(cluster().awaitEqual());
    fill(ballast(), 0);
    for (int node = 0; node < cluster().size(); ++node)
        cluster().kill(node);
    for (int node = 0; node < cluster().size(); ++node) {
        QVERIFY(cluster().restart(node));
        const bool readable = await(patience, [&] {
            const auto pages = cluster().client(node).readAll();
            return pages && !pages->empty();
        });
        QVERIFY2(readable, "reads go on");
    }
    QVERIFY(QFile::remove(ballast()));
    QVERIFY(cluster().awaitLeader() >= 0);
    QCOMPARE(verify(cluster(), {{.id = QStringLiteral("kept"), .seq = sent.seq}}), QStringList());
}

QTEST_GUILESS_MAIN(TestDisk)
#include "tst_disk.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
//
// A data directory belongs to one node and to one process at a time. The program runs itself as the second
// process.
#include <cstdio>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

#include "core/storage/DataDirectory.h"
#include "core/storage/SystemFiles.h"
#include "tests/storage/StorageFixtures.h"

using namespace dsmsg;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;

namespace {

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(bytes);
}

} // namespace

class DataDirectoryTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> temporary_;
    QString path_;

    Error refusal(const std::string& node = "n1")
    {
        auto opened = DataDirectory::open(path_, node);
        return opened ? Error{Error::Kind::Invalid, "it was not refused"} : opened.error();
    }
    QString identity() const { return path_ + QStringLiteral("/identity"); }

private Q_SLOTS:
    void init()
    {
        temporary_ = std::make_unique<QTemporaryDir>();
        path_ = temporary_->path() + QStringLiteral("/not/there/yet");
    }

    void itIsMadeWithItsParentsAndForItsOwnerOnly()
    {
        const auto directory = DataDirectory::open(path_, "n1").value();
        QVERIFY(directory->server());
        QCOMPARE(QFileInfo(path_).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther),
                 QFile::Permissions());
        QVERIFY(directory->freeBytes() > 0);
        QCOMPARE(directory->raftDatabase(), path_ + QStringLiteral("/raft.db"));
    }

    void theIncarnationStaysAndIsNeverTheSameTwice()
    {
        const ServerId first = DataDirectory::open(path_, "n1").value()->server();
        QCOMPARE(DataDirectory::open(path_, "n1").value()->server(), first);
        QVERIFY(QDir(path_).removeRecursively());
        QVERIFY(DataDirectory::open(path_, "n1").value()->server() != first);
    }

    void aSecondOpenerInThisProcessIsRefused()
    {
        auto holder = DataDirectory::open(path_, "n1").value();
        const Error error = refusal();
        QCOMPARE(error.kind, Error::Kind::Refused);
        const std::string pid = std::to_string(QCoreApplication::applicationPid());
        QVERIFY2(error.text.find("process " + pid) != std::string::npos, error.text.c_str());
        holder.reset();
        QVERIFY(DataDirectory::open(path_, "n1").ok());
    }

    void aSecondOpenerInAnotherProcessIsRefused()
    {
        auto holder = DataDirectory::open(path_, "n1").value();
        const auto runOther = [&] {
            QProcess other;
            other.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--open"), path_});
            other.waitForFinished();
            return other.exitCode();
        };
        QCOMPARE(runOther(), int(Error::Kind::Refused));
        holder.reset();
        QCOMPARE(runOther(), 100);
    }

    void anotherNodesDirectoryIsRefused()
    {
        QVERIFY(DataDirectory::open(path_, "n1").ok());
        const Error error = refusal("n2");
        QCOMPARE(error.kind, Error::Kind::Refused);
        QVERIFY2(error.text.find("belongs to node n1") != std::string::npos, error.text.c_str());
        QVERIFY(DataDirectory::open(path_, "n1").ok()); // the refusal let go of the lock
    }

    void aNewerVersionsDirectoryIsRefused()
    {
        QVERIFY(DataDirectory::open(path_, "n1").ok());
        overwrite(identity(), "dsmsg-data 3\nsomething else altogether\n");
        const Error error = refusal();
        QCOMPARE(error.kind, Error::Kind::Refused);
        QVERIFY2(error.text.find("newer version") != std::string::npos, error.text.c_str());
    }

    void aDamagedIdentityIsRefused_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("another node's name") << QByteArray("node n1") << QByteArray("node n2");
        QTest::newRow("a digit of the incarnation") << QByteArray("server ") << QByteArray("server 0");
        QTest::newRow("no checksum") << QByteArray("crc") << QByteArray("src");
        QTest::newRow("more behind it") << QByteArray("dsmsg-data 1") << QByteArray("dsmsg-data 1\nserver 1");
        QTest::newRow("not a number") << QByteArray("data 1") << QByteArray("data x");
    }

    void aDamagedIdentityIsRefused()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QVERIFY(DataDirectory::open(path_, "n1").ok());
        overwrite(identity(), contents(identity()).replace(from, to));
        QCOMPARE(refusal().kind, Error::Kind::Corrupt);
    }

    void anEmptyIdentityIsRefused()
    {
        QVERIFY(DataDirectory::open(path_, "n1").ok());
        overwrite(identity(), "");
        QCOMPARE(refusal().kind, Error::Kind::Corrupt);
    }

    void aMissingIdentityBesideALogIsRefused()
    {
        {
            const auto directory = DataDirectory::open(path_, "n1").value();
            QVERIFY(LogStore::open(*directory).ok());
        }
        QVERIFY(QFile::remove(identity()));
        QCOMPARE(refusal().kind, Error::Kind::Corrupt);
    }

    void aCrashWhileTheIdentityIsMadeLeavesNothingHalf()
    {
        QVERIFY(createDirectory(path_).ok());
        overwrite(identity() + QStringLiteral(".new"), "dsmsg-da");
        QVERIFY(DataDirectory::open(path_, "n1").ok());
        QVERIFY(DataDirectory::open(path_, "n1").ok());
    }

    void nonsenseIsRefused()
    {
        QCOMPARE(refusal("").kind, Error::Kind::Invalid);
        QCOMPARE(refusal("n1\nnode n2").kind, Error::Kind::Invalid);
        overwrite(temporary_->path() + QStringLiteral("/not"), "a file where a directory should be");
        QCOMPARE(refusal().kind, Error::Kind::Io);
    }
};

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String("--open")) {
        const auto opened = DataDirectory::open(arguments.at(2), "n1");
        return opened ? 100 : int(opened.error().kind);
    }
    DataDirectoryTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_data_directory.moc"

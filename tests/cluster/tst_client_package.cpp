// SPDX-License-Identifier: GPL-3.0-or-later
//
// The client library as another project gets it: installed, found by find_package alone, built, and run
// against three nodes.
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include "tests/support/process/ClusterTest.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

/// What it printed when it ended with 0; else the test fails with it.
QByteArray runProgram(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool ended = process.waitForFinished(180'000);
    const QByteArray output = process.readAll();
    if (ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return output;
    QTest::qFail(
        (program.toUtf8() + ' ' + arguments.join(QLatin1Char(' ')).toUtf8() + ":\n" + output).constData(),
        __FILE__, __LINE__);
    return {};
}

} // namespace

class TestClientPackage : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void theExampleRuns()
    {
        QTemporaryDir folder;
        const QString prefix = folder.filePath(QStringLiteral("prefix"));
        const QString build = folder.filePath(QStringLiteral("build"));
        const QString cmake = QStringLiteral(DSMSG_CMAKE);
        runProgram(cmake, {QStringLiteral("--install"), QStringLiteral(DSMSG_BUILD_DIR),
                           QStringLiteral("--component"), QStringLiteral("client"),
                           QStringLiteral("--prefix"), prefix});
        QVERIFY(!QTest::currentTestFailed());
        QVERIFY2(!QDir(prefix + QStringLiteral("/include/core")).exists(), "a header outside include/dsmsg");
        runProgram(cmake, {QStringLiteral("-S"), QStringLiteral(DSMSG_EXAMPLE_DIR), QStringLiteral("-B"),
                           build, QStringLiteral("-G"), QStringLiteral("Ninja"),
                           QStringLiteral("-DCMAKE_PREFIX_PATH=") + prefix,
                           QStringLiteral("-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")});
        QVERIFY(!QTest::currentTestFailed());
        runProgram(cmake, {QStringLiteral("--build"), build});
        QVERIFY(!QTest::currentTestFailed());

        QVERIFY(startCluster());
        QVERIFY(cluster().awaitLeader() >= 0);
        const QByteArray output = runProgram(build + QStringLiteral("/subscribe-and-send"),
                                             {cluster().urls().join(QLatin1Char(','))});
        for (int i = 1; i <= 10; ++i)
            QCOMPARE(output.count(": hello " + QByteArray::number(i) + '\n'), 1);
    }
};

QTEST_GUILESS_MAIN(TestClientPackage)
#include "tst_client_package.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/ClientProgram.h"

#include <QProcess>
#include <QProcessEnvironment>

namespace dsmsg::test {

ClientRun runClient(const QStringList& arguments, Milliseconds patience)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DSMSG_NODES"));
    process.setProcessEnvironment(environment);
    process.start(clientProgram(), arguments);
    const bool ended = process.waitForFinished(static_cast<int>(patience.count()));
    if (!ended) {
        process.kill();
        process.waitForFinished();
    }
    ClientRun run{-1, process.readAllStandardOutput(), process.readAllStandardError()};
    if (ended && process.exitStatus() == QProcess::NormalExit)
        run.exitCode = process.exitCode();
    return run;
}

QString clientProgram()
{
    return QStringLiteral(DSMSG_CLIENT_PROGRAM);
}

} // namespace dsmsg::test

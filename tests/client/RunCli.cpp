// SPDX-License-Identifier: GPL-3.0-or-later
#include "RunCli.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>

namespace dsmsg::test {

Ran run(const QStringList& arguments, const QByteArray& input, const QString& nodes)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DSMSG_NODES"));
    if (!nodes.isEmpty())
        environment.insert(QStringLiteral("DSMSG_NODES"), nodes);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(DSMSG_PROGRAM), arguments);
    process.write(input);
    process.closeWriteChannel();
    QElapsedTimer clock;
    clock.start();
    while (process.state() != QProcess::NotRunning && clock.elapsed() < 30000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 100);
    if (process.state() != QProcess::NotRunning || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '));
}

FakeNode::Script always(const FakeReply& reply)
{
    return [reply](const FakeRequest&) { return reply; };
}

} // namespace dsmsg::test

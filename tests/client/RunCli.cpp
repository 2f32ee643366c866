// SPDX-License-Identifier: GPL-3.0-or-later
#include "RunCli.h"

#include <csignal>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>

namespace dsmsg::test {

namespace {

QProcessEnvironment environmentWith(const QString& nodes)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DSMSG_NODES"));
    if (!nodes.isEmpty())
        environment.insert(QStringLiteral("DSMSG_NODES"), nodes);
    return environment;
}

void waitForEnd(const QProcess& process)
{
    QElapsedTimer clock;
    clock.start();
    while (process.state() != QProcess::NotRunning && clock.elapsed() < 30000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 100);
}

} // namespace

Running::Running(const QStringList& arguments, const QString& nodes)
{
    process_.setProcessEnvironment(environmentWith(nodes));
    process_.start(QStringLiteral(DSMSG_PROGRAM), arguments);
}

Running::~Running()
{
    if (running()) {
        process_.kill();
        process_.waitForFinished();
    }
}

QString Running::out()
{
    out_ += process_.readAllStandardOutput();
    return QString::fromUtf8(out_);
}

QString Running::err()
{
    err_ += process_.readAllStandardError();
    return QString::fromUtf8(err_);
}

void Running::signal(int number)
{
    ::kill(pid_t(process_.processId()), number);
}

int Running::wait()
{
    waitForEnd(process_);
    return !running() && process_.exitStatus() == QProcess::NormalExit ? process_.exitCode() : -1;
}

Ran run(const QStringList& arguments, const QByteArray& input, const QString& nodes)
{
    QProcess process;
    process.setProcessEnvironment(environmentWith(nodes));
    process.start(QStringLiteral(DSMSG_PROGRAM), arguments);
    process.write(input);
    process.closeWriteChannel();
    waitForEnd(process);
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

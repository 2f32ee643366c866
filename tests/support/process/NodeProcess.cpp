// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/NodeProcess.h"

#include <QDir>
#include <QFile>
#include <csignal>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/support/process/Await.h"

namespace dsmsg::test {

namespace {

constexpr int gonePatienceMs = 10'000;

/// In the child between fork and exec, where only system calls are allowed.
void prepareChild(pid_t parent, rlim_t openFilesMax, int networkNamespace)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(127);
    if (openFilesMax != RLIM_INFINITY) {
        const rlimit limit{openFilesMax, openFilesMax};
        if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
            ::_exit(127);
    }
    if (networkNamespace >= 0 && ::setns(networkNamespace, CLONE_NEWNET) != 0)
        ::_exit(127);
}

/// One that waits for its disk runs no more either: it stops as soon as the disk answers.
bool everyThreadIsStopped(qint64 process)
{
    bool stopped = true;
    const QDir threads(QStringLiteral("/proc/%1/task").arg(process));
    for (const QString& thread : threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile stat(threads.filePath(thread + QStringLiteral("/stat")));
        // "pid (name) state ..."; a thread that has just ended has no such file.
        const QByteArray line = stat.open(QIODevice::ReadOnly) ? stat.readAll() : QByteArray();
        const QByteArray state = line.mid(line.lastIndexOf(')') + 2, 1);
        stopped = stopped && (line.isEmpty() || state == "T" || state == "D");
    }
    return stopped;
}

} // namespace

QString nodeProgram()
{
    return QStringLiteral(DSMSG_NODE_PROGRAM);
}

NodeProcess::NodeProcess(Launch launch)
    : launch_(std::move(launch))
{
    process_.setProgram(launch_.program.isEmpty() ? nodeProgram() : launch_.program);
    process_.setArguments(launch_.arguments);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys()) {
        if (name.startsWith(QLatin1String("DSMSG_")))
            environment.remove(name);
    }
    environment.insert(QStringLiteral("LSAN_OPTIONS"),
                       QStringLiteral("print_suppressions=0:suppressions=" DSMSG_LEAK_SUPPRESSIONS));
    environment.insert(launch_.variables);
    process_.setProcessEnvironment(environment);
    if (!launch_.logFile.isEmpty())
        process_.setStandardErrorFile(launch_.logFile, QIODevice::Append);
    process_.setChildProcessModifier(
        [parent = ::getpid(), files = launch_.openFilesMax, network = launch_.networkNamespace] {
            prepareChild(parent, files ? rlim_t{*files} : RLIM_INFINITY, network);
        });
}

NodeProcess::~NodeProcess()
{
    kill();
}

bool NodeProcess::start()
{
    paused_ = false;
    process_.start();
    return process_.waitForStarted(gonePatienceMs);
}

void NodeProcess::kill()
{
    if (process_.state() == QProcess::NotRunning)
        return;
    process_.kill();
    process_.waitForFinished(gonePatienceMs);
}

void NodeProcess::signal(int number)
{
    if (running())
        ::kill(static_cast<pid_t>(process_.processId()), number);
}

void NodeProcess::pause()
{
    signal(SIGSTOP);
    paused_ = true;
    // Until one of its threads has taken the signal, the others go on: on a busy machine long enough to
    // answer a peer.
    await(Milliseconds(5'000), [this] { return everyThreadIsStopped(process_.processId()); });
}

void NodeProcess::resume()
{
    signal(SIGCONT);
    paused_ = false;
}

bool NodeProcess::running()
{
    // There is no event loop in these tests: this lets QProcess look.
    if (process_.state() != QProcess::NotRunning)
        process_.waitForFinished(0);
    return process_.state() == QProcess::Running;
}

std::optional<int> NodeProcess::exitCode(Milliseconds patience)
{
    if (process_.state() != QProcess::NotRunning)
        process_.waitForFinished(static_cast<int>(patience.count()));
    if (process_.state() != QProcess::NotRunning || process_.exitStatus() != QProcess::NormalExit)
        return std::nullopt;
    return process_.exitCode();
}

qsizetype NodeProcess::openFiles() const
{
    return QDir(QStringLiteral("/proc/%1/fd").arg(process_.processId()))
        .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
        .size();
}

QByteArray NodeProcess::log() const
{
    QFile file(launch_.logFile);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace dsmsg::test

// SPDX-License-Identifier: GPL-3.0-or-later
//
// One real dsmsg-node: started, paused, killed and ended by signal, its log kept in a file. Nothing is left
// running: the destructor kills it, and the kernel does when the test itself dies.
#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>
#include <optional>
#include <sys/types.h>

#include "core/base/Clock.h"

namespace dsmsg::test {

/// For the main thread: the kernel kills a child when the thread that started it ends.
class NodeProcess
{
public:
    struct Launch
    {
        QStringList arguments{};
        QString program{};                      ///< empty: nodeProgram()
        QString logFile{};                      ///< standard error is appended; empty: kept for errorText()
        QProcessEnvironment variables{};        ///< beside the test's own environment
        std::optional<unsigned> openFilesMax{}; ///< soft and hard limit; none: the test's
        int networkNamespace = -1;              ///< file descriptor, -1 for the test's own; not owned
    };

    explicit NodeProcess(Launch launch);
    ~NodeProcess();

    bool start();
    void kill();   ///< SIGKILL, and waits until it is gone
    void pause();  ///< SIGSTOP; returns when every thread stands still
    void resume(); ///< SIGCONT
    void signal(int number);
    bool running();
    bool paused() const { return paused_; }
    /// The exit code, once it ended by itself within `patience`; none while it runs or after a signal.
    std::optional<int> exitCode(Milliseconds patience);
    qint64 pid() const { return process_.processId(); }
    qsizetype openFiles() const;
    /// Everything it wrote to its log file, by all starts.
    QByteArray log() const;
    QByteArray outputText() { return process_.readAllStandardOutput(); }
    QByteArray errorText() { return process_.readAllStandardError(); }

private:
    const Launch launch_;
    QProcess process_;
    bool paused_ = false;
};

/// Where the program under test is.
QString nodeProgram();

} // namespace dsmsg::test

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ctrl+C and its like as something that can be waited for, so that a command ends in order: prints what there
// is, gives the terminal back. By signalfd, so that no handler runs in between anything. A second signal is
// not special: whoever made one of these has promised to look.
#pragma once

namespace dsmsg::cli {

class StopSignal
{
public:
    /// Takes SIGINT, SIGTERM and SIGHUP, for the whole process; make it before any thread is started.
    StopSignal();
    ~StopSignal(); ///< they end the process again
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    /// Readable once a signal came; -1 when the system gives none.
    int descriptor() const { return descriptor_; }
    /// Whether one came; waits for nothing.
    bool came() const;

private:
    int descriptor_ = -1;
};

} // namespace dsmsg::cli

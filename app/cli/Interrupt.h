// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ctrl+C and SIGTERM as a call from the event loop, for commands that have something to say or to finish
// before they end. Only the first one is caught: a second ends the program at once, as people expect who
// press twice.
#pragma once

#include <functional>

#include <QObject>

class QSocketNotifier;

namespace dsmsg::cli {

/// At most one at a time.
class Interrupt : public QObject
{
    Q_OBJECT

public:
    /// `told` is called at most once, in this thread.
    explicit Interrupt(std::function<void()> told);
    ~Interrupt() override; ///< signals end the program again

private:
    int readEnd_ = -1;
    QSocketNotifier* notifier_ = nullptr;
};

} // namespace dsmsg::cli

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The first Ctrl+C (or SIGTERM, SIGHUP) as a call from the event loop, for commands that have something to
// say or to finish before they end. A second one ends the program at once, as people expect who press twice.
#pragma once

#include <functional>
#include <optional>

#include <QSocketNotifier>

#include "app/cli/StopSignal.h"

namespace dsmsg::cli {

class Interrupt
{
public:
    /// `told` is called at most once, in this thread. Make it before any thread is started, as by a first
    /// request.
    explicit Interrupt(std::function<void()> told)
        : notifier_(signal_->descriptor(), QSocketNotifier::Read)
    {
        QObject::connect(&notifier_, &QSocketNotifier::activated, &notifier_, [this, told = std::move(told)] {
            notifier_.setEnabled(false);
            signal_.reset();
            told();
        });
    }

private:
    std::optional<StopSignal> signal_{std::in_place};
    QSocketNotifier notifier_;
};

} // namespace dsmsg::cli

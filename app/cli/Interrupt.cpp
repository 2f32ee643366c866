// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Interrupt.h"

namespace dsmsg::cli {

Interrupt::Interrupt(std::function<void()> told)
{
    connect(&notifier_, &QSocketNotifier::activated, this, [this, told = std::move(told)] {
        notifier_.setEnabled(false);
        stop_.reset();
        told();
    });
}

} // namespace dsmsg::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Interrupt.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

#include <QSocketNotifier>

#include "core/base/Assert.h"

namespace dsmsg::cli {

namespace {

/// A signal handler can reach nothing else.
volatile std::sig_atomic_t writeEnd = -1;

extern "C" void tellOfSignal(int)
{
    const int saved = errno;
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(writeEnd, &byte, 1);
    errno = saved;
}

void setHandler(void (*handler)(int))
{
    struct sigaction action
    {
    };
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART | SA_RESETHAND;
    for (const int number : {SIGINT, SIGTERM})
        ::sigaction(number, &action, nullptr);
}

} // namespace

Interrupt::Interrupt(std::function<void()> told)
{
    int ends[2] = {-1, -1};
    const bool made = ::pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0;
    DSMSG_ASSERT(made && writeEnd == -1, "a signal could not be told to its only receiver");
    readEnd_ = ends[0];
    writeEnd = ends[1];
    notifier_ = new QSocketNotifier(readEnd_, QSocketNotifier::Read, this);
    connect(notifier_, &QSocketNotifier::activated, this, [this, told = std::move(told)] {
        notifier_->setEnabled(false);
        told();
    });
    setHandler(tellOfSignal);
}

Interrupt::~Interrupt()
{
    setHandler(SIG_DFL);
    ::close(readEnd_);
    ::close(writeEnd);
    writeEnd = -1;
}

} // namespace dsmsg::cli

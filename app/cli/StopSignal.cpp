// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/StopSignal.h"

#include <csignal>
#include <initializer_list>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace dsmsg::cli {

namespace {

sigset_t stopSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&set, signal);
    return set;
}

} // namespace

StopSignal::StopSignal()
{
    const sigset_t set = stopSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    descriptor_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

StopSignal::~StopSignal()
{
    // What came is taken, or it would end the process after all as soon as it is let through.
    signalfd_siginfo taken{};
    while (descriptor_ >= 0 && read(descriptor_, &taken, sizeof taken) == ssize_t(sizeof taken)) {
    }
    if (descriptor_ >= 0)
        close(descriptor_);
    const sigset_t set = stopSignals();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

bool StopSignal::came() const
{
    pollfd waiting{descriptor_, POLLIN, 0};
    return poll(&waiting, 1, 0) == 1;
}

} // namespace dsmsg::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/Load.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <sys/epoll.h>
#include <unistd.h>

namespace dsmsg::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint32_t stopTag = 0xffffffffu;
constexpr int eventsMax = 256;
constexpr Milliseconds wakeEvery{100};     ///< to find lanes that time out
constexpr Milliseconds wakePausedEvery{5}; ///< while any lane waits to try again
constexpr Milliseconds patienceWhenInterrupted{1000};

Clock::duration ofSeconds(Schedule::Seconds seconds)
{
    return std::chrono::duration_cast<Clock::duration>(seconds);
}

/// epoll_pwait2, because a millisecond is long: at 10 000 a second ten messages are due in it.
int waitFor(int epoll, epoll_event* events, Clock::duration patience)
{
    const auto nanos = std::max<std::int64_t>(0, std::chrono::nanoseconds(patience).count());
    const timespec limit{nanos / 1'000'000'000, nanos % 1'000'000'000};
    const int ready = epoll_pwait2(epoll, events, eventsMax, &limit, nullptr);
    if (ready >= 0 || errno != ENOSYS)
        return ready;
    return epoll_wait(epoll, events, eventsMax, int((nanos + 999'999) / 1'000'000));
}

} // namespace

Load::Load(Plan plan, Targets& targets)
    : plan_(std::move(plan))
    , targets_(targets)
    , random_(plan_.seed)
{
    if (plan_.perSecond)
        schedule_.emplace(*plan_.perSecond, plan_.ramp);
    lanes_.resize(plan_.connections);
    for (Lane& lane : lanes_)
        lane.connection = std::make_unique<Connection>(plan_.protocol());
}

Load::~Load()
{
    if (epoll_ >= 0)
        close(epoll_);
}

Result<void> Load::run(int stop, const Hooks& hooks)
{
    epoll_ = epoll_create1(EPOLL_CLOEXEC);
    if (epoll_ < 0)
        return Error{Error::Kind::Io,
                     std::string("the system gives no epoll: ") + std::strerror(errno) + '.'};
    if (stop >= 0) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u32 = stopTag;
        epoll_ctl(epoll_, EPOLL_CTL_ADD, stop, &event);
    }
    start_ = Clock::now();
    measureFrom_ = start_ + plan_.ramp + plan_.warmup;
    end_ = measureFrom_ + plan_.duration;
    nextSecond_ = start_ + std::chrono::seconds(1);
    nextWake_ = start_;
    tally_.begin(start_, measureFrom_, end_);
    for (std::size_t i = 0; i < lanes_.size() && !schedule_; ++i)
        lanes_[i].notBefore = start_ + plan_.ramp * std::int64_t(i) / std::int64_t(lanes_.size());
    for (Moment now = start_; !finished(now); now = Clock::now()) {
        keepTime(now, hooks);
        feedIdle(now);
        wait(stop);
    }
    const Moment now = Clock::now();
    endMeasuring(now, hooks);
    countLeftovers(now);
    return {};
}

void Load::wait(int stop)
{
    epoll_event events[eventsMax];
    const int ready = waitFor(epoll_, events, nextEvent() - Clock::now());
    for (int i = 0; i < ready; ++i) {
        if (events[i].data.u32 == stopTag)
            interrupt(stop);
        else
            handle(events[i].data.u32, events[i].events);
    }
}

/// Nothing new is sent; what is under way gets a moment, so that as little as possible stays unknown.
void Load::interrupt(int stop)
{
    epoll_ctl(epoll_, EPOLL_CTL_DEL, stop, nullptr);
    interrupted_ = true;
    end_ = std::min(end_, Clock::now());
    plan_.patience = std::min(plan_.patience, patienceWhenInterrupted);
}

void Load::keepTime(Moment now, const Hooks& hooks)
{
    if (phase_ == Phase::Before && now >= measureFrom_) {
        phase_ = Phase::Measuring;
        hooks.measuringBegins();
    }
    if (now >= end_)
        endMeasuring(now, hooks);
    if (now >= nextSecond_) {
        hooks.second(tally_.endSecond(), std::chrono::duration<double>(now - start_).count());
        nextSecond_ += std::chrono::seconds(1);
    }
    if (now >= nextWake_) {
        wakeLanes(now);
        const bool opening = !schedule_ && now < start_ + plan_.ramp;
        nextWake_ = now + (paused_ > 0 || opening ? wakePausedEvery : wakeEvery);
    }
}

void Load::endMeasuring(Moment now, const Hooks& hooks)
{
    if (phase_ == Phase::Measuring) {
        measuredSeconds_ = std::chrono::duration<double>(std::min(now, end_) - measureFrom_).count();
        hooks.measuringEnds();
    }
    if (phase_ == Phase::Measuring || now >= end_)
        phase_ = Phase::After;
}

/// How many messages may have been started by now.
std::uint64_t Load::due(Moment now) const
{
    if (interrupted_)
        return 0;
    if (schedule_)
        return std::min(plan_.messagesMax, schedule_->dueAt(std::min(now, end_) - start_));
    return now < end_ ? plan_.messagesMax : 0;
}

bool Load::nextTask(Task& task, Moment now)
{
    if (!repeats_.empty()) {
        task = repeats_.front();
        repeats_.pop_front();
        return true;
    }
    std::uint64_t& started = tally_.totals.started;
    if (started >= due(now))
        return false;
    if (underWay_ == 0)
        tally_.restartSilence(now);
    task = {.number = started, .intended = schedule_ ? start_ + ofSeconds(schedule_->dueTime(started)) : now};
    ++started;
    ++underWay_;
    return true;
}

Moment Load::nextEvent() const
{
    Moment next = std::min(nextSecond_, nextWake_);
    if (phase_ == Phase::Before)
        next = std::min(next, measureFrom_);
    if (phase_ != Phase::After)
        next = std::min(next, end_);
    if (schedule_ && phase_ != Phase::After && !idle_.empty() && tally_.totals.started < plan_.messagesMax)
        next = std::min(next, start_ + ofSeconds(schedule_->dueTime(tally_.totals.started)));
    return next;
}

bool Load::finished(Moment now) const
{
    const std::uint64_t started = tally_.totals.started;
    const bool allStarted = started >= plan_.messagesMax || (now >= end_ && started >= due(now));
    return (allStarted && underWay_ == 0) || now >= end_ + plan_.patience;
}

void Load::countLeftovers(Moment now)
{
    for (const Lane& lane : lanes_) {
        for (Task& task : lane.connection->close()) {
            task.mayBeStored = true;
            repeats_.push_back(task);
        }
    }
    for (const Task& task : repeats_)
        ++(task.mayBeStored ? tally_.totals.unknown : tally_.totals.rejected);
    if (schedule_ && !interrupted_) {
        const std::uint64_t all = std::min(plan_.messagesMax, schedule_->dueAt(std::min(now, end_) - start_));
        for (std::uint64_t number = tally_.totals.started; number < all; ++number)
            tally_.unsent(start_ + ofSeconds(schedule_->dueTime(number)), now);
    }
}

} // namespace dsmsg::bench

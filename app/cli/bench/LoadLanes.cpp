// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/cli/bench/Load.h"

namespace dsmsg::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr Milliseconds pauseFirst{10}, pauseGreatest{200};
constexpr int failuresUntilMistrust = 3; ///< of a leader that says "not now"

} // namespace

void Load::wakeLanes(Moment now)
{
    for (std::size_t at = 0; at < lanes_.size(); ++at) {
        Lane& lane = lanes_[at];
        if (lane.notBefore > now)
            continue;
        if (lane.isPaused) {
            lane.isPaused = false;
            --paused_;
        }
        if (!lane.connection->isOpen()) {
            openLane(at, now);
            continue;
        }
        const auto oldest = lane.connection->oldest();
        const bool neverCame = !oldest && lane.connection->room() == 0 && now - lane.openedAt > plan_.attempt;
        if (neverCame || (oldest && now - *oldest > plan_.attempt)) {
            tally_.totals.timeouts += std::max<std::size_t>(1, lane.connection->underWay());
            laneBroke(at, now);
        } else if (!lane.isIdle) {
            feed(at, now);
        }
    }
}

void Load::openLane(std::size_t at, Moment now)
{
    Lane& lane = lanes_[at];
    const std::size_t target = targets_.choose();
    lane.openedAt = now;
    if (!lane.connection->open(epoll_, std::uint32_t(at), target, targets_.all()[target]))
        laneBroke(at, now);
}

void Load::handle(std::size_t at, std::uint32_t events)
{
    Lane& lane = lanes_[at];
    if (!lane.connection->isOpen())
        return;
    const Moment now = Clock::now();
    const std::size_t target = lane.connection->target();
    incoming_.leader.clear();
    incoming_.problem.clear();
    rejectedNow_ = redirectedNow_ = 0;
    const bool alive = lane.connection->proceed(
        events, incoming_,
        [this, target, now](const Task& task, const Reply& reply) { settle(task, reply, target, now); });
    if (!incoming_.problem.empty())
        lastProblem_ = incoming_.problem;
    if (!alive)
        return laneBroke(at, now);
    if (redirectedNow_ > 0)
        return follow(at, now);
    if (rejectedNow_ > 0)
        return pause(at, now);
    lane.failures = 0;
    feed(at, now);
}

void Load::settle(const Task& task, const Reply& reply, std::size_t target, Moment now)
{
    Totals& totals = tally_.totals;
    if (reply.answer == Answer::Stored) {
        --underWay_;
        totals.duplicates += task.repeated && reply.duplicate ? 1 : 0;
        targets_.setLeader(target);
        return tally_.acknowledged(task, now, targets_.all()[target].url);
    }
    tally_.problem();
    Task again = task;
    switch (reply.answer) {
    case Answer::Refused:
        --underWay_;
        ++totals.refused;
        return;
    case Answer::NotLeader:
        ++totals.redirects;
        ++redirectedNow_;
        return repeat(again);
    case Answer::Unknown:
        again.mayBeStored = true;
        break;
    case Answer::Rejected:
    case Answer::Stored:
        break;
    }
    ++totals.unavailable;
    ++rejectedNow_;
    repeat(again);
}

void Load::repeat(Task task)
{
    ++tally_.totals.retries;
    task.repeated = true;
    repeats_.push_back(task);
}

/// Somebody else leads: there the lane goes on, with what it has not been answered.
void Load::follow(std::size_t at, Moment now)
{
    Lane& lane = lanes_[at];
    const std::size_t target = lane.connection->target();
    if (targets_.leader() == target)
        targets_.failed(target);
    if (!incoming_.leader.empty() && !targets_.leader()) {
        if (const auto leader = targets_.add(incoming_.leader))
            targets_.setLeader(*leader);
        else
            lastProblem_ = leader.error().text;
    }
    // Two nodes that name each other would be asked as fast as they answer.
    if (++lane.failures > failuresUntilMistrust)
        return pause(at, now);
    if (lane.connection->underWay() > 0)
        return;
    lane.connection->close();
    openLane(at, now);
}

void Load::laneBroke(std::size_t at, Moment now)
{
    Lane& lane = lanes_[at];
    targets_.failed(lane.connection->target());
    ++tally_.totals.broken;
    tally_.problem();
    for (Task& task : lane.connection->close()) {
        task.mayBeStored = true;
        repeat(task);
    }
    pause(at, now);
}

/// Each failure in a row doubles the wait; half of it is random, so that those that failed together come back
/// one by one.
void Load::pause(std::size_t at, Moment now)
{
    Lane& lane = lanes_[at];
    const bool isOpen = lane.connection->isOpen();
    if (isOpen && ++lane.failures > failuresUntilMistrust && lane.connection->underWay() == 0) {
        targets_.failed(lane.connection->target());
        lane.connection->close();
    }
    lane.failures += isOpen ? 0 : 1;
    const int doublings = std::min(lane.failures, 6) - 1;
    const std::int64_t most =
        std::min((pauseFirst * (1 << std::max(0, doublings))).count(), pauseGreatest.count()) * 1000;
    lane.notBefore = now + std::chrono::microseconds(random_.between(most / 2, most + 1));
    if (!lane.isPaused)
        ++paused_;
    lane.isPaused = true;
    nextWake_ = std::min(nextWake_, lane.notBefore);
}

void Load::feed(std::size_t at, Moment now)
{
    Lane& lane = lanes_[at];
    Connection& connection = *lane.connection;
    if (lane.isPaused || connection.room() == 0)
        return;
    if (targets_.leader() && *targets_.leader() != connection.target() && connection.underWay() == 0) {
        connection.close();
        return openLane(at, now);
    }
    batch_.clear();
    const std::size_t most = std::min(connection.room(), plan_.atOnce);
    Task task;
    while (batch_.size() < most && nextTask(task, now))
        batch_.push_back(task);
    if (batch_.empty()) {
        if (!lane.isIdle)
            idle_.push_back(at);
        lane.isIdle = true;
        return;
    }
    if (!connection.send(batch_, now))
        laneBroke(at, now);
    else if (connection.room() > 0 && batch_.size() == most)
        feed(at, now);
}

void Load::feedIdle(Moment now)
{
    while (!idle_.empty() && (!repeats_.empty() || tally_.totals.started < due(now))) {
        const std::size_t at = idle_.back();
        idle_.pop_back();
        lanes_[at].isIdle = false;
        if (lanes_[at].connection->isOpen())
            feed(at, now);
    }
}

} // namespace dsmsg::bench

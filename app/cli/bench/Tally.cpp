// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/Tally.h"

#include <algorithm>

namespace dsmsg::bench {

namespace {

Duration between(Moment from, Moment to)
{
    return std::chrono::duration_cast<Duration>(to - from);
}

} // namespace

void Tally::begin(Moment start, Moment from, Moment to)
{
    start_ = start;
    from_ = from;
    to_ = to;
}

void Tally::record(Moment intended, Duration latency)
{
    all_.record(latency);
    if (intended < from_ || intended >= to_)
        return;
    latency_.record(latency);
    greatest_ = std::max(greatest_, latency);
}

void Tally::acknowledged(const Task& task, Moment now, const std::string& by)
{
    ++totals.acknowledged;
    ++second_.acknowledged;
    if (now >= from_ && now < to_)
        ++measured_;
    record(task.intended, between(task.intended, now));
    const Duration silence = lastAcknowledgement_ ? between(*lastAcknowledgement_, now) : Duration::zero();
    longestSilence_ = std::max(longestSilence_, silence);
    lastAcknowledgement_ = now;
    if (by == lastBy_)
        return;
    if (!lastBy_.empty()) {
        ++changeCount_;
        ++second_.leaderChanges;
        if (changes_.size() < changesMax)
            changes_.push_back({std::chrono::duration<double>(now - start_).count(), lastBy_, by, silence});
    }
    lastBy_ = by;
}

void Tally::unsent(Moment intended, Moment now)
{
    ++totals.unsent;
    record(intended, between(intended, now));
}

void Tally::problem()
{
    ++second_.problems;
}

void Tally::restartSilence(Moment now)
{
    if (lastAcknowledgement_)
        lastAcknowledgement_ = now;
}

SecondFigures Tally::endSecond()
{
    second_.p99 = all_.since(allBefore_).percentile(0.99);
    allBefore_ = all_;
    const SecondFigures ended = second_;
    if (seconds_.size() < secondsMax)
        seconds_.push_back(ended);
    second_ = {};
    return ended;
}

} // namespace dsmsg::bench

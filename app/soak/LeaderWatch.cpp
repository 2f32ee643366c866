// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/soak/LeaderWatch.h"

#include <algorithm>

namespace dsmsg::soak {

LeaderWatch::LeaderWatch(const client::Client::Options& options)
    : client_(options)
{
    asking_.fill(false, options.endpoints.size());
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.setInterval(interval);
    connect(&timer_, &QTimer::timeout, this, &LeaderWatch::askAll);
}

void LeaderWatch::start()
{
    clock_.start();
    timer_.start();
}

void LeaderWatch::stop()
{
    timer_.stop();
}

Milliseconds LeaderWatch::slowest() const
{
    Milliseconds slowest{0};
    for (const Change& change : changes_)
        slowest = std::max(slowest, change.without);
    return slowest;
}

void LeaderWatch::askAll()
{
    for (qsizetype i = 0; i < asking_.size(); ++i) {
        if (asking_[i])
            continue;
        asking_[i] = true;
        client_.status(client_.endpoints()[i], [this, i](const Result<client::NodeStatus>& status) {
            asking_[i] = false;
            if (status)
                heard(*status);
        });
    }
}

void LeaderWatch::heard(const client::NodeStatus& status)
{
    if (status.role != QLatin1String("Leader") || status.term < term_)
        return;
    const Milliseconds now(clock_.elapsed());
    if (status.term > term_) {
        const bool isFirst = term_ == 0;
        const Change change{leader_, status.nodeId, status.term, now - lastSeenLeading_};
        leader_ = status.nodeId;
        term_ = status.term;
        if (!isFirst) {
            changes_.append(change);
            if (onChange)
                onChange(change);
        }
    }
    lastSeenLeading_ = now;
}

} // namespace dsmsg::soak

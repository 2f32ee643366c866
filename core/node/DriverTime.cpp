// SPDX-License-Identifier: GPL-3.0-or-later
//
// The driver's part in time: carries exchanges from the links to the Timekeeper, tells its events, and takes
// from it what leaders stamp messages with.
#include <algorithm>

#include <QLoggingCategory>

#include "core/node/RaftDriver.h"

Q_LOGGING_CATEGORY(lcTime, "dsmsg.time")

namespace dsmsg::node {

void RaftDriver::timeTold(ServerId peer, const net::TimeExchange& told)
{
    const net::ClockMark& clock = told.reply.clock;
    timekeeper_.told(peer, {told.sent,
                            told.reply.received,
                            told.reply.sent,
                            told.received,
                            {clock.run, clock.epoch, clock.anchor}});
}

void RaftDriver::timeTick()
{
    const auto events = timekeeper_.tick();
    announceClock();
    for (const TimeEvent& event : events) {
        if (event.kind == TimeEvent::Kind::Synchronized)
            qCInfo(lcTime, "%s", event.text.c_str());
        else
            qCWarning(lcTime, "%s", event.text.c_str());
    }
}

void RaftDriver::announceClock()
{
    const timesync::ClockState& mark = timekeeper_.mark();
    hub_.setClock({mark.run, mark.epoch, mark.anchor});
}

UnixTime RaftDriver::stamp()
{
    lastStamp_ = std::max(lastStamp_, timekeeper_.clusterNow());
    return lastStamp_;
}

void RaftDriver::requestTime(const std::function<void(TimeStatus)>& answer)
{
    answer(timekeeper_.status());
}

void RaftDriver::syncTime(std::function<void(TimeRound)> answer)
{
    timekeeper_.syncNow(std::move(answer));
}

void RaftDriver::resetTimeStatistics(const std::function<void(TimeStatus)>& answer)
{
    timekeeper_.resetStatistics();
    answer(timekeeper_.status());
}

void RaftDriver::correctTime(UnixTime timestamp,
                             const std::function<void(Result<timesync::CorrectedTime>)>& answer)
{
    answer(timekeeper_.correctRecent(timestamp));
}

} // namespace dsmsg::node

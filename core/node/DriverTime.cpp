// SPDX-License-Identifier: GPL-3.0-or-later
//
// The driver's part in time: carries exchanges from the links to the Timekeeper, tells its events, and takes
// from it what leaders stamp messages with.
#include <algorithm>

#include <QLoggingCategory>

#include "core/node/RaftDriver.h"

Q_LOGGING_CATEGORY(lcTime, "dsmsg.time")

namespace dsmsg::node {

namespace {

std::string_view nameOf(TimeEvent::Kind kind)
{
    switch (kind) {
    case TimeEvent::Kind::ClockJump:
        return "clock_jump";
    case TimeEvent::Kind::Synchronized:
        return "time_synchronized";
    case TimeEvent::Kind::SynchronizationLost:
        break;
    }
    return "time_unsynchronized";
}

/// The replicated command has a list of its own: it outlives every change of the other.
messaging::CorrectionMethod methodOf(timesync::CorrectionMethod method)
{
    switch (method) {
    case timesync::CorrectionMethod::Offset:
        return messaging::CorrectionMethod::Offset;
    case timesync::CorrectionMethod::DriftCompensated:
        return messaging::CorrectionMethod::DriftCompensated;
    case timesync::CorrectionMethod::Hybrid:
        break;
    }
    return messaging::CorrectionMethod::Hybrid;
}

} // namespace

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
        observer_.happened(eventNow(nameOf(event.kind), event.text));
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
    return timekeeper_.stamp(appliedState_.newestReceive);
}

messaging::Correction RaftDriver::correctionOf(const Draft& draft)
{
    // Far beyond what anybody believes, and what the command can carry.
    constexpr Duration halfWidthMax = std::chrono::hours(24 * 365 * 100);
    messaging::Correction correction;
    if (draft.ts) {
        const timesync::CorrectedTime corrected = timekeeper_.correct(*draft.ts, draft.clock);
        correction.appliedOffset = corrected.applied;
        correction.halfWidth = corrected.halfWidth;
        correction.method = methodOf(corrected.method);
        correction.verified = corrected.verified;
    } else {
        correction.halfWidth = timekeeper_.bound();
        correction.verified = true; // the leader's own stamp
    }
    if (correction.halfWidth)
        correction.halfWidth = std::clamp(*correction.halfWidth, Duration::zero(), halfWidthMax);
    return correction;
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

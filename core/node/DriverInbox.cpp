// SPDX-License-Identifier: GPL-3.0-or-later
//
// The driver's part in inboxes: acknowledgements go through the log, many at once (InboxAcks.h).
#include "core/messaging/Command.h"
#include "core/node/RaftDriver.h"

namespace dsmsg::node {

namespace {

constexpr const char* takesNothing = "the leader does not take entries now; acknowledge again in a moment";

} // namespace

/// Why this node cannot put an order into the log; none: it can.
std::optional<std::variant<Redirected, Error>> RaftDriver::cannotOrder()
{
    if (const auto elsewhere = cannotServe()) {
        if (const auto* redirected = std::get_if<Redirected>(&*elsewhere))
            return *redirected;
        const auto& refusal = std::get<Unavailable>(*elsewhere);
        return Error{refusal.diskFull ? Error::Kind::DiskFull : Error::Kind::Busy, refusal.reason};
    }
    // An earlier leader's orders may not be applied yet.
    if (!raft_.serving() || !timekeeper_.mayStamp())
        return Error{Error::Kind::Busy, "the new leader is not serving yet; try again in a moment"};
    return std::nullopt;
}

void RaftDriver::ackInbox(messaging::MoveCursor wish, AckAnswer answer)
{
    if (const auto why = cannotOrder())
        return std::visit([&](const auto& reason) { answer(reason); }, *why);
    acks_.add(std::move(wish), clock_.now(), [answer = std::move(answer)](const Result<Seq>& cursor) {
        cursor ? answer(*cursor) : answer(cursor.error());
    });
    if (!expiryTimer_.isActive())
        expiryTimer_.start();
    scheduleEndOfTurn();
}

void RaftDriver::pumpAcks()
{
    if (!acks_.wantsEntry() || raft_.role() != raft::Role::Leader || raft_.handingOver())
        return;
    const auto at = proposeOrders(acks_.takeEntry(), pacer_.next(stamp()));
    if (!at)
        return acks_.refused(takesNothing);
    entryWaits_.add(*at, clock_.now() + options_.writeTimeout,
                    [this](EntryWaits::Fate fate, const messaging::AppliedEntry* entry) {
                        acks_.settled(fate, entry);
                        if (acks_.wantsEntry())
                            scheduleEndOfTurn();
                    });
}

} // namespace dsmsg::node

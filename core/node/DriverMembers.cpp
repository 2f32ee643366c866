// SPDX-License-Identifier: GPL-3.0-or-later
//
// The driver's part in who belongs to the cluster, who leads it, and how fresh a read is.
#include <algorithm>

#include "core/node/RaftDriver.h"

namespace dsmsg::node {

/// Links and clocks follow the configuration; before there is one they follow the options.
void RaftDriver::followMembers()
{
    if (std::exchange(membersVersion_, raft_.membersVersion()) == raft_.membersVersion() ||
        !raft_.configuration().formed())
        return;
    hub_.setPeers(raft_.memberUrls());
    timekeeper_.setMembers(raft_.configuration());
    observer_.membersAre(raft_.configuration());
}

void RaftDriver::awaitRead(const ReadWish& wish, ReadWaits::Answer answer)
{
    if (stopped())
        return answer(Error{Error::Kind::Busy, "this node's storage has failed, or it is shutting down"});
    if (const auto question = reads_.add(wish, std::move(answer), clock_.now()))
        handle(step(*question));
    if (!reads_.empty() && !expiryTimer_.isActive())
        expiryTimer_.start();
}

void RaftDriver::changeMembers(std::vector<raft::MemberChange> changes,
                               std::function<void(Administered)> answer)
{
    if (const auto elsewhere = cannotServe())
        return answer(cannotLead(*elsewhere));
    raft::Ready ready = step(raft::ChangeMembers{std::move(changes)});
    const auto begun = std::exchange(ready.administered, std::nullopt);
    handle(std::move(ready));
    if (!begun || !begun->ok())
        return answer(begun ? begun->error() : Error{Error::Kind::Refused, "this node is shutting down"});
    orders_.push_back(
        {std::move(answer), clock_.now() + options_.writeTimeout, raft_.status(clock_.now()).last});
    expiryTimer_.start();
    settleOrders();
}

void RaftDriver::transferLeadership(const std::string& to, std::function<void(Administered)> answer)
{
    // Also with a full disk: another node may have space.
    if (const auto elsewhere = notLeading())
        return answer(cannotLead(*elsewhere));
    const raft::Member* successor = raft_.configuration().findId(to);
    if (!to.empty() && (successor == nullptr || !successor->bound()))
        return answer(Error{Error::Kind::NotFound, "There is no member " + to + "."});
    raft::Ready ready = step(raft::TransferLeadership{successor != nullptr ? successor->server : ServerId{}});
    const auto begun = std::exchange(ready.administered, std::nullopt);
    handle(std::move(ready));
    if (!begun || !begun->ok())
        return answer(begun ? begun->error() : Error{Error::Kind::Refused, "this node is shutting down"});
    orders_.push_back({std::move(answer), clock_.now() + options_.writeTimeout, {}});
    expiryTimer_.start();
}

Administered RaftDriver::cannotLead(const std::variant<Redirected, Unavailable>& elsewhere)
{
    if (const auto* redirected = std::get_if<Redirected>(&elsewhere))
        return *redirected;
    return Error{Error::Kind::Busy, std::get<Unavailable>(elsewhere).reason};
}

/// Answers the orders that are carried out, and those that take too long.
void RaftDriver::settleOrders()
{
    if (orders_.empty())
        return;
    const bool leads = raft_.role() == raft::Role::Leader;
    const auto verdict = [&](const Order& order) -> std::optional<Administered> {
        const bool changed =
            order.entry && raft_.commitIndex() >= order.entry && raft_.configurationSettled();
        const bool transferred = !order.entry && !leads && raft_.leader();
        if (changed || transferred)
            return raft_.configuration();
        if (stopped_)
            return Error{Error::Kind::Busy,
                         "this node is shutting down; look at the status for what became of it"};
        if (!order.entry && leads && !raft_.handingOver())
            return Error{Error::Kind::Busy, "The successor did not take over in time; this node leads on."};
        if (clock_.now() >= order.deadline)
            return Error{Error::Kind::Busy, "It takes longer than the write timeout; look at the status."};
        return std::nullopt;
    };
    std::erase_if(orders_, [&](const Order& order) {
        const auto said = verdict(order);
        if (said)
            order.answer(*said);
        return said.has_value();
    });
}

} // namespace dsmsg::node

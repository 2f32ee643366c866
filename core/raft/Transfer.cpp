// SPDX-License-Identifier: GPL-3.0-or-later
//
// Leadership transfer (dissertation 3.10): the leader takes no more proposals, brings its successor up to
// date and tells it to campaign at once. Given up after an election timeout, so that a successor that dies
// costs no more.
#include "core/raft/Core.h"

#include <algorithm>

namespace dsmsg::raft {

void Raft::Impl::on(const TransferLeadership& request)
{
    const ServerId to = request.to ? request.to : mostAdvancedVoter();
    const auto peer = progress.find(to);
    if (!leads())
        ready.administered = Error{Error::Kind::Refused, "This node does not lead."};
    else if (to == identity.server)
        ready.administered = Error{Error::Kind::Invalid, "This node leads already."};
    else if (peer == progress.end() || !config().isVoter(to))
        ready.administered =
            Error{Error::Kind::NotFound, "The successor is not a voter that this node knows."};
    else if (transferTo && transferTo != to)
        ready.administered =
            Error{Error::Kind::Busy, "Leadership is being handed over to another node already."};
    else if (now - peer->second.lastContact() >= settings.electionTimeoutMin)
        ready.administered = Error{Error::Kind::Refused, "The successor has not been heard from lately."};
    if (ready.administered)
        return;
    transferTo = to;
    transferDeadline = now + settings.electionTimeoutMax;
    report(Event::Kind::Transferring, "leadership is being handed over", to);
    ready.administered = Result<void>{};
    tellSuccessor();
}

/// Sends TimeoutNow once the successor has everything that this leader has.
void Raft::Impl::tellSuccessor()
{
    const auto peer = progress.find(transferTo);
    if (transferTo && peer != progress.end() && peer->second.match() == log.last())
        send(transferTo, TimeoutNow{term()});
}

void Raft::Impl::onTimeoutNow(ServerId from, const TimeoutNow& order)
{
    if (order.term != term() || from != leaderId || leads() || !config().isVoter(identity.server))
        return;
    armElectionTimer();
    campaignIsTransfer = true;
    campaign(Ballot::Vote);
}

/// The voter that has acknowledged most among those heard from lately; 0 when there is none.
ServerId Raft::Impl::mostAdvancedVoter() const
{
    ServerId best;
    LogIndex match;
    for (const auto& [server, peer] : progress) {
        const bool recent = now - peer.lastContact() < settings.electionTimeoutMin;
        if (recent && config().isVoter(server) && (!best || peer.match() > match)) {
            best = server;
            match = peer.match();
        }
    }
    return best;
}

} // namespace dsmsg::raft

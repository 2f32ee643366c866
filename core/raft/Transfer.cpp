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
    ready.administered = Result<void>{};
    handOver(to, "leadership is being handed over");
}

void Raft::Impl::handOver(ServerId to, const std::string& cause)
{
    transferTo = to;
    transferDeadline = now + settings.electionTimeoutMax;
    report(Event::Kind::Transferring, cause, to);
    tellSuccessor();
}

/// A leader whose disk is full takes no writes: a voter that can, and has everything, leads instead. Two full
/// disks do not pass it to and fro, for the successor has said that it has room.
void Raft::Impl::yieldToRoom()
{
    if (!leads() || spaceSufficient || transferTo)
        return;
    const auto peer = progress.find(mostAdvancedVoter());
    if (peer != progress.end() && !peer->second.noSpace && peer->second.match() == log.last())
        handOver(peer->first, "the leader's disk is full");
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

/// The voter that has acknowledged most among those heard from lately, rather one with room on its disk; 0
/// when there is none.
ServerId Raft::Impl::mostAdvancedVoter() const
{
    ServerId best;
    std::pair<bool, LogIndex> most;
    for (const auto& [server, peer] : progress) {
        const bool recent = now - peer.lastContact() < settings.electionTimeoutMin;
        const std::pair fitness(!peer.noSpace, peer.match());
        if (recent && config().isVoter(server) && (!best || fitness > most)) {
            best = server;
            most = fitness;
        }
    }
    return best;
}

} // namespace dsmsg::raft

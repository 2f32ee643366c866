// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/EventWords.h"

namespace dsmsg::node {

EventWords wordsOf(const raft::Event& event, const std::string& who)
{
    using Kind = raft::Event::Kind;
    const std::string term = "Term " + std::to_string(event.term.value) + ": ";
    const std::string& cause = event.cause;
    switch (event.kind) {
    case Kind::ElectionStarted:
        return {"election_started", Severity::Info, term + "starting an election: " + cause + "."};
    case Kind::VoteGranted:
        return {"vote_granted", Severity::Debug, term + "voting for " + who + ": " + cause + "."};
    case Kind::LeaderElected:
        return {"leader_elected", Severity::Info, term + "this node leads: " + cause + "."};
    case Kind::LeaderFollowed:
        return {"leader_followed", Severity::Info, term + "following " + who + "."};
    case Kind::SteppedDown:
        return {"stepped_down", Severity::Warning, term + "stepping down: " + cause + "."};
    case Kind::PeerLost:
        return {"peer_lost", Severity::Info, "Lost " + who + ": " + cause + "."};
    case Kind::PeerFound:
        return {"peer_found", Severity::Info, "Reached " + who + " again."};
    case Kind::MemberBound:
        return {"member_bound", Severity::Info, "Taking in member " + cause + "."};
    case Kind::Formed:
        return {"formed", Severity::Info, "Forming " + cause + "."};
    case Kind::DiskStall:
        return {"disk_stall", Severity::Warning, "The disk is stalled: " + cause + "."};
    case Kind::Contradiction:
        return {"contradiction", Severity::Warning, "From " + who + ": " + cause + "."};
    case Kind::MembersChanging:
        return {"member_changing", Severity::Info, "Changing the members: " + cause + "."};
    case Kind::MembersChanged:
        return {"member_changed", Severity::Info, "Change of members: " + cause + "."};
    case Kind::Removed:
        return {"member_removed", Severity::Warning, "Removed: " + cause + "."};
    case Kind::Transferring:
        return {"transferring", Severity::Info, "Leadership to " + who + ": " + cause + "."};
    case Kind::SnapshotSending:
        return {"snapshot_sending", Severity::Info, "Sending the state to " + who + ": " + cause + "."};
    case Kind::SnapshotInstalled:
        return {"snapshot_installed", Severity::Info, "Installing a snapshot: " + cause + "."};
    case Kind::Compacted:
        break;
    }
    return {"log_compacted", Severity::Info, "Compacted: " + cause + "."};
}

} // namespace dsmsg::node

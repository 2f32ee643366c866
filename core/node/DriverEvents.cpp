// SPDX-License-Identifier: GPL-3.0-or-later
//
// The core's events as log lines.
#include <QLoggingCategory>

#include "core/node/RaftDriver.h"

Q_DECLARE_LOGGING_CATEGORY(lcRaft)

namespace dsmsg::node {

void RaftDriver::logEvents(const std::vector<raft::Event>& events)
{
    for (const raft::Event& event : events) {
        const raft::Member* member = raft_.configuration().find(event.peer);
        const std::string who = member != nullptr ? member->id : std::string("-");
        const auto term = static_cast<unsigned long long>(event.term.value);
        const char* cause = event.cause.c_str();
        switch (event.kind) {
        case raft::Event::Kind::ElectionStarted:
            qCInfo(lcRaft, "Term %llu: starting an election: %s.", term, cause);
            break;
        case raft::Event::Kind::VoteGranted:
            qCDebug(lcRaft, "Term %llu: voting for %s: %s.", term, who.c_str(), cause);
            break;
        case raft::Event::Kind::LeaderElected:
            qCInfo(lcRaft, "Term %llu: this node leads: %s.", term, cause);
            break;
        case raft::Event::Kind::LeaderFollowed:
            qCInfo(lcRaft, "Term %llu: following %s.", term, who.c_str());
            break;
        case raft::Event::Kind::SteppedDown:
            qCWarning(lcRaft, "Term %llu: stepping down: %s.", term, cause);
            break;
        case raft::Event::Kind::PeerLost:
            qCInfo(lcRaft, "Lost %s: %s.", who.c_str(), cause);
            break;
        case raft::Event::Kind::PeerFound:
            qCInfo(lcRaft, "Reached %s again.", who.c_str());
            break;
        case raft::Event::Kind::MemberBound:
            qCInfo(lcRaft, "Taking in member %s.", cause);
            break;
        case raft::Event::Kind::Formed:
            qCInfo(lcRaft, "Forming %s.", cause);
            break;
        case raft::Event::Kind::DiskStall:
            qCWarning(lcRaft, "The disk is stalled: %s.", cause);
            break;
        case raft::Event::Kind::Contradiction:
            qCWarning(lcRaft, "From %s: %s.", who.c_str(), cause);
            break;
        case raft::Event::Kind::MembersChanging:
            qCInfo(lcRaft, "Changing the members: %s.", cause);
            break;
        case raft::Event::Kind::MembersChanged:
            qCInfo(lcRaft, "Change of members: %s.", cause);
            break;
        case raft::Event::Kind::Removed:
            qCWarning(lcRaft, "Removed: %s.", cause);
            break;
        case raft::Event::Kind::Transferring:
            qCInfo(lcRaft, "Leadership to %s: %s.", who.c_str(), cause);
            break;
        case raft::Event::Kind::SnapshotSending:
            qCInfo(lcRaft, "Sending the state to %s: %s.", who.c_str(), cause);
            break;
        case raft::Event::Kind::SnapshotInstalled:
            qCInfo(lcRaft, "Installing a snapshot: %s.", cause);
            break;
        case raft::Event::Kind::Compacted:
            qCInfo(lcRaft, "Compacted: %s.", cause);
            break;
        }
    }
}

} // namespace dsmsg::node

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What API.md calls the roles of a node and the states of a follower.
#pragma once

#include "core/raft/Raft.h"

namespace dsmsg::http {

/// A pre-vote moves no term, so to the outside the node still follows.
constexpr const char* roleName(raft::Role role)
{
    switch (role) {
    case raft::Role::Leader:
        return "Leader";
    case raft::Role::Candidate:
        return "Candidate";
    case raft::Role::Follower:
    case raft::Role::PreCandidate:
        break;
    }
    return "Follower";
}

constexpr const char* stateName(raft::PeerStatus::State state)
{
    switch (state) {
    case raft::PeerStatus::State::Probe:
        return "probe";
    case raft::PeerStatus::State::Replicate:
        return "replicate";
    case raft::PeerStatus::State::Snapshot:
        break;
    }
    return "snapshot";
}

} // namespace dsmsg::http

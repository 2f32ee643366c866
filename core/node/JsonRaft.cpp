// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/JsonRaft.h"

#include <algorithm>

namespace dsmsg::node {

std::optional<ServerId> JsonRaft::speaker(const raft::Configuration& configuration, const std::string& nodeId,
                                          const std::string& clusterId, const std::string& secret) const
{
    const bool proven = !secret_.empty() && secret == secret_ && configuration.formed() &&
                        clusterId == toHex(configuration.cluster);
    if (!proven)
        return std::nullopt;
    const auto member = std::ranges::find(configuration.members, nodeId, &raft::Member::id);
    if (member == configuration.members.end() || !member->bound())
        return std::nullopt;
    return member->server;
}

void JsonRaft::expectVote(ServerId from, Instant until, std::function<void(JsonVoteReply)> answer)
{
    votes_.push_back({from, until, std::move(answer)});
}

void JsonRaft::expectAppend(ServerId from, Instant until, std::function<void(JsonAppendReply)> answer)
{
    appends_.push_back({from, until, std::move(answer)});
}

bool JsonRaft::intercept(const raft::Envelope& envelope)
{
    const auto forServer = [&](const auto& expected) { return expected.from == envelope.to; };
    if (const auto* vote = std::get_if<raft::RequestVoteReply>(&envelope.message)) {
        const auto found = std::ranges::find_if(votes_, forServer);
        if (found == votes_.end())
            return false;
        found->answer({vote->term, vote->granted});
        votes_.erase(found);
        return true;
    }
    if (const auto* append = std::get_if<raft::AppendEntriesReply>(&envelope.message)) {
        const auto found = std::ranges::find_if(appends_, forServer);
        if (found == appends_.end())
            return false;
        found->answer({append->term, append->success, append->match});
        appends_.erase(found);
        return true;
    }
    return false;
}

void JsonRaft::expire(Instant now, Term term, bool everything)
{
    std::erase_if(votes_, [&](const auto& expected) {
        if (!everything && now < expected.until)
            return false;
        expected.answer({term, false});
        return true;
    });
    std::erase_if(appends_, [&](const auto& expected) {
        if (!everything && now < expected.until)
            return false;
        expected.answer({term, false, {}});
        return true;
    });
}

} // namespace dsmsg::node

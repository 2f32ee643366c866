// SPDX-License-Identifier: GPL-3.0-or-later
//
// The contract's Raft routes as thin adapters onto the core: a caller that proves the cluster's secret and id
// speaks as the member it names, and the reply meant for that member goes to it. Everybody else gets our term
// and a refusal, and nothing changes.
#pragma once

#include <functional>
#include <list>
#include <optional>
#include <string>

#include "core/base/Clock.h"
#include "core/node/Gateway.h"
#include "core/raft/Raft.h"

namespace dsmsg::node {

class JsonRaft
{
public:
    explicit JsonRaft(std::string secret)
        : secret_(std::move(secret))
    {
    }

    /// The member that may speak; none when the caller proved nothing or is unknown.
    std::optional<ServerId> speaker(const raft::Configuration& configuration, const std::string& nodeId,
                                    const std::string& clusterId, const std::string& secret) const;

    void expectVote(ServerId from, Instant until, std::function<void(JsonVoteReply)> answer);
    void expectAppend(ServerId from, Instant until, std::function<void(JsonAppendReply)> answer);
    /// True when the message was a reply that a route waits for; it is then answered and must not be sent.
    bool intercept(const raft::Envelope& envelope);
    /// Answers with a refusal what got no reply in time; `everything` whether in time or not.
    void expire(Instant now, Term term, bool everything);
    bool waiting() const { return !votes_.empty() || !appends_.empty(); }

private:
    template <class Answer>
    struct Expected
    {
        ServerId from;
        Instant until;
        std::function<void(Answer)> answer;
    };

    const std::string secret_;
    std::list<Expected<JsonVoteReply>> votes_;
    std::list<Expected<JsonAppendReply>> appends_;
};

} // namespace dsmsg::node

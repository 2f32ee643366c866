// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/raft/Subject.h"

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg::raft::testing {

namespace {

Restored restoredFrom(const Setup& setup)
{
    Restored restored;
    restored.hardState = setup.hardState;
    restored.lastIndex = LogIndex(setup.terms.size());
    restored.applied = LogIndex(setup.applied);
    std::vector<EntryPtr> entries;
    for (std::uint64_t index = 1; index <= setup.terms.size(); ++index) {
        const std::uint64_t term = setup.terms[index - 1];
        entries.push_back(index == 1 ? form(clusterOf(setup.voters), EntryKind::Form, 1, term)
                                     : command(index, term));
        if (restored.termRuns.empty() || restored.termRuns.back().term != Term(term))
            restored.termRuns.push_back({LogIndex(index), Term(term)});
    }
    if (!entries.empty()) {
        restored.configurationEntries = {entries.front()};
        if (!restored.hardState.term)
            restored.hardState.term = entries.back()->term;
    }
    const auto kept = static_cast<std::ptrdiff_t>(std::min(setup.entriesInMemory, entries.size()));
    restored.tail.assign(entries.end() - kept, entries.end());
    return restored;
}

Identity identityOf(std::size_t voters)
{
    Identity identity{self, idOf(1), urlOf(1), {}};
    for (std::uint64_t server = 1; server <= voters; ++server)
        identity.initialUrls.push_back(urlOf(server));
    return identity;
}

} // namespace

std::string urlOf(std::uint64_t server)
{
    return "http://127.0.0.1:" + std::to_string(8000 + server);
}

std::string idOf(std::uint64_t server)
{
    return "n" + std::to_string(server);
}

Configuration clusterOf(std::size_t voters)
{
    Configuration configuration;
    configuration.cluster.bytes[0] = 0xc1;
    for (std::uint64_t server = 1; server <= voters; ++server)
        configuration.members.push_back({ServerId(server), idOf(server), urlOf(server), MemberRole::Voter});
    return configuration;
}

EntryPtr command(std::uint64_t index, std::uint64_t term, std::string data)
{
    return std::make_shared<const Entry>(
        Entry{Term(term), LogIndex(index), EntryKind::Command, std::move(data)});
}

EntryPtr noOp(std::uint64_t index, std::uint64_t term)
{
    return std::make_shared<const Entry>(Entry{Term(term), LogIndex(index), EntryKind::NoOp, {}});
}

EntryPtr form(const Configuration& configuration, EntryKind kind, std::uint64_t index, std::uint64_t term)
{
    return std::make_shared<const Entry>(
        Entry{Term(term), LogIndex(index), kind, encodeConfiguration(configuration)});
}

AppendEntries append(std::uint64_t term, std::uint64_t prevIndex, std::uint64_t prevTerm,
                     std::vector<EntryPtr> entries, std::uint64_t commit)
{
    return {Term(term), LogIndex(prevIndex), Term(prevTerm), LogIndex(commit), std::move(entries)};
}

Subject::Subject(const Setup& setup)
    : raft(setup.settings, identityOf(setup.voters), restoredFrom(setup), setup.seed, now)
{
}

const Ready& Subject::step(Input input)
{
    last_ = raft.step(std::move(input), now);
    std::ranges::copy(last_.messages, std::back_inserter(messages));
    std::ranges::copy(last_.logReads, std::back_inserter(logReads));
    std::ranges::copy(last_.events, std::back_inserter(events));
    if (last_.write)
        writes.push_back(*last_.write);
    applyThrough = last_.applyThrough;
    return last_;
}

std::variant<Proposed, Refusal> Subject::propose(std::string data)
{
    const Ready& ready = step(Propose{std::move(data)});
    DSMSG_ASSERT(ready.proposed.has_value(), "every proposal is answered");
    return *ready.proposed;
}

bool Subject::proposeIs(Refusal refusal, std::string data)
{
    const auto answer = propose(std::move(data));
    const auto* why = std::get_if<Refusal>(&answer);
    return why != nullptr && *why == refusal;
}

void Subject::persist()
{
    while (!writes.empty()) {
        const WriteId through = writes.back().id;
        writes.clear();
        step(Persisted{through});
    }
}

void Subject::pass(Duration d)
{
    const Instant end = now + d;
    while (raft.deadline() <= end) {
        now = std::max(now, raft.deadline());
        step(Tick{});
    }
    now = end;
}

void Subject::passElectionTimeout()
{
    now = std::max(now, raft.deadline());
    step(Tick{});
}

void Subject::win(const std::vector<ServerId>& peers)
{
    persist();
    passElectionTimeout();
    for (ServerId peer : peers)
        receive(peer, RequestVoteReply{Ballot::PreVote, raft.term().next(), true});
    persist();
    for (ServerId peer : peers)
        receive(peer, RequestVoteReply{Ballot::Vote, raft.term(), true});
    DSMSG_ASSERT(role() == Role::Leader, "the election was to be won");
}

void Subject::lead(const std::vector<ServerId>& peers)
{
    win(peers);
    persist();
    for (ServerId peer : peers)
        acknowledge(peer, last());
    apply();
    clear();
}

void Subject::follow(ServerId leader, std::uint64_t inTerm)
{
    receive(leader, append(inTerm, last(), raft.termAt(LogIndex(last())).value));
    persist();
    clear();
}

void Subject::acknowledge(ServerId from, std::uint64_t match)
{
    AppendEntriesReply reply;
    reply.term = raft.term();
    reply.success = true;
    reply.match = LogIndex(match);
    receive(from, reply);
}

bool Subject::reported(Event::Kind kind) const
{
    return std::ranges::count(events, kind, &Event::kind) > 0;
}

void Subject::clear()
{
    messages.clear();
    logReads.clear();
    events.clear();
}

} // namespace dsmsg::raft::testing

// SPDX-License-Identifier: GPL-3.0-or-later
//
// One server under test, driven by hand: its peers are words put into its mouth, its disk finishes a write
// when the test says so, and its clock stands still until the test moves it. Server 1 of n; the peers are 2,
// 3, and so on.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/raft/Raft.h"

namespace dsmsg::raft::testing {

inline constexpr ServerId self{1};
inline constexpr ServerId second{2};
inline constexpr ServerId third{3};

constexpr Duration ms(std::int64_t n)
{
    return std::chrono::milliseconds(n);
}

std::string urlOf(std::uint64_t server);
std::string idOf(std::uint64_t server);
/// A formed configuration of voters 1..n, each bound.
Configuration clusterOf(std::size_t voters);
EntryPtr command(std::uint64_t index, std::uint64_t term, std::string data = "x");
EntryPtr noOp(std::uint64_t index, std::uint64_t term);
EntryPtr form(const Configuration& configuration, EntryKind kind = EntryKind::Form, std::uint64_t index = 1,
              std::uint64_t term = 1);

/// What the server finds at start.
struct Setup
{
    std::size_t voters = 3;
    /// Terms of the log's entries, the first being the Form; empty: the cluster is not formed.
    std::vector<std::uint64_t> terms = {1};
    HardState hardState = {}; ///< term 0: the last entry's
    std::uint64_t applied = 0;
    std::size_t entriesInMemory = SIZE_MAX; ///< the newest ones
    Settings settings = {};
    std::uint64_t seed = 1;
};

class Subject
{
public:
    explicit Subject(const Setup& setup = {});

    /// One input; what comes out is gathered below, and returned.
    const Ready& step(Input input);
    const Ready& receive(ServerId from, Message message) { return step(Received{from, std::move(message)}); }
    /// The result of a proposal, for comparing.
    std::variant<Proposed, Refusal> propose(std::string data = "x");
    bool proposeIs(Refusal refusal, std::string data = "x");
    /// The disk finishes everything handed to it.
    void persist();
    /// The host applies what it may.
    void apply() { step(Applied{applyThrough}); }

    /// Time passes without a step.
    void pause(Duration d) { now += d; }
    /// Time passes, with a Tick at every deadline.
    void pass(Duration d);
    /// Until the election timer fires, but no further.
    void passElectionTimeout();

    /// The whole way: pre-vote, vote, the no-op of the term committed by `peers` and applied.
    void lead(const std::vector<ServerId>& peers = {second, third});
    /// The election is won; the no-op is appended, nothing more.
    void win(const std::vector<ServerId>& peers = {second, third});
    /// A leader's first words: empty, at the end of our log.
    void follow(ServerId leader, std::uint64_t term);
    void acknowledge(ServerId from, std::uint64_t match);

    /// Messages of one kind to one server since the last clear(), oldest first.
    template <class T>
    std::vector<T> sent(ServerId to) const
    {
        std::vector<T> found;
        for (const Envelope& envelope : messages) {
            const auto* message = std::get_if<T>(&envelope.message);
            if (envelope.to == to && message != nullptr)
                found.push_back(*message);
        }
        return found;
    }
    bool reported(Event::Kind kind) const;
    /// Forgets what was gathered, so that what follows stands alone.
    void clear();

    Role role() const { return raft.role(); }
    std::uint64_t term() const { return raft.term().value; }
    std::uint64_t last() const { return status().last.value; }
    std::uint64_t commit() const { return raft.commitIndex().value; }
    Status status() const { return raft.status(now); }

    Instant now{std::chrono::hours(1)};
    Raft raft;
    std::vector<Envelope> messages;
    std::vector<Write> writes; ///< handed out and not finished
    std::vector<LogReadRequest> logReads;
    std::vector<Event> events;
    LogIndex applyThrough;

private:
    Ready last_;
};

AppendEntries append(std::uint64_t term, std::uint64_t prevIndex, std::uint64_t prevTerm,
                     std::vector<EntryPtr> entries = {}, std::uint64_t commit = 0);

} // namespace dsmsg::raft::testing

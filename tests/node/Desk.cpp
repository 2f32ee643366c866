// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/node/Desk.h"

#include <algorithm>

namespace dsmsg::node::testing {

namespace {

std::string text(const Receipt& receipt)
{
    std::string holders;
    for (const std::string& id : receipt.durableOn)
        holders += (holders.empty() ? " on " : ",") + id;
    return " at " + std::to_string(receipt.index.value) + holders;
}

std::string text(const Accepted& accepted)
{
    return std::string("accepted") + (accepted.committed ? "" : " uncommitted") +
           (accepted.duplicate ? " duplicate" : "") + " seq " + std::to_string(accepted.seq.value) +
           text(accepted.receipt);
}

std::string text(const Redirected& redirected)
{
    return "redirected to " + redirected.leaderUrl;
}

std::string text(const Unavailable& unavailable)
{
    switch (unavailable.fate) {
    case Unavailable::Fate::Rejected:
        return "rejected";
    case Unavailable::Fate::Unknown:
        return "unknown";
    case Unavailable::Fate::Committed:
        break;
    }
    return "committed seq " + std::to_string(unavailable.seq.value_or(Seq()).value) +
           (unavailable.receipt ? text(*unavailable.receipt) : std::string());
}

} // namespace

std::string describe(const Outcome& outcome)
{
    return std::to_string(outcome.token) + ":" +
           std::visit([](const auto& result) { return text(result); }, outcome.result);
}

Desk::Desk(std::size_t entriesInFlight, std::size_t batchMessages, std::size_t batchBytes)
    : proposals({writeTimeout, batchBytes, batchMessages, entriesInFlight})
{
}

void Desk::send(Token token, const std::string& id, AckLevel level, const std::string& payload)
{
    Submission submission;
    submission.token = token;
    submission.draft.msgId = id;
    submission.draft.payload = payload;
    proposals.add(std::move(submission), level, now, UnixTime(Duration(1'000'000)), {});
}

Proposals::Batch Desk::propose(std::uint64_t index)
{
    Proposals::Batch batch = proposals.takeBatch();
    proposals.proposed({Term(3), LogIndex(index)});
    return batch;
}

void Desk::apply(std::uint64_t index, const std::vector<std::string>& seqs, std::uint64_t term)
{
    messaging::AppliedEntry entry;
    entry.index = LogIndex(index);
    entry.term = Term(term);
    for (const std::string& seq : seqs)
        entry.messages.push_back({Seq(std::stoull(seq)), seq.ends_with('d')});
    commit = std::max(commit, entry.index);
    proposals.applied({entry});
}

void Desk::durable(std::uint64_t own, std::uint64_t second, std::uint64_t third)
{
    disks_ = {own, second, third};
}

Proposals::Facts Desk::facts() const
{
    Proposals::Facts facts;
    facts.durableOn = [this](std::size_t copies) {
        std::vector<std::uint64_t> sorted = disks_;
        std::ranges::sort(sorted, std::greater());
        return LogIndex(sorted[copies - 1]);
    };
    facts.holders = [this](LogIndex index) {
        std::vector<std::string> ids;
        for (std::size_t i = 0; i < disks_.size(); ++i) {
            if (disks_[i] >= index.value)
                ids.push_back("n" + std::to_string(i + 1));
        }
        return ids;
    };
    facts.ownDurable = LogIndex(disks_.front());
    facts.commit = commit;
    facts.quorum = quorum;
    facts.voters = disks_.size();
    facts.leaderUrl = "http://leader:80";
    return facts;
}

std::string Desk::answers()
{
    std::vector<Outcome> outcomes = proposals.takeOutcomes();
    std::ranges::stable_sort(outcomes, {}, &Outcome::token);
    std::string all;
    for (const Outcome& outcome : outcomes)
        all += (all.empty() ? "" : "; ") + describe(outcome);
    return all;
}

} // namespace dsmsg::node::testing

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/RaftHost.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "core/base/Assert.h"
#include "core/net/Frame.h"
#include "tests/raft/Subject.h"
#include "tests/support/sim/Describe.h"

namespace dsmsg::fuzz {

using raft::testing::idOf;
using raft::testing::self;
using raft::testing::urlOf;

namespace {

/// A script is unreadable; with DSMSG_FUZZ_TRACE in the environment it tells what it does.
bool tracing()
{
    static const bool wanted = std::getenv("DSMSG_FUZZ_TRACE") != nullptr;
    return wanted;
}

void trace(const raft::Input& input)
{
    constexpr std::array<const char*, std::variant_size_v<raft::Input>> names{"Tick",
                                                                              "Received",
                                                                              "Propose",
                                                                              "Persisted",
                                                                              "Applied",
                                                                              "PeerIdentified",
                                                                              "PeerDisconnected",
                                                                              "LogRead",
                                                                              "DiskSpace",
                                                                              "ChangeMembers",
                                                                              "TransferLeadership",
                                                                              "ReadIndex",
                                                                              "Compact",
                                                                              "SnapshotRead",
                                                                              "SnapshotStored"};
    if (!tracing())
        return;
    std::fprintf(stderr, "%s", names[input.index()]);
    if (const auto* received = std::get_if<raft::Received>(&input))
        std::fprintf(stderr, " from %s: %s", idOf(received->from.value).c_str(),
                     sim::describe(received->message).c_str());
    std::fputc('\n', stderr);
}

void trace(const raft::Ready& ready, const raft::Status& status)
{
    if (!tracing())
        return;
    std::fprintf(stderr, "    %s, term %llu, last %llu, commit %llu\n", sim::nameOf(status.role),
                 static_cast<unsigned long long>(status.term.value),
                 static_cast<unsigned long long>(status.last.value),
                 static_cast<unsigned long long>(status.commit.value));
    if (ready.write)
        std::fprintf(stderr, "    %s\n", sim::describe(*ready.write).c_str());
    for (const raft::Event& event : ready.events)
        std::fprintf(stderr, "    %s: %s\n", sim::nameOf(event.kind), event.cause.c_str());
}

} // namespace

// --- the disk ---

void RaftHost::Disk::perform(const raft::Write& write)
{
    if (write.hardState)
        hardState = *write.hardState;
    if (write.reset) {
        entries.clear();
        base = *write.reset;
    }
    if (write.compact) {
        DSMSG_ASSERT(write.compact->index <= applied, "entries are forgotten before they are applied");
        std::erase_if(entries, [&](const auto& entry) { return entry->index <= write.compact->index; });
        base = *write.compact;
    }
    if (write.truncateFrom) {
        DSMSG_ASSERT(write.truncateFrom > applied, "an applied entry is truncated");
        std::erase_if(entries, [&](const auto& entry) { return entry->index >= write.truncateFrom; });
    }
    for (const raft::EntryPtr& entry : write.entries) {
        DSMSG_ASSERT(entry->index == last().next(), "the log on the disk gets a gap");
        entries.push_back(entry);
    }
}

// --- start ---

RaftHost::RaftHost(Disk disk, std::size_t voters)
    : disk_(std::move(disk))
    , voters_(voters)
{
    start();
}

void RaftHost::start()
{
    raft::Restored restored;
    restored.hardState = disk_.hardState;
    restored.base = disk_.base;
    restored.lastIndex = disk_.last();
    restored.tail = disk_.entries;
    restored.applied = disk_.applied;
    for (const raft::EntryPtr& entry : disk_.entries) {
        if (restored.termRuns.empty() || restored.termRuns.back().term != entry->term)
            restored.termRuns.push_back({entry->index, entry->term});
        if (entry->kind == raft::EntryKind::Form || entry->kind == raft::EntryKind::Configuration)
            restored.configurationEntries.push_back(entry);
    }
    raft::Identity identity{self, idOf(1), urlOf(1), {}};
    for (std::uint64_t server = 1; server <= voters_; ++server)
        identity.initialUrls.push_back(urlOf(server));
    raft::Settings settings;
    settings.appendBytesMax = 64;
    settings.inflightBytesMax = 256;
    settings.inflightMessagesMax = 4;
    settings.uncommittedBytesMax = 512;
    settings.pendingReadsMax = 4;
    settings.cacheBytesMax = 512;
    raft_ = std::make_unique<raft::Raft>(settings, identity, restored, 1, now_);
    applyThrough_ = disk_.applied;
}

void RaftHost::restart()
{
    writes_.clear();
    logReads_.clear();
    snapshotReads_.clear();
    chunks_.clear();
    install_ = {};
    staged_ = 0;
    // The staged snapshot was durable before the log began anew, and is finished at start.
    disk_.applied = std::max(disk_.applied, disk_.base.index);
    start();
}

// --- what the script does ---

void RaftHost::step(raft::Input input)
{
    trace(input);
    const raft::Ready ready = raft_->step(std::move(input), now_);
    trace(ready, raft_->status(now_));
    check(ready);
    if (ready.write)
        writes_.push_back(*ready.write);
    std::ranges::copy(ready.logReads, std::back_inserter(logReads_));
    std::ranges::copy(ready.snapshotReads, std::back_inserter(snapshotReads_));
    if (ready.snapshotChunk)
        chunks_.push_back(*ready.snapshotChunk);
    if (ready.install)
        install_ = ready.install;
    applyThrough_ = ready.applyThrough;
}

void RaftHost::pass(Duration time)
{
    now_ += time;
}

void RaftHost::fire()
{
    now_ = std::max(now_, raft_->deadline());
    step(raft::Tick{});
    DSMSG_ASSERT(raft_->deadline() > now_, "the timer would fire without end");
}

void RaftHost::persist(std::size_t count)
{
    WriteId through;
    for (; count > 0 && !writes_.empty(); --count) {
        disk_.perform(writes_.front());
        through = writes_.front().id;
        writes_.pop_front();
    }
    if (through)
        step(raft::Persisted{through});
}

void RaftHost::apply()
{
    if (install_) {
        disk_.applied = std::exchange(install_, {});
        staged_ = 0;
    } else {
        disk_.applied = std::max(disk_.applied, applyThrough_);
    }
    step(raft::Applied{disk_.applied});
}

void RaftHost::answerReads(std::string_view state)
{
    answerLogRead();
    answerSnapshotRead(state);
    stageChunk();
}

void RaftHost::answerLogRead()
{
    if (logReads_.empty())
        return;
    const raft::LogReadRequest request = logReads_.front();
    logReads_.pop_front();
    raft::LogRead answer{request.forPeer, {}};
    for (const raft::EntryPtr& entry : disk_.entries) {
        const bool follows = entry->index == request.first + answer.entries.size();
        if (follows && entry->index <= request.last && answer.entries.size() < 2)
            answer.entries.push_back(entry);
    }
    step(std::move(answer));
}

void RaftHost::answerSnapshotRead(std::string_view state)
{
    if (snapshotReads_.empty())
        return;
    const raft::SnapshotReadRequest request = snapshotReads_.front();
    snapshotReads_.pop_front();
    const bool last = request.position >= 4;
    step(raft::SnapshotRead{request.forPeer, request.position, std::string(state),
                            last ? disk_.applied : LogIndex{}});
}

void RaftHost::stageChunk()
{
    if (chunks_.empty())
        return;
    const raft::SnapshotChunk chunk = std::move(chunks_.front());
    chunks_.pop_front();
    const bool continues = chunk.position == staged_;
    if (continues)
        staged_ += chunk.bytes.size();
    step(raft::SnapshotStored{staged_, continues ? chunk.finishedAt : LogIndex{}});
}

// --- what must hold for whatever comes out ---

void RaftHost::check(const raft::Ready& ready)
{
    DSMSG_ASSERT(ready.applyThrough >= applyThrough_, "what may be applied went back");
    DSMSG_ASSERT(ready.applyThrough <= raft_->commitIndex(), "what is not committed may be applied");
    for (const raft::Envelope& envelope : ready.messages) {
        DSMSG_ASSERT(envelope.to && envelope.to != self, "a message goes to nobody");
        // From there on terms are refused; only liars come so far.
        constexpr Term termMax(std::uint64_t{1} << 62);
        DSMSG_ASSERT(raft::termOf(envelope.message) > termMax ||
                         net::decode(net::encode(envelope.message)).ok(),
                     "peers would refuse what this node says");
    }
    const raft::Status status = raft_->status(now_);
    DSMSG_ASSERT(status.commit <= status.last && status.durable <= status.last, "the status cannot be");
    // No answer of theirs is wrong here; they must only exist.
    static_cast<void>(raft_->deadline());
    static_cast<void>(raft_->memberUrls());
    static_cast<void>(raft_->durableOn(2));
    static_cast<void>(raft_->holders(status.commit));
    static_cast<void>(raft_->entries(status.first, status.last, 256));
}

} // namespace dsmsg::fuzz

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The order within handle() is the driver's duty of core/raft/Raft.h: hand out the write, send what may go
// at once, apply through the index the core allows. The judge looks between any two of these.
#include "tests/support/sim/SimProcess.h"

#include <algorithm>

#include "tests/support/sim/Describe.h"

namespace dsmsg::sim {

namespace {

raft::Restored restoredFrom(const DiskImage& disk, LogIndex applied, std::size_t tailLength)
{
    raft::Restored restored;
    restored.hardState = disk.hardState;
    restored.base = disk.base;
    restored.lastIndex = disk.lastIndex();
    restored.applied = applied;
    for (const raft::EntryPtr& entry : disk.log) {
        if (restored.termRuns.empty() || restored.termRuns.back().term != entry->term)
            restored.termRuns.push_back({entry->index, entry->term});
        if (entry->kind == raft::EntryKind::Form || entry->kind == raft::EntryKind::Configuration)
            restored.configurationEntries.push_back(entry);
    }
    restored.tail.assign(disk.log.end() - static_cast<std::ptrdiff_t>(tailLength), disk.log.end());
    return restored;
}

} // namespace

SimProcess::SimProcess(Lab& lab, Machine& machine, NodeHost& host)
    : lab_(lab)
    , machine_(machine)
    , host_(host)
    , random_(lab.dice())
    , stateMachine_(machine.state->store())
    , proposals_(machine.limits)
    , reads_(machine.settings.pendingReadsMax)
    , pacer_(machine.orderingWindow)
    , acks_(machine.acks)
    , retention_(machine.retentionInterval)
    , reader_(machine.state->store())
    , clock_(lab.events, machine)
    , timekeeper_(machine.identity.server, machine.identity.id, clock_, machine.time, random_.next() | 1,
                  [this] { probeAll(); })
{
}

SimProcess::~SimProcess() = default;

void SimProcess::start()
{
    const DiskImage& disk = machine_.disk->view().durable;
    if (machine_.view.state.applied.index < disk.base.index && !completeInstall(disk.base.index))
        return;
    // The log store reads back no more than fits; often less, so that the core has to ask for the rest.
    std::size_t tail = 0;
    for (std::size_t bytes = 0; tail < disk.log.size() && bytes <= machine_.settings.cacheBytesMax; ++tail)
        bytes += (*(disk.log.end() - 1 - static_cast<std::ptrdiff_t>(tail)))->data.size();
    if (tail > 1 && random_.chance(1, 2))
        tail = 1 + random_.below(tail);
    if (tail < disk.log.size())
        lab_.coverage.seen(Kind::ShortTail);
    if (disk.base.index)
        lab_.coverage.seen(Kind::CompactedStart);
    const LogIndex applied = machine_.view.state.applied.index;
    raft_ = std::make_unique<raft::Raft>(machine_.settings, machine_.identity,
                                         restoredFrom(disk, applied, tail), random_.next(), now());
    if (!stateMachine_.load().ok())
        return lab_.judge.condemn({"Start", "what waits for its delivery cannot be read"});
    scan_.emplace(machine_.state->store(), reader_);
    stateChanged();
    machine_.view.time = TimeView{};
    lab_.clocks[timekeeper_.mark().run] = machine_.clock;
    awaitTimeTick();
    awaitProbes();
    helloCluster_ = announcedCluster();
    machine_.view.applyThrough = LogIndex{};
    refreshView();
    lab_.judge.start(machine_.view);
    lab_.judge.step(machine_.view);
    if (!machine_.diskSpace)
        handle(step(raft::DiskSpace{false}));
    armTimer();
}

void SimProcess::run(Work work)
{
    if (frozen_)
        inbox_.push_back(std::move(work));
    else
        work();
}

void SimProcess::thaw()
{
    frozen_ = false;
    thawedAt_ = now();
    const auto keep = shared_from_this();
    while (!inbox_.empty() && !frozen_) {
        const Work work = std::move(inbox_.front());
        inbox_.pop_front();
        work();
    }
    armTimer();
}

void SimProcess::later(Duration delay, Work work)
{
    lab_.events.after(delay, [weak = weak_from_this(), work = std::move(work)]() mutable {
        if (const auto self = weak.lock())
            self->run(std::move(work));
    });
}

void SimProcess::input(raft::Input input)
{
    run([this, input = std::move(input)]() mutable { handle(step(std::move(input))); });
}

bool SimProcess::administer(raft::Input order)
{
    const raft::Ready ready = step(std::move(order));
    handle(ready);
    if (ready.administered && !ready.administered->ok())
        lab_.trace.line(nameOfSlot(machine_.view.slot), " refuses: ", ready.administered->error().text);
    return ready.administered && ready.administered->ok();
}

raft::Ready SimProcess::step(raft::Input input)
{
    if (lab_.judge.violation() || !raft_)
        return {};
    raft::Ready ready = raft_->step(std::move(input), now());
    machine_.view.applyThrough = ready.applyThrough;
    refreshView();
    return ready;
}

void SimProcess::handle(const raft::Ready& ready)
{
    if (lab_.judge.violation() || !raft_)
        return;
    const NodeView& view = machine_.view;
    reportRole();
    reportEvents(ready);
    if (ready.write)
        consumeWrite(*ready.write);
    if (lab_.judge.violation())
        return;
    lab_.judge.step(view);
    for (const raft::Envelope& envelope : ready.messages) {
        lab_.judge.send(view, envelope);
        countMessage(envelope.message);
        host_.transmit(view.slot, envelope);
    }
    for (const raft::LogReadRequest& request : ready.logReads)
        readLog(request);
    for (const raft::SnapshotReadRequest& request : ready.snapshotReads)
        readState(request);
    if (ready.snapshotChunk)
        storePiece(*ready.snapshotChunk);
    if (ready.install)
        install(ready.install);
    for (const raft::ReadReady& read : ready.reads) {
        lab_.coverage.seen(read.index ? Kind::ReadIndexGiven : Kind::ReadIndexRefused);
        reads_.indexKnown(read);
    }
    settle();
    scheduleApply();
    armTimer();
    if (++steps_ % 32 == 0)
        takeCensus();
}

void SimProcess::consumeWrite(const raft::Write& write)
{
    const NodeView& view = machine_.view;
    lab_.trace.line(nameOfSlot(view.slot), ' ', describe(write));
    if (write.truncateFrom) {
        lab_.coverage.seen(Kind::Truncation);
        if (write.truncateFrom <= machine_.disk->view().written.configuration().first)
            lab_.coverage.seen(Kind::ConfigurationRolledBack);
    }
    if (write.reset)
        installing_ = true;
    lab_.judge.write(view, write);
    if (!lab_.judge.violation())
        machine_.disk->write(write);
}

void SimProcess::refreshView()
{
    NodeView& view = machine_.view;
    view.role = raft_->role();
    view.term = raft_->term();
    view.commit = raft_->commitIndex();
    if (view.configuration != raft_->configuration())
        view.configuration = raft_->configuration();
    followMembers();
    if (const ClusterId cluster = announcedCluster(); cluster != helloCluster_) {
        helloCluster_ = cluster;
        host_.helloChanged(view.slot);
    }
}

void SimProcess::readLog(const raft::LogReadRequest& request)
{
    // Read now or when the disk gets to it, told then or much later: the log may change before and after.
    const auto fetch = [this, request] {
        return machine_.readsFail ? std::vector<raft::EntryPtr>()
                                  : machine_.disk->read(request.first, request.last, request.bytesMax);
    };
    std::optional<std::vector<raft::EntryPtr>> early;
    if (random_.chance(1, 2))
        early = fetch();
    const Duration late(random_.between(0, machine_.readDelayMax.count() + 1));
    later(machine_.disk->readDelay() + late, [this, request, fetch, early] {
        raft::LogRead read{request.forPeer, early ? *early : fetch()};
        lab_.coverage.seen(read.entries.empty() ? Kind::LogReadEmpty : Kind::LogReadServed);
        handle(step(std::move(read)));
    });
}

void SimProcess::armTimer()
{
    const SimTime due = std::max(machine_.clock->when(raft_->deadline()), lab_.events.now());
    if (timer_ && *timer_ <= due)
        return;
    // An event loop is never on time.
    const SimTime when = due + Duration(random_.between(1, 500));
    timer_ = when;
    lab_.events.at(when, [weak = weak_from_this(), when] {
        const auto self = weak.lock();
        if (!self || self->timer_ != when)
            return;
        self->timer_.reset();
        self->run([process = self.get()] { process->tick(); });
    });
}

void SimProcess::tick()
{
    if (now() < raft_->deadline())
        return armTimer();
    handle(step(raft::Tick{}));
    if (raft_->deadline() <= now())
        lab_.judge.condemn(
            {"Calm", text(nameOfSlot(machine_.view.slot),
                          " wants its next tick at once, right after one: its host would spin")});
}

void SimProcess::scheduleApply()
{
    if (applying_ || installing_ || machine_.view.applyThrough <= machine_.view.state.applied.index)
        return;
    applying_ = true;
    later(Duration(random_.between(20, machine_.applyDelayMax.count() + 21)), [this] { applySome(); });
}

void SimProcess::applySome()
{
    applying_ = false;
    // The entries that were to be applied went with the log; the snapshot covers them.
    if (installing_)
        return;
    const LogIndex first = machine_.view.state.applied.index.next();
    const LogIndex last = std::min(machine_.view.applyThrough, first + random_.below(16));
    std::vector<raft::EntryPtr> entries = raft_->entries(first, last, 1u << 20);
    if (entries.empty())
        entries = machine_.disk->read(first, last, 1u << 20);
    const messaging::DeliveryState before = machine_.view.state.applied.delivery;
    const auto outcomes = stateMachine_.apply(entries);
    if (entries.empty() || !outcomes) {
        const std::string why = outcomes ? "the entry is in no log" : outcomes.error().text;
        lab_.judge.condemn(
            {"Apply", text(nameOfSlot(machine_.view.slot), " cannot apply ", first, ": ", why)});
        return;
    }
    machine_.state->changed();
    const messaging::AppliedState& applied = machine_.view.state.applied;
    lab_.judge.apply(machine_.view, entries, *outcomes, applied);
    if (applied.delivery.late > before.late)
        lab_.coverage.seen(Kind::MessageLate);
    if (applied.delivery.reordered > before.reordered)
        lab_.coverage.seen(Kind::MessageReordered);
    proposals_.applied(*outcomes);
    for (const messaging::AppliedEntry& outcome : *outcomes)
        scan_->removed(outcome.removed);
    retention_.applied(applied.index, now());
    stateChanged();
    entryWaits_.applied(*outcomes);
    handle(step(raft::Applied{applied.index}));
}

void SimProcess::takeCensus()
{
    const DiskImage& log = machine_.disk->view().written;
    const raft::Status status = raft_->status(now());
    Census census;
    census.settings = machine_.settings;
    census.peers = status.peers;
    census.pendingWrites = status.pendingWrites;
    if (const auto oldest = machine_.disk->oldestUnfinished())
        census.oldestWrite = now() - std::max(machine_.clock->at(*oldest), thawedAt_);
    census.pendingReads = status.pendingReads;
    census.openMessages = proposals_.size();
    census.openAcknowledgements = acks_.size();
    census.acknowledgementsMax = machine_.acks.waitingMax;
    const LogIndex settled = std::min(status.durable, machine_.view.state.applied.index);
    bool cached = true;
    for (LogIndex index = log.lastIndex(); index > log.base.index; index = index.previous()) {
        const raft::Entry* entry = log.at(index);
        const std::size_t bytes = entry ? entry->data.size() : 0;
        const bool uncommitted = index > status.commit && log.termAt(index) == status.term;
        cached = cached && !raft_->entries(index, index, 1).empty();
        census.largestEntryBytes = std::max(census.largestEntryBytes, bytes);
        census.cachedBytes += cached ? bytes : 0;
        census.neededBytes += index > settled ? bytes : 0;
        census.uncommittedOwnBytes += uncommitted && status.role == raft::Role::Leader ? bytes : 0;
    }
    lab_.judge.census(machine_.view, census);
}

} // namespace dsmsg::sim

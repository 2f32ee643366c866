// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/ApplyWorker.h"

#include <QFileInfo>
#include <QLoggingCategory>

#include "core/messaging/Snapshot.h"
#include "core/node/Damage.h"
#include "core/storage/SnapshotInstall.h"

Q_LOGGING_CATEGORY(lcApply, "dsmsg.apply")

namespace dsmsg::node {

namespace {

constexpr std::size_t recentMax = 5;
/// Between two steps of background work, so that the entries that arrive meanwhile go first.
constexpr std::chrono::milliseconds maintenancePause{5};
constexpr std::chrono::milliseconds fullDiskRetry{250};
constexpr std::chrono::milliseconds recentPause{100};

} // namespace

ApplyWorker::ApplyWorker(const storage::DataDirectory& directory, Milliseconds scrubInterval,
                         Callbacks callbacks)
    : directory_(directory)
    , scrubInterval_(scrubInterval)
    , callbacks_(std::move(callbacks))
    , recentTimer_(this)
    , scrubTimer_(this)
{
    recentTimer_.setSingleShot(true);
    connect(&recentTimer_, &QTimer::timeout, this, &ApplyWorker::tellRecent);
    connect(&scrubTimer_, &QTimer::timeout, this, &ApplyWorker::scrub);
}

ApplyWorker::~ApplyWorker() = default;

Result<ApplyReport> ApplyWorker::open()
{
    auto report = openState();
    if (report)
        scrubTimer_.start(scrubInterval_);
    return report;
}

Result<ApplyReport> ApplyWorker::openState()
{
    auto opened = storage::StateStore::open(directory_);
    if (!opened)
        return opened.error();
    auto reader = storage::openMessageReader(directory_);
    if (!reader)
        return reader.error();
    store_ = std::move(*opened);
    reader_ = std::move(*reader);
    machine_ = std::make_unique<messaging::StateMachine>(*store_);
    admission_ = std::make_unique<Admission>(*store_, *reader_);
    scan_ = std::make_unique<messaging::RetentionScan>(*store_, *reader_);
    if (auto loaded = machine_->load(); !loaded)
        return loaded.error();
    auto recent = readRecent();
    if (!recent)
        return recent.error();
    toldThrough_ = store_->applied().delivery.last;
    ApplyReport report{
        {}, store_->applied(), std::move(*recent), machine_->order().held(), machine_->order().oldest()};
    report.durable = store_->durableIndex();
    report.logBytes = static_cast<std::uint64_t>(QFileInfo(directory_.raftDatabase()).size());
    return report;
}

Result<std::vector<RecentDelivery>> ApplyWorker::readRecent()
{
    messaging::DeliveryQuery query;
    query.after = DeliverySeq(store_->applied().delivery.last - DeliverySeq(recentMax));
    query.limit = recentMax;
    auto page = reader_->deliveries(query);
    if (!page)
        return page.error();
    std::vector<RecentDelivery> recent;
    for (const messaging::StoredMessage& stored : page->messages)
        recent.push_back({stored.message.msgId, stored.message.sender, stored.message.correctedTs()});
    return recent;
}

void ApplyWorker::tellRecent()
{
    if (!machine_)
        return;
    toldThrough_ = machine_->applied().delivery.last;
    auto recent = readRecent();
    if (!recent)
        return fail(recent.error());
    callbacks_.delivered(std::move(*recent));
}

void ApplyWorker::apply(std::vector<raft::EntryPtr> entries)
{
    std::ranges::move(entries, std::back_inserter(pending_));
    // What queued up while the last transaction ran goes into one.
    if (!std::exchange(applyPosted_, true))
        QMetaObject::invokeMethod(this, &ApplyWorker::applyPending, Qt::QueuedConnection);
}

void ApplyWorker::applyPending()
{
    applyPosted_ = false;
    if (!machine_ || pending_.empty())
        return;
    std::vector<raft::EntryPtr> entries = std::exchange(pending_, {});
    const auto begun = std::chrono::steady_clock::now();
    auto outcomes = machine_->apply(entries);
    if (!outcomes && outcomes.error().kind == Error::Kind::DiskFull)
        return waitForSpace(std::move(entries));
    if (!outcomes)
        return fail(outcomes.error());
    admission_->caughtUp();
    countRemoved(*outcomes);
    const messaging::DeliveryOrder& order = machine_->order();
    ApplyReport report{std::move(*outcomes), machine_->applied(), {}, order.held(), order.oldest()};
    if (report.state.delivery.last != toldThrough_ && !recentTimer_.isActive())
        recentTimer_.start(recentPause);
    for (const raft::EntryPtr& entry : entries)
        report.bytes += entry->data.size();
    report.took = std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - begun);
    report.durable = store_->durableIndex();
    callbacks_.applied(std::move(report));
    tellProgress();
    if (!std::exchange(maintenancePosted_, true))
        QTimer::singleShot(maintenancePause, this, &ApplyWorker::maintain);
}

void ApplyWorker::countRemoved(const std::vector<messaging::AppliedEntry>& entries)
{
    for (const messaging::AppliedEntry& entry : entries) {
        scan_->removed(entry.removed);
        removedMessages_ += entry.removed.size();
        for (const messaging::RemovedMessage& message : entry.removed)
            removedBytes_ += message.bytes;
    }
}

std::pair<messaging::RetentionScan::Found, LogIndex> ApplyWorker::findRemovals(UnixTime now)
{
    if (!scan_)
        return {};
    auto found = scan_->find(now);
    if (!found) {
        fail(found.error());
        return {};
    }
    return {std::move(*found), machine_->applied().index};
}

Result<RetentionStatus> ApplyWorker::retention()
{
    if (!machine_)
        return Error{Error::Kind::Refused, "this node's storage has failed, or it is shutting down"};
    auto rules = store_->rules();
    if (!rules)
        return rules.error();
    const messaging::AppliedState& state = machine_->applied();
    return RetentionStatus{std::move(*rules), state.kept, state.lastSeq, removedMessages_, removedBytes_};
}

void ApplyWorker::waitForSpace(std::vector<raft::EntryPtr> entries)
{
    qCWarning(lcApply, "The disk is full; entries from %llu on wait to be applied.",
              static_cast<unsigned long long>(entries.front()->index.value));
    pending_ = std::move(entries);
    QTimer::singleShot(fullDiskRetry, this, &ApplyWorker::applyPending);
}

void ApplyWorker::maintain()
{
    maintenancePosted_ = false;
    if (!store_)
        return;
    const auto more = store_->maintain();
    if (!more && more.error().kind == Error::Kind::DiskFull)
        return;
    if (!more)
        return fail(more.error());
    if (*more && !std::exchange(maintenancePosted_, true))
        QTimer::singleShot(maintenancePause, this, &ApplyWorker::maintain);
}

void ApplyWorker::scrub()
{
    if (!store_ || !pending_.empty())
        return;
    if (const auto done = store_->scrub(); !done && done.error().kind != Error::Kind::DiskFull)
        fail(done.error());
}

std::optional<UnixTime> ApplyWorker::watermarkLeaving(std::size_t count) const
{
    return machine_ ? machine_->order().watermarkLeaving(count) : std::nullopt;
}

Result<OrderingStatus> ApplyWorker::ordering(UnixTime now, Duration window, std::uint64_t heldMax)
{
    if (!machine_)
        return Error{Error::Kind::Refused, "this node's storage has failed, or it is shutting down"};
    OrderingStatus status;
    status.heldMax = heldMax;
    status.window = window;
    status.applied = machine_->applied().lastSeq.value;
    status.delivery = machine_->applied().delivery;
    Duration sum{};
    for (const messaging::HeldMessage& message : machine_->order().waiting()) {
        const Duration age = std::max(now - message.orderTs, Duration::zero());
        sum += age;
        status.maxAge = std::max(status.maxAge, age);
        ++status.held;
        if (age < window)
            continue;
        ++status.deliverable;
        if (status.sample.size() >= recentMax)
            continue;
        auto stored = reader_->bySeq(message.seq);
        if (!stored)
            return stored.error();
        if (*stored)
            status.sample.push_back(std::move(**stored));
    }
    if (status.held > 0)
        status.averageAge = sum / static_cast<Duration::rep>(status.held);
    return status;
}

void ApplyWorker::lookUp(std::vector<Seq> seqs)
{
    for (Seq seq : seqs) {
        if (!reader_)
            return;
        auto first = reader_->bySeq(seq);
        if (!first)
            return fail(first.error());
        callbacks_.lookedUp(seq, std::move(*first));
    }
}

void ApplyWorker::admit(std::uint64_t epoch, std::vector<messaging::IdHash> ids)
{
    if (!admission_)
        return;
    // An admission counts what is applied; nothing may be half-way.
    applyPending();
    if (!admission_)
        return;
    auto foreseen = admission_->admit(ids);
    if (!foreseen)
        return fail(foreseen.error());
    callbacks_.admitted(epoch, std::move(*foreseen));
}

void ApplyWorker::dropAdmissions()
{
    if (admission_)
        admission_->drop();
}

void ApplyWorker::readState(ServerId forPeer, std::uint64_t position)
{
    if (!store_)
        return;
    auto chunk = store_->readChunk(Seq(position), messaging::chunkBytes);
    if (!chunk && chunk.error().kind != Error::Kind::Corrupt && position > 0) {
        // The follower has staged what this state does not continue, from a leader that had applied more: it
        // begins again. To wait would be to wait for ever when nothing commits without this follower.
        position = 0;
        chunk = store_->readChunk(Seq(), messaging::chunkBytes);
    }
    if (!chunk)
        return fail(chunk.error());
    const LogIndex finishedAt = chunk->finished ? chunk->finished->index : LogIndex{};
    callbacks_.stateRead(forPeer, position, messaging::encodeChunk(*chunk), finishedAt);
}

void ApplyWorker::readChunk(Seq after, const std::function<void(Result<std::string>)>& answer)
{
    if (!store_)
        return answer(Error{Error::Kind::Refused, "this node's storage has failed, or it is shutting down"});
    const auto chunk = store_->readChunk(after, messaging::chunkBytes);
    if (chunk)
        answer(messaging::encodeChunk(*chunk));
    else
        answer(chunk.error());
}

void ApplyWorker::setProgressSink(std::function<void(const Progress&)> sink)
{
    progressSink_ = std::move(sink);
    tellProgress();
}

void ApplyWorker::tellProgress() const
{
    if (progressSink_ && machine_)
        progressSink_({machine_->applied().lastSeq, machine_->applied().delivery.last});
}

void ApplyWorker::findId(const std::string& msgId,
                         const std::function<void(Result<std::optional<Seq>>)>& answer)
{
    if (!store_)
        return answer(Error{Error::Kind::Refused, "this node's storage has failed, or it is shutting down"});
    const auto found = store_->findId(messaging::hashMessageId(msgId));
    answer(found);
    if (!found)
        fail(found.error());
}

void ApplyWorker::syncState(const std::function<void(Result<LogIndex>)>& answer)
{
    if (!store_)
        return answer(Error{Error::Kind::Refused, "this node's storage has failed, or it is shutting down"});
    answer(store_->sync());
}

void ApplyWorker::storeSnapshot(std::uint64_t position, const std::string& chunk)
{
    if (!staging_) {
        auto opened = storage::SnapshotStaging::open(directory_);
        if (!opened && opened.error().kind == Error::Kind::DiskFull)
            return callbacks_.snapshotStored(0, {});
        if (!opened)
            return fail(opened.error());
        staging_ = std::move(*opened);
    }
    // A first piece where more is staged: this leader's state does not continue it (readState).
    if (position == 0 && !chunk.empty() && staging_->stored().position > 0) {
        if (!discardStaged())
            return;
        return storeSnapshot(position, chunk);
    }
    const auto stored = staging_->store(position, chunk);
    if (stored)
        return callbacks_.snapshotStored(stored->position, stored->finishedAt);
    qCWarning(lcApply, "A piece of a snapshot was not taken: %s", stored.error().text.c_str());
    if (stored.error().kind == Error::Kind::DiskFull)
        return callbacks_.snapshotStored(staging_->stored().position, {});
    if (discardStaged())
        callbacks_.snapshotStored(0, {});
}

bool ApplyWorker::discardStaged()
{
    staging_.reset();
    const auto discarded = storage::SnapshotStaging::discard(directory_);
    if (!discarded)
        fail(discarded.error());
    return discarded.ok();
}

void ApplyWorker::installSnapshot(LogIndex index)
{
    if (!store_)
        return;
    pending_.clear(); // the snapshot covers them
    staging_.reset();
    scan_.reset();
    admission_.reset();
    machine_.reset();
    reader_.reset();
    store_.reset();
    if (const auto installed = storage::installStaged(directory_, index); !installed)
        return fail(installed.error());
    auto report = openState();
    if (!report)
        return fail(report.error());
    callbacks_.snapshotInstalled(std::move(*report));
    tellProgress();
}

void ApplyWorker::fail(const Error& error)
{
    scan_.reset();
    admission_.reset();
    machine_.reset();
    callbacks_.failed(reasonToStop(directory_, error));
}

void ApplyWorker::close()
{
    scrubTimer_.stop();
    recentTimer_.stop();
    applyPending();
    staging_.reset();
    scan_.reset();
    admission_.reset();
    machine_.reset();
    reader_.reset();
    store_.reset();
}

} // namespace dsmsg::node

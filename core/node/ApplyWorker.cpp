// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/ApplyWorker.h"

#include <QLoggingCategory>

#include "core/messaging/Command.h"

Q_LOGGING_CATEGORY(lcApply, "dsmsg.apply")

namespace dsmsg::node {

namespace {

constexpr std::size_t recentMax = 5;
/// Between two steps of background work, so that the entries that arrive meanwhile go first.
constexpr std::chrono::milliseconds maintenancePause{5};
constexpr std::chrono::milliseconds fullDiskRetry{250};
constexpr std::chrono::milliseconds scrubInterval{1000};

} // namespace

ApplyWorker::ApplyWorker(const storage::DataDirectory& directory, Callbacks callbacks)
    : directory_(directory)
    , callbacks_(std::move(callbacks))
    , scrubTimer_(this)
{
    connect(&scrubTimer_, &QTimer::timeout, this, &ApplyWorker::scrub);
}

ApplyWorker::~ApplyWorker() = default;

Result<ApplyReport> ApplyWorker::open()
{
    auto opened = storage::StateStore::open(directory_);
    if (!opened)
        return opened.error();
    auto reader = storage::openMessageReader(directory_.stateDatabase());
    if (!reader)
        return reader.error();
    store_ = std::move(*opened);
    reader_ = std::move(*reader);
    machine_ = std::make_unique<messaging::StateMachine>(*store_);
    admission_ = std::make_unique<Admission>(*store_, *reader_);
    if (auto loaded = loadRecent(); !loaded)
        return loaded.error();
    scrubTimer_.start(scrubInterval);
    return ApplyReport{{}, store_->applied(), {recent_.begin(), recent_.end()}};
}

Result<void> ApplyWorker::loadRecent()
{
    const Seq last = store_->applied().lastSeq;
    messaging::PageQuery query;
    query.after = Seq(last - Seq(recentMax));
    query.limit = recentMax;
    auto page = reader_->page(query);
    if (!page)
        return page.error();
    for (const messaging::StoredMessage& stored : page->messages)
        recent_.push_back({stored.message.msgId, stored.message.sender, stored.message.correctedTs()});
    return {};
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
    auto outcomes = machine_->apply(entries);
    if (!outcomes && outcomes.error().kind == Error::Kind::DiskFull)
        return waitForSpace(std::move(entries));
    if (!outcomes)
        return fail(outcomes.error().text);
    for (std::size_t i = entries.size() > recentMax ? entries.size() - recentMax : 0; i < entries.size(); ++i)
        noteRecent(*entries[i], (*outcomes)[i]);
    admission_->caughtUp();
    callbacks_.applied({std::move(*outcomes), machine_->applied(), {recent_.begin(), recent_.end()}});
    if (!std::exchange(maintenancePosted_, true))
        QTimer::singleShot(maintenancePause, this, &ApplyWorker::maintain);
}

void ApplyWorker::waitForSpace(std::vector<raft::EntryPtr> entries)
{
    qCWarning(lcApply, "The disk is full; entries from %llu on wait to be applied.",
              static_cast<unsigned long long>(entries.front()->index.value));
    pending_ = std::move(entries);
    QTimer::singleShot(fullDiskRetry, this, &ApplyWorker::applyPending);
}

void ApplyWorker::noteRecent(const raft::Entry& entry, const messaging::AppliedEntry& outcome)
{
    if (outcome.messages.empty())
        return;
    const auto encoded = messaging::splitBatch(entry.data);
    if (!encoded)
        return;
    const std::size_t first = encoded->size() > recentMax ? encoded->size() - recentMax : 0;
    for (std::size_t i = first; i < encoded->size(); ++i) {
        const auto message = messaging::decodeMessage((*encoded)[i]);
        if (!message || outcome.messages[i].duplicate)
            continue;
        recent_.push_back({std::string(message->msgId), std::string(message->sender),
                           message->originalTs + message->correction.appliedOffset});
        if (recent_.size() > recentMax)
            recent_.pop_front();
    }
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
        return fail(more.error().text);
    if (*more && !std::exchange(maintenancePosted_, true))
        QTimer::singleShot(maintenancePause, this, &ApplyWorker::maintain);
}

void ApplyWorker::scrub()
{
    if (!store_ || !pending_.empty())
        return;
    if (const auto done = store_->scrub(); !done && done.error().kind != Error::Kind::DiskFull)
        fail(done.error().text);
}

void ApplyWorker::lookUp(std::vector<Seq> seqs)
{
    for (Seq seq : seqs) {
        if (!reader_)
            return;
        auto first = reader_->bySeq(seq);
        if (!first)
            return fail(first.error().text);
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
        return fail(foreseen.error().text);
    callbacks_.admitted(epoch, std::move(*foreseen));
}

void ApplyWorker::dropAdmissions()
{
    if (admission_)
        admission_->drop();
}

void ApplyWorker::fail(const std::string& why)
{
    admission_.reset();
    machine_.reset();
    callbacks_.failed(why);
}

void ApplyWorker::close()
{
    scrubTimer_.stop();
    applyPending();
    admission_.reset();
    machine_.reset();
    reader_.reset();
    store_.reset();
}

} // namespace dsmsg::node

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/LogWorker.h"

#include <QLoggingCategory>

#include "core/node/Damage.h"

Q_LOGGING_CATEGORY(lcLog, "dsmsg.log")

namespace dsmsg::node {

namespace {

constexpr std::chrono::milliseconds watchInterval{1000};
constexpr std::chrono::milliseconds fullDiskRetry{250};

} // namespace

LogWorker::LogWorker(const storage::DataDirectory& directory, Settings settings, const Clock& clock,
                     Callbacks callbacks)
    : directory_(directory)
    , settings_(settings)
    , clock_(clock)
    , callbacks_(std::move(callbacks))
    , watchTimer_(this)
    , scrubTimer_(this)
    , retryTimer_(this)
{
    connect(&watchTimer_, &QTimer::timeout, this, &LogWorker::watch);
    connect(&scrubTimer_, &QTimer::timeout, this, &LogWorker::scrub);
    retryTimer_.setSingleShot(true);
    connect(&retryTimer_, &QTimer::timeout, this, &LogWorker::commitPending);
}

LogWorker::~LogWorker() = default;

Result<raft::Restored> LogWorker::open()
{
    auto opened = storage::LogStore::open(directory_);
    if (!opened)
        return opened.error();
    store_ = std::move(*opened);
    return store_->takeRestored();
}

void LogWorker::write(std::vector<raft::Write> writes)
{
    std::ranges::move(writes, std::back_inserter(pending_));
    // Calls that queued up behind the last sync are all delivered before this one: they share the next sync.
    if (!std::exchange(commitPosted_, true))
        QMetaObject::invokeMethod(this, &LogWorker::commitPending, Qt::QueuedConnection);
}

void LogWorker::commitPending()
{
    commitPosted_ = false;
    if (!store_ || pending_.empty() || retryTimer_.isActive())
        return;
    const Instant begun = clock_.now();
    const auto written = store_->write(pending_);
    if (!written && written.error().kind == Error::Kind::DiskFull) {
        if (!std::exchange(waitsForSpace_, true))
            qCWarning(lcLog, "The disk is full; writes wait for space: %s", written.error().text.c_str());
        retryTimer_.start(fullDiskRetry);
        return;
    }
    if (!written)
        return fail(written.error());
    waitsForSpace_ = false;
    const WriteId through = pending_.back().id;
    pending_.clear();
    callbacks_.persisted(through, clock_.now() - begun);
    tidyUp(store_->maintain());
}

void LogWorker::read(raft::LogReadRequest request)
{
    if (!store_)
        return;
    auto entries = store_->read(request.first, request.last, request.bytesMax);
    if (!entries && entries.error().kind == Error::Kind::Corrupt)
        return fail(entries.error());
    if (!entries)
        qCWarning(lcLog, "Reading the log failed: %s", entries.error().text.c_str());
    callbacks_.read(request, entries ? std::move(*entries) : std::vector<raft::EntryPtr>{});
}

void LogWorker::startWatching()
{
    watchTimer_.start(watchInterval);
    scrubTimer_.start(settings_.scrubInterval);
    checkSpace();
}

void LogWorker::tidyUp(const Result<void>& done)
{
    // A full disk only postpones it.
    if (!done && done.error().kind != Error::Kind::DiskFull)
        fail(done.error());
}

void LogWorker::watch()
{
    checkSpace();
    if (store_ && pending_.empty())
        tidyUp(store_->maintain());
}

void LogWorker::scrub()
{
    if (!store_ || !pending_.empty())
        return;
    if (const auto scrubbed = store_->scrub(); !scrubbed)
        tidyUp(scrubbed.error());
}

void LogWorker::checkSpace()
{
    const std::uint64_t free = directory_.freeBytes();
    // A little more than the reserve is wanted before writes are taken again, or the state would flap.
    const std::uint64_t reserve = settings_.reserveBytes;
    sufficient_ = free >= (sufficient_ ? reserve : reserve + reserve / 8);
    callbacks_.space(free, sufficient_);
}

void LogWorker::fail(const Error& error)
{
    store_.reset();
    pending_.clear();
    watchTimer_.stop();
    scrubTimer_.stop();
    callbacks_.failed(reasonToStop(directory_, error));
}

void LogWorker::close()
{
    watchTimer_.stop();
    scrubTimer_.stop();
    retryTimer_.stop();
    commitPending();
    store_.reset();
}

} // namespace dsmsg::node

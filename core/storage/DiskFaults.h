// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is wrong with one node's disk at the moment, for fault lab and torture. Switched by the fault
// controller, obeyed by every file of the data directory: the databases through FaultVfs, the mark file and
// the watch over free space by asking. Per data directory, because many nodes live in one process.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>

#include "core/base/Clock.h"

namespace dsmsg::storage {

/// Any thread.
class DiskFaults
{
public:
    void failSyncs(bool on) { syncsFail_.store(on, std::memory_order_relaxed); }
    /// Files may grow by so many bytes more, together; none: by as many as the real disk gives.
    void leaveBytes(std::optional<std::uint64_t> bytes);
    /// Each sync takes so much longer; at most a minute.
    /// A sync that waits already is bound by a shorter delay too.
    void delaySyncs(Milliseconds delay);
    /// For good: what is on the disk stays as it is, and nothing more is read, as if the process had been
    /// killed now. Ends a sync that takes longer.
    void die();
    bool dead() const { return dead_.load(std::memory_order_acquire); }

    /// Called before a sync: waits as long as it must take longer; false when it must fail.
    bool maySync() const;
    /// Whether any bound is set on growth, so that sizes are worth asking for.
    bool boundsGrowth() const { return bytesLeft_.load(std::memory_order_relaxed) >= 0; }
    /// Takes `bytes` of what is left; false, and nothing is taken, when that is less.
    bool mayGrow(std::uint64_t bytes);
    /// What a file system with `bytes` of free space is to report.
    std::uint64_t freeBytes(std::uint64_t bytes) const;

private:
    std::atomic<bool> syncsFail_ = false;
    std::atomic<std::int64_t> bytesLeft_ = -1; ///< negative: unbounded
    std::atomic<std::int64_t> syncDelayMs_ = 0;
    std::atomic<bool> dead_ = false;
    mutable std::mutex mutex_; ///< of the waiting in maySync() only
    mutable std::condition_variable hurry_;
};

} // namespace dsmsg::storage

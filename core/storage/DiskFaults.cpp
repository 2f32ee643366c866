// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/DiskFaults.h"

#include <algorithm>
#include <limits>

namespace dsmsg::storage {

void DiskFaults::leaveBytes(std::optional<std::uint64_t> bytes)
{
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    bytesLeft_.store(bytes ? static_cast<std::int64_t>(std::min(*bytes, most)) : -1,
                     std::memory_order_relaxed);
}

void DiskFaults::delaySyncs(Milliseconds delay)
{
    {
        const std::lock_guard lock(mutex_);
        syncDelayMs_.store(delay.count(), std::memory_order_relaxed);
    }
    hurry_.notify_all();
}

bool DiskFaults::maySync() const
{
    constexpr std::int64_t longestMs = 60'000;
    const std::int64_t delayMs = std::min(syncDelayMs_.load(std::memory_order_relaxed), longestMs);
    if (delayMs > 0) {
        std::unique_lock lock(mutex_);
        hurry_.wait_for(lock, std::chrono::milliseconds(delayMs), [this, delayMs] {
            return dead() || syncDelayMs_.load(std::memory_order_relaxed) < delayMs;
        });
    }
    return !dead() && !syncsFail_.load(std::memory_order_relaxed);
}

void DiskFaults::die()
{
    {
        const std::lock_guard lock(mutex_);
        dead_.store(true, std::memory_order_release);
    }
    hurry_.notify_all();
}

bool DiskFaults::mayGrow(std::uint64_t bytes)
{
    std::int64_t left = bytesLeft_.load(std::memory_order_relaxed);
    do {
        if (left < 0)
            return true;
        if (bytes > static_cast<std::uint64_t>(left))
            return false;
    } while (!bytesLeft_.compare_exchange_weak(left, left - static_cast<std::int64_t>(bytes),
                                               std::memory_order_relaxed));
    return true;
}

std::uint64_t DiskFaults::freeBytes(std::uint64_t bytes) const
{
    const std::int64_t left = bytesLeft_.load(std::memory_order_relaxed);
    return left < 0 ? bytes : std::min(bytes, static_cast<std::uint64_t>(left));
}

} // namespace dsmsg::storage

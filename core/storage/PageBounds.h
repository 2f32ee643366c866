// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a page of messages ends: what it may hold, and for how long it may look for what passes its filters.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/messaging/Message.h"

namespace dsmsg::storage {

// A page ends after this much work, found or not; the caller goes on from scannedThrough.
inline constexpr int batchesPerPage = 64;
inline constexpr int seeksPerPage = 512;
inline constexpr std::size_t scannedPerPage = 16384; // messages, in order of delivery, or removed

/// How much a page still takes.
class Room
{
public:
    template <class Query>
    explicit Room(const Query& query)
        : messages_(query.limit)
        , bytes_(query.bytesMax)
    {
    }
    bool full() const { return messages_ == 0 || bytes_ == 0; }
    void take(const messaging::StoredMessage& stored)
    {
        --messages_;
        bytes_ -= std::min(bytes_, stored.message.payload.size());
    }

private:
    std::uint32_t messages_;
    std::size_t bytes_;
};

/// How much of what is removed a page has come past.
class RemovedStretch
{
public:
    void pass(std::uint64_t seqs)
    {
        ++rows_;
        seqs_ += seqs;
    }
    bool isLong() const { return rows_ >= batchesPerPage || seqs_ >= scannedPerPage; }
    std::uint64_t seqsLeft(std::uint64_t most) const
    {
        return std::min(most, scannedPerPage - std::min<std::uint64_t>(seqs_, scannedPerPage));
    }

private:
    int rows_ = 0;
    std::uint64_t seqs_ = 0;
};

} // namespace dsmsg::storage

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What waits for an answer, found again by a number. A hash map costs an allocation and a search for each
// message; here a number is a place in a vector that is used again, with a generation above it, so that a
// late or repeated answer for what is gone finds nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace dsmsg::http {

template <class T>
class SlotTable
{
public:
    /// The number that finds it; never 0, and not given again before its place was used 2^32 times.
    std::uint64_t add(T content)
    {
        if (free_.empty()) {
            free_.push_back(static_cast<std::uint32_t>(slots_.size()));
            slots_.emplace_back();
        }
        const std::uint32_t place = free_.back();
        free_.pop_back();
        Slot& slot = slots_[place];
        slot.content.emplace(std::move(content));
        ++used_;
        return std::uint64_t(slot.generation) << 32 | place;
    }

    /// Null when it is gone. Valid until the next add() or take().
    T* find(std::uint64_t number)
    {
        const auto place = static_cast<std::uint32_t>(number);
        if (place >= slots_.size() || slots_[place].generation != number >> 32 || !slots_[place].content)
            return nullptr;
        return &*slots_[place].content;
    }

    std::optional<T> take(std::uint64_t number)
    {
        T* const found = find(number);
        if (!found)
            return std::nullopt;
        std::optional<T> taken(std::move(*found));
        const auto place = static_cast<std::uint32_t>(number);
        Slot& slot = slots_[place];
        slot.content.reset();
        if (++slot.generation == 0)
            slot.generation = 1;
        free_.push_back(place);
        --used_;
        return taken;
    }

    std::size_t size() const { return used_; }

private:
    struct Slot
    {
        std::uint32_t generation = 1;
        std::optional<T> content;
    };

    std::vector<Slot> slots_;
    std::vector<std::uint32_t> free_;
    std::size_t used_ = 0;
};

} // namespace dsmsg::http

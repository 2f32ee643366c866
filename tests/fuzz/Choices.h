// SPDX-License-Identifier: GPL-3.0-or-later
//
// An input as a script: every decision takes a byte from its front, so that a mutation of one byte changes
// one decision. At the end every answer is 0. (FuzzedDataProvider does more, but GCC does not come with it.)
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace dsmsg::fuzz {

class Choices
{
public:
    explicit Choices(std::string_view script)
        : script_(script)
    {
    }

    bool done() const { return script_.empty(); }

    std::uint8_t byte()
    {
        if (script_.empty())
            return 0;
        const auto first = static_cast<std::uint8_t>(script_.front());
        script_.remove_prefix(1);
        return first;
    }

    /// In [0, bound); bound from 1 to 256.
    std::size_t below(std::size_t bound) { return byte() % bound; }
    bool yes() { return (byte() & 1) != 0; }

    /// Up to `most` bytes of the script itself.
    std::string_view bytes(std::size_t most)
    {
        const std::string_view taken = script_.substr(0, most);
        script_.remove_prefix(taken.size());
        return taken;
    }

    /// Mostly around `near`, where the interesting values are; sometimes one of the extremes.
    std::uint64_t number(std::uint64_t near)
    {
        const std::uint8_t choice = byte();
        if (choice < 0xE0)
            return near + choice % 8 - std::min<std::uint64_t>(near, 3);
        if (choice < 0xF0)
            return choice - 0xE0U;
        constexpr std::uint64_t one = 1;
        switch (choice % 4) {
        case 0:
            return UINT64_MAX;
        case 1:
            return one << 62;
        case 2:
            return (one << 62) + 1;
        default:
            return one << 32;
        }
    }

private:
    std::string_view script_;
};

} // namespace dsmsg::fuzz

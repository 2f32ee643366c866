// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes the JSON of a message whose text is the same but for its number, with no formatting library in the
// way: the load shares its cores with the nodes that it measures.
#pragma once

#include <cstdint>
#include <string>

namespace dsmsg::bench {

class MessageFormat
{
public:
    /// `run` makes the ids of this run unlike those of any other; `payloadBytes` of payload.
    MessageFormat(const std::string& run, std::size_t payloadBytes);

    void append(std::string& out, std::uint64_t number) const;
    /// Of every message.
    std::size_t size() const { return head_.size() + digits + tail_.size(); }

    static constexpr std::size_t digits = 12;
    static const std::string sender; ///< of all messages

private:
    std::string head_;
    std::string tail_;
};

} // namespace dsmsg::bench

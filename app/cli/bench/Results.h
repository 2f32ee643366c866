// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads what nodes answer to messages, just as deep as the load needs: not a JSON parser, but a search for
// keys that are unique in a result. Everything else about the answers is the nodes' own tests' to check.
#pragma once

#include "app/cli/bench/Protocol.h"

namespace dsmsg::bench {

/// The text behind "key":" up to the next quote; empty when there is none.
std::string_view jsonText(std::string_view json, std::string_view key);
/// The whole number behind "key":; none when there is none.
std::optional<std::uint64_t> jsonNumber(std::string_view json, std::string_view key);
/// What an error with this outcome means for a message.
Answer answerOf(std::string_view outcome);

/// The objects of the array "results", one by one.
class Results
{
public:
    explicit Results(std::string_view json);

    /// Empty at the end.
    std::string_view next();

private:
    std::string_view json_;
    std::size_t at_;
};

/// Adds what a result says about the message `ref`; an empty one says nothing, so nobody knows.
void readResult(std::string_view result, std::uint64_t ref, Incoming& incoming);

} // namespace dsmsg::bench

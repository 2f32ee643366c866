// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/Results.h"

#include <algorithm>
#include <charconv>

namespace dsmsg::bench {

namespace {

/// Behind the object that begins at `at`; the end of the text when it is cut short.
std::size_t skipObject(std::string_view json, std::size_t at)
{
    int depth = 0;
    for (; at < json.size(); ++at) {
        switch (json[at]) {
        case '"':
            for (++at; at < json.size() && json[at] != '"'; ++at)
                at += json[at] == '\\' ? 1u : 0u;
            break;
        case '{':
            ++depth;
            break;
        case '}':
            if (--depth == 0)
                return at + 1;
            break;
        default:
            break;
        }
    }
    return json.size();
}

/// Behind "key": and what `opening` is.
std::size_t behindKey(std::string_view json, std::string_view key, std::string_view opening)
{
    std::string text = "\"";
    text.append(key).append("\":").append(opening);
    const std::size_t at = json.find(text);
    return at == std::string_view::npos ? at : at + text.size();
}

} // namespace

std::string_view jsonText(std::string_view json, std::string_view key)
{
    const std::size_t begin = behindKey(json, key, "\"");
    return begin == std::string_view::npos ? std::string_view()
                                           : json.substr(begin, json.find('"', begin) - begin);
}

std::optional<std::uint64_t> jsonNumber(std::string_view json, std::string_view key)
{
    const std::size_t begin = behindKey(json, key, "");
    std::uint64_t number = 0;
    if (begin == std::string_view::npos ||
        std::from_chars(json.data() + begin, json.data() + json.size(), number).ec != std::errc())
        return std::nullopt;
    return number;
}

Answer answerOf(std::string_view outcome)
{
    return outcome == "rejected" ? Answer::Rejected : Answer::Unknown;
}

Results::Results(std::string_view json)
    : json_(json)
    , at_(std::min(behindKey(json, "results", "["), json.size()))
{
}

std::string_view Results::next()
{
    at_ = std::min(json_.find_first_of("{]", at_), json_.size());
    if (at_ == json_.size() || json_[at_] == ']')
        return {};
    const std::size_t begin = at_;
    at_ = skipObject(json_, begin);
    return json_.substr(begin, at_ - begin);
}

void readResult(std::string_view result, std::uint64_t ref, Incoming& incoming)
{
    const std::string_view status = jsonText(result, "status");
    Reply reply{.ref = ref};
    if (status == "ok") {
        reply.answer = Answer::Stored;
        reply.duplicate = result.find(R"("duplicate":true)") != std::string_view::npos;
    } else {
        incoming.problem = jsonText(result, "reason");
        if (status == "bad_request") {
            reply.answer = Answer::Refused;
        } else if (const auto leader = jsonText(result, "leader_url"); !leader.empty()) {
            reply.answer = Answer::NotLeader;
            incoming.leader = leader;
        } else if (!result.empty()) {
            reply.answer = answerOf(jsonText(result, "outcome"));
        }
    }
    incoming.replies.push_back(reply);
}

} // namespace dsmsg::bench

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/HttpProtocol.h"

#include <algorithm>
#include <charconv>

#include "app/cli/bench/Results.h"
#include "core/base/Assert.h"

namespace dsmsg::bench {

namespace {

constexpr std::size_t headBytesMax = 16 * 1024;
constexpr std::size_t bodyBytesMax = 64 * 1024 * 1024;
constexpr std::string_view headEnd = "\r\n\r\n";

bool sameName(std::string_view a, std::string_view lower)
{
    return a.size() == lower.size() && std::ranges::equal(a, lower, [](char x, char y) {
               return (x >= 'A' && x <= 'Z' ? x + ('a' - 'A') : x) == y;
           });
}

template <class Number>
bool readNumber(std::string_view text, Number& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

/// The base of a URL: without what follows the authority.
std::string_view baseOf(std::string_view url)
{
    const std::size_t authority = url.find("://");
    return url.substr(0, authority == std::string_view::npos ? 0 : url.find('/', authority + 3));
}

} // namespace

std::string_view headerValue(std::string_view head, std::string_view name)
{
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at + 2)) {
        const std::string_view line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !sameName(line.substr(0, colon), name))
            continue;
        const std::string_view value = line.substr(colon + 1);
        const std::size_t first = value.find_first_not_of(" \t");
        return first == std::string_view::npos
                   ? std::string_view()
                   : value.substr(first, value.find_last_not_of(" \t") - first + 1);
    }
    return {};
}

HttpProtocol::HttpProtocol(const MessageFormat& format, std::size_t batch)
    : format_(format)
    , batch_(batch)
{
}

std::string HttpProtocol::greeting(const std::string& authority)
{
    head_ = std::string("POST ") + (batch_ > 1 ? "/send/batch" : "/send") +
            " HTTP/1.1\r\nHost: " + authority + "\r\nContent-Type: application/json\r\nContent-Length: ";
    underWay_ = 0;
    return {};
}

void HttpProtocol::write(std::string& out, std::uint64_t first, std::span<const Task> tasks)
{
    DSMSG_ASSERT(tasks.size() <= room() && !tasks.empty(), "one request at a time");
    first_ = first;
    underWay_ = tasks.size();
    constexpr std::string_view opening = R"({"messages":[)";
    constexpr std::string_view closing = "]}";
    std::size_t length = format_.size() * tasks.size();
    if (batch_ > 1)
        length += opening.size() + closing.size() + tasks.size() - 1;
    out += head_;
    out += std::to_string(length);
    out += headEnd;
    if (batch_ > 1)
        out += opening;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (i > 0)
            out += ',';
        format_.append(out, tasks[i].number);
    }
    if (batch_ > 1)
        out += closing;
}

bool HttpProtocol::read(std::string_view in, std::size_t& taken, Incoming& incoming, std::string&)
{
    taken = 0;
    const std::size_t end = in.find(headEnd);
    if (end == std::string_view::npos)
        return in.size() <= headBytesMax;
    const std::string_view head = in.substr(0, end);
    int status = 0;
    std::size_t length = 0;
    // An answer that nobody asked for, one without a length: not our counterpart.
    if (underWay_ == 0 || !head.starts_with("HTTP/1.1 ") || !readNumber(head.substr(9, 3), status) ||
        !readNumber(headerValue(head, "content-length"), length) || length > bodyBytesMax)
        return false;
    if (in.size() < end + headEnd.size() + length)
        return true;
    taken = end + headEnd.size() + length;
    readAnswer(status, head, in.substr(end + headEnd.size(), length), incoming);
    underWay_ = 0;
    return true;
}

void HttpProtocol::readAnswer(int status, std::string_view head, std::string_view body,
                              Incoming& incoming) const
{
    incoming.status = status;
    if (status == 307)
        incoming.leader = baseOf(headerValue(head, "location"));
    if (status != 200)
        incoming.problem = jsonText(body, "reason");
    const bool isBusy = status == 503 || status == 507;
    if (batch_ > 1 && (status == 200 || isBusy) && body.find(R"("results":[)") != std::string_view::npos)
        return readResults(body, incoming);
    Reply reply;
    if (status == 200)
        reply = {.answer = Answer::Stored,
                 .duplicate = body.find(R"("duplicate":true)") != std::string_view::npos};
    else
        reply.answer = status == 307 ? Answer::NotLeader
                       : isBusy      ? answerOf(jsonText(body, "outcome"))
                                     : Answer::Refused;
    for (std::size_t i = 0; i < underWay_; ++i) {
        reply.ref = first_ + i;
        incoming.replies.push_back(reply);
    }
}

void HttpProtocol::readResults(std::string_view body, Incoming& incoming) const
{
    Results results(body);
    for (std::size_t i = 0; i < underWay_; ++i)
        readResult(results.next(), first_ + i, incoming);
}

} // namespace dsmsg::bench

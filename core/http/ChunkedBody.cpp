// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/ChunkedBody.h"

#include <algorithm>
#include <charconv>

namespace dsmsg::http {

namespace {

/// A size line or trailer longer than this is an attack, not a message.
constexpr std::size_t lineBytesMax = 1024;

} // namespace

ChunkedBody::Step ChunkedBody::refuse(int status, std::string reason)
{
    fault_ = {status, std::move(reason)};
    return Step::Refused;
}

void ChunkedBody::reset()
{
    stage_ = Stage::Size;
    left_ = 0;
    trailerBytes_ = 0;
    body_ = std::string();
    fault_ = {};
}

/// False: no whole line yet.
bool ChunkedBody::takeLine(InputBuffer& input, std::string& line)
{
    const std::string_view seen = input.view();
    const std::size_t end = seen.substr(0, lineBytesMax + 2).find("\r\n");
    if (end == std::string_view::npos)
        return false;
    line.assign(seen.substr(0, end));
    input.consume(end + 2);
    return true;
}

ChunkedBody::Step ChunkedBody::readSize(const std::string& line)
{
    const std::string_view digits = std::string_view(line).substr(0, line.find_first_of("; \t"));
    std::uint64_t size = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    if (parsed.ec == std::errc::result_out_of_range)
        size = limits_.bodyBytesMax + 1;
    else if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size())
        return refuse(400, "a chunk does not start with its size in hexadecimal digits");
    if (size > limits_.bodyBytesMax - body_.size())
        return refuse(413, "the body is larger than " + std::to_string(limits_.bodyBytesMax) + " bytes");
    left_ = size;
    stage_ = size == 0 ? Stage::Trailer : Stage::Data;
    return Step::NeedMore;
}

ChunkedBody::Step ChunkedBody::advance(InputBuffer& input)
{
    std::string line;
    for (;;) {
        switch (stage_) {
        case Stage::Data: {
            const std::string_view data = input.view().substr(0, left_);
            body_.append(data);
            left_ -= data.size();
            input.consume(data.size());
            if (left_ != 0)
                return Step::NeedMore;
            stage_ = Stage::DataEnd;
            break;
        }
        case Stage::Complete:
            return Step::Complete;
        case Stage::Size:
        case Stage::DataEnd:
        case Stage::Trailer:
            if (!takeLine(input, line)) {
                // The longest line may stand there with its CR and wait for the LF.
                if (input.size() > lineBytesMax + 1)
                    return refuse(400, "a chunk's size line or trailer does not end");
                return Step::NeedMore;
            }
            if (stage_ == Stage::Size) {
                if (readSize(line) == Step::Refused)
                    return Step::Refused;
            } else if (stage_ == Stage::DataEnd) {
                if (!line.empty())
                    return refuse(400, "a chunk is longer than its size");
                stage_ = Stage::Size;
            } else if (line.empty()) {
                stage_ = Stage::Complete;
            } else {
                trailerBytes_ += line.size();
                if (trailerBytes_ > limits_.headerBytesMax)
                    return refuse(431, "the trailers are larger than the headers may be");
            }
        }
    }
}

} // namespace dsmsg::http

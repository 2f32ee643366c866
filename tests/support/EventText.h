// SPDX-License-Identifier: GPL-3.0-or-later
//
// Server-Sent Events as a browser reads them (WHATWG HTML, 9.2.6), for tests: bytes in, events out. Written
// from the standard, not from what the node writes.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dsmsg::test {

struct ServerEvent
{
    std::string id; ///< the last event id when it was dispatched
    std::string data;
    std::string kind{}; ///< empty: "message"
};

class EventText
{
public:
    /// Whole lines are taken at once, the rest waits for more.
    void add(std::string_view bytes)
    {
        input_ += bytes;
        std::size_t begin = 0;
        for (std::size_t end; (end = input_.find('\n', begin)) != std::string::npos; begin = end + 1)
            line(std::string_view(input_).substr(begin, end - begin));
        input_.erase(0, begin);
    }

    /// What was begun and not finished is gone with its connection; the last event id stays.
    void reconnected()
    {
        input_.clear();
        data_.clear();
        idBuffer_ = lastEventId;
    }

    std::vector<ServerEvent> events;
    std::string lastEventId;
    std::string retry;
    int comments = 0;

private:
    void line(std::string_view text)
    {
        if (text.ends_with('\r'))
            text.remove_suffix(1);
        if (text.empty())
            return dispatch();
        const std::size_t colon = text.find(':');
        if (colon == 0) {
            ++comments;
            return;
        }
        const std::string_view name = text.substr(0, colon);
        std::string_view value = colon == std::string_view::npos ? "" : text.substr(colon + 1);
        if (value.starts_with(' '))
            value.remove_prefix(1);
        if (name == "data") {
            data_ += value;
            data_ += '\n';
        } else if (name == "id") {
            idBuffer_ = value;
        } else if (name == "event") {
            kind_ = value;
        } else if (name == "retry") {
            retry = value;
        }
    }

    void dispatch()
    {
        lastEventId = idBuffer_;
        const std::string kind = std::exchange(kind_, {});
        if (data_.empty())
            return;
        data_.pop_back();
        events.push_back({lastEventId, std::move(data_), kind});
        data_.clear();
    }

    std::string input_;
    std::string data_;
    std::string kind_;
    std::string idBuffer_;
};

} // namespace dsmsg::test

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes JSON straight into the bytes that go to the client. By hand, because QJsonDocument changes numbers
// and sorts keys, and because a page of messages is spliced from payloads that are JSON already (QT.md,
// JSON).
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/Clock.h"
#include "core/base/Ids.h"

namespace dsmsg::http {

class JsonWriter
{
public:
    /// Appends to `out`, which must outlive the writer.
    explicit JsonWriter(std::string& out)
        : out_(out)
    {
    }

    JsonWriter& beginObject();
    JsonWriter& endObject();
    JsonWriter& beginArray();
    JsonWriter& endArray();
    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
    JsonWriter& value(double number); ///< shortest form that reads back the same; not finite: null
    /// Exactly `bool`, or every pointer would be one.
    template <std::same_as<bool> B>
    JsonWriter& value(B truth)
    {
        return raw(truth ? "true" : "false");
    }
    template <std::integral I>
    requires(!std::same_as<I, bool>) JsonWriter& value(I number)
    {
        if constexpr (std::signed_integral<I>)
            return integer(static_cast<std::int64_t>(number));
        else
            return counter(static_cast<std::uint64_t>(number));
    }
    template <class Tag>
    JsonWriter& value(Counter<Tag> number)
    {
        return counter(number.value);
    }
    JsonWriter& value(UnixTime time)
    {
        return seconds(time.time_since_epoch());
    }                                                                  ///< seconds, to the microsecond
    JsonWriter& value(Duration duration) { return seconds(duration); } ///< same
    template <class T>
    JsonWriter& value(const std::optional<T>& maybe)
    {
        return maybe ? value(*maybe) : null();
    }
    JsonWriter& null() { return raw("null"); }
    /// `json` is one valid JSON value and is copied byte for byte.
    JsonWriter& raw(std::string_view json);
    /// One or more elements of an array that are written already, with commas between them.
    JsonWriter& elements(std::string_view json) { return raw(json); }

    template <class T>
    JsonWriter& field(std::string_view name, const T& content)
    {
        return key(name).value(content);
    }

private:
    void separate();
    JsonWriter& integer(std::int64_t number);
    JsonWriter& counter(std::uint64_t number);
    JsonWriter& seconds(Duration duration);

    std::string& out_;
    bool needComma_ = false;
};

} // namespace dsmsg::http

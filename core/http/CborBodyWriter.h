// SPDX-License-Identifier: GPL-3.0-or-later
//
// JsonWriter's face over CBOR (RFC 8949), so that one function writes a value in either format and both have
// the same fields. Objects and arrays are of indefinite length: whoever writes them need not count first. A
// JSON value, a payload, becomes a byte string with its text, because CBOR's own numbers would lose its
// digits.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/Clock.h"
#include "core/base/Ids.h"

namespace dsmsg::http {

class CborBodyWriter
{
public:
    /// Appends to `out`, which must outlive the writer.
    explicit CborBodyWriter(std::string& out)
        : out_(out)
    {
    }

    CborBodyWriter& beginObject() { return byte(0xBF); }
    CborBodyWriter& endObject() { return byte(0xFF); }
    CborBodyWriter& beginArray() { return byte(0x9F); }
    CborBodyWriter& endArray() { return byte(0xFF); }
    CborBodyWriter& key(std::string_view name) { return value(name); }

    CborBodyWriter& value(std::string_view text); ///< UTF-8
    CborBodyWriter& value(const char* text) { return value(std::string_view(text)); }
    CborBodyWriter& value(const std::string& text) { return value(std::string_view(text)); }
    CborBodyWriter& value(double number);
    /// Exactly `bool`, or every pointer would be one.
    template <std::same_as<bool> B>
    CborBodyWriter& value(B truth)
    {
        return byte(truth ? 0xF5 : 0xF4);
    }
    template <std::unsigned_integral I>
    requires(!std::same_as<I, bool>) CborBodyWriter& value(I number) { return head(0x00, number); }
    template <class Tag>
    CborBodyWriter& value(Counter<Tag> number)
    {
        return head(0x00, number.value);
    }
    /// Seconds; a double holds today's time to better than a microsecond.
    CborBodyWriter& value(UnixTime time) { return value(time.time_since_epoch()); }
    CborBodyWriter& value(Duration duration) { return value(static_cast<double>(duration.count()) / 1e6); }
    template <class T>
    CborBodyWriter& value(const std::optional<T>& maybe)
    {
        return maybe ? value(*maybe) : byte(0xF6);
    }
    /// `json` is one valid JSON value.
    CborBodyWriter& raw(std::string_view json);
    /// Elements of an array that are written already.
    CborBodyWriter& elements(std::string_view cbor)
    {
        out_.append(cbor);
        return *this;
    }

    template <class T>
    CborBodyWriter& field(std::string_view name, const T& content)
    {
        return key(name).value(content);
    }

private:
    CborBodyWriter& byte(unsigned char b)
    {
        out_.push_back(static_cast<char>(b));
        return *this;
    }
    CborBodyWriter& head(unsigned char majorType, std::uint64_t number);

    std::string& out_;
};

} // namespace dsmsg::http

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads request bodies without changing them. A payload must come back to the digit (API.md), so values stay
// slices of the text they came in and only the members a route asks for are looked at. The whole text is
// validated (RFC 8259, UTF-8, depth). Not QJsonDocument: it rewrites numbers and sorts keys. Not simdjson's
// DOM: it refuses 1E400 and integers above 64 bits, which a payload may hold; its on-demand side does not
// validate what it skips, so every value would have to be walked by hand all the same. tests/http compares
// this reader with simdjson.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/Result.h"

namespace dsmsg::http {

enum class JsonKind : std::uint8_t
{
    Absent,
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object
};

/// One value as it stands in the text; a view, valid as long as the text.
struct JsonValue
{
    JsonKind kind = JsonKind::Absent;
    std::string_view raw;

    bool missing() const { return kind == JsonKind::Absent || kind == JsonKind::Null; }
};

bool isUtf8(std::string_view text);

/// Validates `text` as one JSON object and sets values[i] to the last member called names[i]. Both spans have
/// the same length. Invalid: the text says at which byte and why.
Result<void> readMembers(std::string_view text, std::uint32_t depthMax,
                         std::span<const std::string_view> names, std::span<JsonValue> values);

/// Validates `text` as one JSON value; that value without the spaces around it.
Result<std::string_view> readValue(std::string_view text, std::uint32_t depthMax);

/// Calls `element` for each element of a valid array until it returns false.
void forEachElement(std::string_view validArray, const std::function<bool(const JsonValue&)>& element);

/// The text of a valid string; none when it holds half of a surrogate pair, which no UTF-8 can express.
std::optional<std::string> decodeString(std::string_view validString);
/// None when the number is infinite as a double.
std::optional<double> decodeDouble(std::string_view validNumber);
/// None unless written as a whole number without point or exponent, within 64 bits and not negative.
std::optional<std::uint64_t> decodeCounter(std::string_view validNumber);

} // namespace dsmsg::http

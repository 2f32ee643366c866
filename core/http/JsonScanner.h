// SPDX-License-Identifier: GPL-3.0-or-later
//
// The grammar of RFC 8259, one value at a time, over text that is known to be UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/http/Json.h"

namespace dsmsg::http {

class JsonScanner
{
public:
    JsonScanner(std::string_view text, std::uint32_t depthMax)
        : text_(text)
        , depthMax_(depthMax)
    {
    }

    /// Scans the value at the current place, spaces before it included. False: see problem().
    bool value(JsonValue& out) { return value(out, depthMax_); }
    /// Scans the object at the current place, spaces before it included, and sets values[i] to the last
    /// member called names[i]. Both have the same length.
    bool object(std::span<const std::string_view> names, std::span<JsonValue> values);
    /// Takes `wanted` if it is next, spaces before it included.
    bool take(char wanted);
    /// `wanted` is next, after spaces; it stays.
    bool at(char wanted);
    /// Only spaces are left.
    bool atEnd();
    /// Scans a member's name and colon; `name` is the raw string, quotes included.
    bool memberName(std::string_view& name);

    /// Notes the first problem; always false.
    bool fail(std::string_view problem);
    std::string_view problem() const { return problem_; }
    std::size_t position() const { return at_; }

private:
    bool value(JsonValue& out, std::uint32_t depthLeft);
    bool members(std::span<const std::string_view> names, std::span<JsonValue> values);
    bool container(char close, std::uint32_t depthLeft);
    bool string();
    bool escape();
    bool number();
    bool digits();
    bool literal(std::string_view word);
    void skipSpace();
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    std::string_view text_;
    std::size_t at_ = 0;
    std::uint32_t depthMax_;
    std::string_view problem_;
};

} // namespace dsmsg::http

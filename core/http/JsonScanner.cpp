// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/JsonScanner.h"

#include <cstring>

namespace dsmsg::http {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Whether any of eight bytes ends the plain run of a string: a quote, a backslash or a control character.
/// The tests for "a byte below n" and "a byte equal to n" are those of Warren, Hacker's Delight, chapter 6.
bool hasSpecial(std::uint64_t eight)
{
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t highs = 0x8080808080808080U;
    const auto zeroByte = [](std::uint64_t v) { return (v - ones) & ~v & highs; };
    const std::uint64_t control = (eight - ones * 0x20) & ~eight & highs;
    return (control | zeroByte(eight ^ (ones * '"')) | zeroByte(eight ^ (ones * '\\'))) != 0;
}

bool sameName(std::string_view rawName, std::string_view wanted)
{
    const std::string_view inner = rawName.substr(1, rawName.size() - 2);
    if (inner.find('\\') == std::string_view::npos)
        return inner == wanted;
    return decodeString(rawName) == wanted;
}

} // namespace

bool JsonScanner::fail(std::string_view problem)
{
    if (problem_.empty())
        problem_ = problem;
    return false;
}

void JsonScanner::skipSpace()
{
    while (at_ < text_.size()) {
        const char c = text_[at_];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            return;
        ++at_;
    }
}

bool JsonScanner::at(char wanted)
{
    skipSpace();
    return at_ < text_.size() && text_[at_] == wanted;
}

bool JsonScanner::take(char wanted)
{
    if (!at(wanted))
        return false;
    ++at_;
    return true;
}

bool JsonScanner::atEnd()
{
    skipSpace();
    return at_ == text_.size();
}

bool JsonScanner::memberName(std::string_view& name)
{
    skipSpace();
    if (peek() != '"')
        return fail("expected a member name in quotes");
    const std::size_t start = at_;
    if (!string())
        return false;
    name = text_.substr(start, at_ - start);
    return take(':') || fail("expected ':' after a member name");
}

bool JsonScanner::object(std::span<const std::string_view> names, std::span<JsonValue> values)
{
    if (!take('{'))
        return fail("expected an object");
    return take('}') || members(names, values);
}

bool JsonScanner::members(std::span<const std::string_view> names, std::span<JsonValue> values)
{
    do {
        std::string_view name;
        JsonValue found;
        if (!memberName(name) || !value(found))
            return false;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (sameName(name, names[i]))
                values[i] = found;
        }
    } while (take(','));
    return take('}') || fail("expected ',' or '}'");
}

bool JsonScanner::value(JsonValue& out, std::uint32_t depthLeft)
{
    skipSpace();
    const std::size_t start = at_;
    bool valid = false;
    switch (peek()) {
    case '"':
        out.kind = JsonKind::String;
        valid = string();
        break;
    case '{':
        out.kind = JsonKind::Object;
        valid = container('}', depthLeft);
        break;
    case '[':
        out.kind = JsonKind::Array;
        valid = container(']', depthLeft);
        break;
    case 't':
        out.kind = JsonKind::Boolean;
        valid = literal("true");
        break;
    case 'f':
        out.kind = JsonKind::Boolean;
        valid = literal("false");
        break;
    case 'n':
        out.kind = JsonKind::Null;
        valid = literal("null");
        break;
    default:
        out.kind = JsonKind::Number;
        valid = number();
    }
    out.raw = text_.substr(start, at_ - start);
    return valid;
}

bool JsonScanner::container(char close, std::uint32_t depthLeft)
{
    if (depthLeft == 0)
        return fail("nested too deeply");
    ++at_;
    if (take(close))
        return true;
    JsonValue member;
    std::string_view name;
    do {
        if (close == '}' && !memberName(name))
            return false;
        if (!value(member, depthLeft - 1))
            return false;
    } while (take(','));
    return take(close) || fail(close == '}' ? "expected ',' or '}'" : "expected ',' or ']'");
}

bool JsonScanner::string()
{
    ++at_;
    for (;;) {
        while (at_ + sizeof(std::uint64_t) <= text_.size()) {
            std::uint64_t eight;
            std::memcpy(&eight, text_.data() + at_, sizeof eight);
            if (hasSpecial(eight))
                break;
            at_ += sizeof eight;
        }
        if (at_ >= text_.size())
            return fail("a string does not end");
        const auto c = static_cast<unsigned char>(text_[at_]);
        if (c == '"') {
            ++at_;
            return true;
        }
        if (c < 0x20)
            return fail("a control character in a string must be escaped");
        ++at_;
        if (c == '\\' && !escape())
            return false;
    }
}

bool JsonScanner::escape()
{
    const char c = peek();
    ++at_;
    if (c == 'u') {
        for (int i = 0; i < 4; ++i, ++at_)
            if (!isHexDigit(peek()))
                return fail("expected four hexadecimal digits after \\u");
        return true;
    }
    constexpr std::string_view simple = "\"\\/bfnrt";
    return (c != '\0' && simple.find(c) != std::string_view::npos) || fail("unknown escape in a string");
}

bool JsonScanner::digits()
{
    if (!isDigit(peek()))
        return false;
    while (isDigit(peek()))
        ++at_;
    return true;
}

bool JsonScanner::number()
{
    if (peek() == '-')
        ++at_;
    if (peek() == '0')
        ++at_;
    else if (!digits())
        return fail("expected a value");
    if (peek() == '.') {
        ++at_;
        if (!digits())
            return fail("expected a digit after '.'");
    }
    if (peek() == 'e' || peek() == 'E') {
        ++at_;
        if (peek() == '+' || peek() == '-')
            ++at_;
        if (!digits())
            return fail("expected a digit in an exponent");
    }
    return true;
}

bool JsonScanner::literal(std::string_view word)
{
    if (text_.substr(at_, word.size()) != word)
        return fail("expected a value");
    at_ += word.size();
    return true;
}

} // namespace dsmsg::http

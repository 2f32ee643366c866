// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/Json.h"

#include <QByteArrayView>
#include <charconv>
#include <cmath>

#include "core/http/JsonScanner.h"

namespace dsmsg::http {

namespace {

Error badJson(const JsonScanner& scanner)
{
    return {Error::Kind::Invalid,
            "bad JSON at byte " + std::to_string(scanner.position()) + ": " + std::string(scanner.problem())};
}

void appendUtf8(std::string& out, std::uint32_t code)
{
    const auto byte = [&out](std::uint32_t v) { out.push_back(static_cast<char>(v)); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | code >> 6);
        byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        byte(0xE0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | code >> 18);
        byte(0x80 | (code >> 12 & 0x3F));
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
}

std::uint32_t fourHexDigits(std::string_view text, std::size_t at)
{
    std::uint32_t code = 0;
    std::from_chars(text.data() + at, text.data() + at + 4, code, 16);
    return code;
}

/// Decodes \uXXXX (a pair of them for what lies beyond 16 bits); `at` is at the 'u' and moves past the
/// escape.
bool decodeUnicode(std::string_view text, std::size_t& at, std::string& out)
{
    std::uint32_t code = fourHexDigits(text, at + 1);
    at += 5;
    if (code >= 0xDC00 && code < 0xE000)
        return false;
    if (code >= 0xD800 && code < 0xDC00) {
        if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u')
            return false;
        const std::uint32_t low = fourHexDigits(text, at + 2);
        if (low < 0xDC00 || low >= 0xE000)
            return false;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        at += 6;
    }
    appendUtf8(out, code);
    return true;
}

char simpleEscape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

/// Whether a number that does not fit a double is too small rather than too large: the decimal exponent of
/// its first digit that is not zero decides.
bool isTiny(std::string_view number)
{
    const std::size_t exponentAt = std::min(number.find_first_of("eE"), number.size());
    const std::string_view mantissa = number.substr(0, exponentAt);
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    const std::size_t first = mantissa.find_first_of("123456789");
    if (first == std::string_view::npos)
        return true;
    long long exponent = 0;
    if (exponentAt < number.size()) {
        std::string_view digits = number.substr(exponentAt + 1);
        if (digits.front() == '+')
            digits.remove_prefix(1);
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
        if (parsed.ec != std::errc())
            return digits.front() == '-';
    }
    const auto place = static_cast<long long>(point) - static_cast<long long>(first);
    return exponent < -place;
}

} // namespace

bool isUtf8(std::string_view text)
{
    return QByteArrayView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8();
}

Result<void> readMembers(std::string_view text, std::uint32_t depthMax,
                         std::span<const std::string_view> names, std::span<JsonValue> values)
{
    DSMSG_ASSERT(names.size() == values.size(), "readMembers() needs a value for each name");
    if (!isUtf8(text))
        return Error{Error::Kind::Invalid, "bad JSON: the body is not UTF-8"};
    JsonScanner scanner(text, depthMax);
    if (scanner.object(names, values) && !scanner.atEnd())
        scanner.fail("something follows the object");
    if (!scanner.problem().empty())
        return badJson(scanner);
    return {};
}

Result<std::string_view> readValue(std::string_view text, std::uint32_t depthMax)
{
    if (!isUtf8(text))
        return Error{Error::Kind::Invalid, "bad JSON: the text is not UTF-8"};
    JsonScanner scanner(text, depthMax);
    JsonValue value;
    if (scanner.value(value) && !scanner.atEnd())
        scanner.fail("something follows the value");
    if (!scanner.problem().empty())
        return badJson(scanner);
    return value.raw;
}

void forEachElement(std::string_view validArray, const std::function<bool(const JsonValue&)>& element)
{
    // The array is valid already, so its own depth is a depth that suffices.
    JsonScanner scanner(validArray, static_cast<std::uint32_t>(validArray.size()));
    if (!scanner.take('[') || scanner.take(']'))
        return;
    do {
        JsonValue value;
        if (!scanner.value(value) || !element(value))
            return;
    } while (scanner.take(','));
}

std::optional<std::string> decodeString(std::string_view validString)
{
    const std::string_view text = validString.substr(1, validString.size() - 2);
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t plain = std::min(text.find('\\', at), text.size());
        out.append(text, at, plain - at);
        at = plain + 1;
        if (plain == text.size())
            break;
        if (text[at] == 'u') {
            if (!decodeUnicode(text, at, out))
                return std::nullopt;
        } else {
            out.push_back(simpleEscape(text[at++]));
        }
    }
    return out;
}

std::optional<double> decodeDouble(std::string_view validNumber)
{
    double value = 0;
    const auto parsed = std::from_chars(validNumber.data(), validNumber.data() + validNumber.size(), value);
    if (parsed.ec == std::errc::result_out_of_range) {
        if (!isTiny(validNumber))
            return std::nullopt;
        return 0.0;
    }
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<std::uint64_t> decodeCounter(std::string_view validNumber)
{
    std::uint64_t value = 0;
    const char* end = validNumber.data() + validNumber.size();
    const auto parsed = std::from_chars(validNumber.data(), end, value);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        return std::nullopt;
    return value;
}

} // namespace dsmsg::http

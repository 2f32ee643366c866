// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/JsonWriter.h"

#include <array>
#include <charconv>
#include <cmath>

namespace dsmsg::http {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

void appendEscaped(std::string& out, unsigned char c)
{
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        out += "\\u00";
        out += hexDigits[c >> 4];
        out += hexDigits[c & 15];
    }
}

template <class Number>
void appendNumber(std::string& out, Number number)
{
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

} // namespace

void JsonWriter::separate()
{
    if (needComma_)
        out_ += ',';
    needComma_ = true;
}

JsonWriter& JsonWriter::beginObject()
{
    separate();
    out_ += '{';
    needComma_ = false;
    return *this;
}

JsonWriter& JsonWriter::endObject()
{
    out_ += '}';
    needComma_ = true;
    return *this;
}

JsonWriter& JsonWriter::beginArray()
{
    separate();
    out_ += '[';
    needComma_ = false;
    return *this;
}

JsonWriter& JsonWriter::endArray()
{
    out_ += ']';
    needComma_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name)
{
    value(name);
    out_ += ':';
    needComma_ = false;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text)
{
    separate();
    out_ += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out_.append(text, plain, i - plain);
        appendEscaped(out_, c);
        plain = i + 1;
    }
    out_.append(text, plain);
    out_ += '"';
    return *this;
}

JsonWriter& JsonWriter::value(double number)
{
    if (!std::isfinite(number))
        return null();
    separate();
    appendNumber(out_, number);
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json)
{
    separate();
    out_ += json;
    return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t number)
{
    separate();
    appendNumber(out_, number);
    return *this;
}

JsonWriter& JsonWriter::counter(std::uint64_t number)
{
    separate();
    appendNumber(out_, number);
    return *this;
}

JsonWriter& JsonWriter::seconds(Duration duration)
{
    // Through the integer: a double of today's time no longer shows every microsecond exactly.
    separate();
    std::uint64_t micros = static_cast<std::uint64_t>(duration.count());
    if (duration.count() < 0) {
        out_ += '-';
        micros = 0 - micros;
    }
    appendNumber(out_, micros / 1'000'000);
    std::array<char, 6> fraction;
    std::uint64_t rest = micros % 1'000'000;
    for (std::size_t i = fraction.size(); i-- > 0; rest /= 10)
        fraction[i] = static_cast<char>('0' + rest % 10);
    std::size_t length = fraction.size();
    while (length > 1 && fraction[length - 1] == '0')
        --length;
    out_ += '.';
    out_.append(fraction.data(), length);
    return *this;
}

} // namespace dsmsg::http

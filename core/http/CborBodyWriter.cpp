// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/CborBodyWriter.h"

#include <bit>

namespace dsmsg::http {

namespace {

void appendBigEndian(std::string& out, std::uint64_t number, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(number >> shift & 0xFF));
}

} // namespace

CborBodyWriter& CborBodyWriter::head(unsigned char majorType, std::uint64_t number)
{
    const auto with = [this, majorType, number](unsigned char additional, int bytes) -> CborBodyWriter& {
        byte(majorType | additional);
        appendBigEndian(out_, number, bytes);
        return *this;
    };
    if (number < 24)
        return byte(static_cast<unsigned char>(majorType | number));
    if (number <= 0xFF)
        return with(24, 1);
    if (number <= 0xFFFF)
        return with(25, 2);
    return number <= 0xFFFFFFFF ? with(26, 4) : with(27, 8);
}

CborBodyWriter& CborBodyWriter::value(std::string_view text)
{
    head(0x60, text.size());
    out_.append(text);
    return *this;
}

CborBodyWriter& CborBodyWriter::value(double number)
{
    byte(0xFB);
    appendBigEndian(out_, std::bit_cast<std::uint64_t>(number), 8);
    return *this;
}

CborBodyWriter& CborBodyWriter::raw(std::string_view json)
{
    head(0x40, json.size());
    out_.append(json);
    return *this;
}

} // namespace dsmsg::http

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Ids.h"

namespace dsmsg {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

int valueOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::string toHex(const Bits128& bits)
{
    std::string hex;
    hex.reserve(32);
    for (std::uint8_t byte : bits.bytes) {
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

bool fromHex(std::string_view hex, Bits128& out)
{
    if (hex.size() != 32)
        return false;
    Bits128 bits;
    for (std::size_t i = 0; i < 16; ++i) {
        const int high = valueOf(hex[2 * i]);
        const int low = valueOf(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        bits.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    out = bits;
    return true;
}

std::string toHex(ServerId id)
{
    std::string hex;
    hex.reserve(16);
    for (int shift = 60; shift >= 0; shift -= 4)
        hex += digits[(id.value >> shift) & 15];
    return hex;
}

} // namespace dsmsg

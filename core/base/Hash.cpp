// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Hash.h"

#include <zlib.h>

#include <QCryptographicHash>

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg {

Bits128 blake2s128(std::initializer_list<std::string_view> parts)
{
    QCryptographicHash hash(QCryptographicHash::Blake2s_128);
    for (std::string_view part : parts)
        hash.addData(QByteArrayView(part.data(), static_cast<qsizetype>(part.size())));
    const QByteArrayView digest = hash.resultView();
    DSMSG_ASSERT(digest.size() == 16, "BLAKE2s-128 must give 16 bytes");
    Bits128 bits;
    std::copy(digest.begin(), digest.end(), reinterpret_cast<char*>(bits.bytes.data()));
    return bits;
}

std::uint32_t crc32(std::string_view data, std::uint32_t seed)
{
    return static_cast<std::uint32_t>(
        ::crc32_z(seed, reinterpret_cast<const unsigned char*>(data.data()), data.size()));
}

} // namespace dsmsg

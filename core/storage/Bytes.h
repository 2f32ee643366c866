// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fixed-width integers in files and blobs, always little-endian, so that a data directory can move between
// machines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <QByteArray>
#include <QtEndian>

namespace dsmsg::storage {

template <class Integer>
inline void storeLittle(char* out, Integer value)
{
    qToLittleEndian(value, out);
}

template <class Integer>
inline Integer loadLittle(const char* in)
{
    return qFromLittleEndian<Integer>(in);
}

template <class Integer>
inline void appendLittle(std::string& out, Integer value)
{
    char bytes[sizeof(Integer)];
    storeLittle(bytes, value);
    out.append(bytes, sizeof(Integer));
}

inline std::uint64_t loadBig64(const unsigned char* in)
{
    return qFromBigEndian<quint64>(in);
}

/// SQLite has only signed integers; these keep all 64 bits.
inline std::int64_t toSql(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}
inline std::uint64_t fromSql(std::int64_t value)
{
    return static_cast<std::uint64_t>(value);
}

/// A blob parameter that shares `bytes`, which must outlive the statement's run. Never NULL, not even when
/// empty.
inline QByteArray rawBlob(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data() ? bytes.data() : "", static_cast<qsizetype>(bytes.size()));
}

inline std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace dsmsg::storage

// SPDX-License-Identifier: GPL-3.0-or-later
//
// How figures go to QML: as doubles, NaN (or -1 for log positions) where they are not known.
#pragma once

#include <limits>
#include <optional>

#include <QtGlobal>

namespace dsmsg::monitor {

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

inline double orUnknown(std::optional<double> value)
{
    return value.value_or(unknown);
}
inline double msOrUnknown(std::optional<double> seconds)
{
    return seconds ? *seconds * 1000 : unknown;
}
inline double orMinusOne(std::optional<quint64> value)
{
    return value ? double(*value) : -1;
}
/// Whether two figures are the same; two unknown ones are.
inline bool same(double a, double b)
{
    return a == b || (a != a && b != b);
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/chart/Ticks.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QDateTime>

namespace dsmsg::ui {

double niceStep(double size, int wanted)
{
    if (!(size > 0) || wanted < 1)
        return 1;
    const double rough = size / wanted;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (rough <= factor * power * (1 + 1e-9))
            return factor * power;
    }
    return 10 * power;
}

std::vector<double> multiples(double low, double high, double step)
{
    std::vector<double> all;
    if (!(step > 0) || !(high >= low) || (high - low) / step > 1000)
        return all;
    const double tolerance = step * 1e-6;
    for (double n = std::ceil((low - tolerance) / step); n * step <= high + tolerance; ++n)
        all.push_back(n == 0 ? 0.0 : n * step);
    return all;
}

double niceTimeStep(double span, int wanted)
{
    static constexpr std::array steps{0.001, 0.002, 0.005, 0.01,  0.02,  0.05,   0.1,    0.2,    0.5,
                                      1.0,   2.0,   5.0,   10.0,  15.0,  30.0,   60.0,   120.0,  300.0,
                                      600.0, 900.0, 1800., 3600., 7200., 10800., 21600., 43200., 86400.};
    const auto fits = [&](double step) { return span / step <= wanted; };
    const auto* found = std::find_if(steps.begin(), steps.end(), fits);
    return found == steps.end() ? 86'400 : *found;
}

std::vector<Tick> timeTicks(double from, double to, int wanted)
{
    std::vector<Tick> ticks;
    if (!(to > from) || wanted < 1)
        return ticks;
    const double step = niceTimeStep(to - from, wanted);
    // Hours and quarters of an hour are those of the clock on the wall.
    const int zone = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(from)).offsetFromUtc();
    const QString format = step >= 60  ? QStringLiteral("HH:mm")
                           : step >= 1 ? QStringLiteral("HH:mm:ss")
                                       : QStringLiteral("HH:mm:ss.zzz");
    for (const double local : multiples(from + zone, to + zone, step)) {
        const double at = local - zone;
        const auto when = QDateTime::fromMSecsSinceEpoch(std::llround(at * 1000));
        ticks.push_back({at, when.toString(format)});
    }
    return ticks;
}

} // namespace dsmsg::ui

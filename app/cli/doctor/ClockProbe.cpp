// SPDX-License-Identifier: GPL-3.0-or-later
//
// The host's clock as the kernel sees it (adjtimex(2)). The nodes do not depend on it being right: they
// compare their clocks and go by the median. But stamps mean something to people only if most of them are
// near the true time.
#include <cmath>
#include <thread>

#include <sys/timex.h>

#include <QFile>

#include "app/cli/doctor/Probes.h"
#include "core/base/Clock.h"

namespace dsmsg::doctor {

namespace {

constexpr double driftWarnPpm = 200; ///< the nodes reckon with 500 (--clock-drift-max)
constexpr double errorWarnSeconds = 0.1;

Finding source()
{
    QFile file(QStringLiteral("/sys/devices/system/clocksource/clocksource0/current_clocksource"));
    const QString name = file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll()).trimmed()
                                                        : QStringLiteral("unknown");
    Finding finding{.area = QStringLiteral("clock"),
                    .name = QStringLiteral("source"),
                    .found = name,
                    .figures = {{QStringLiteral("source"), name}}};
    if (name == QLatin1String("acpi_pm") || name == QLatin1String("hpet") ||
        name == QLatin1String("jiffies")) {
        finding.level = Level::Warn;
        finding.advice = QStringLiteral(
            "Reading this clock costs microseconds each time. The kernel distrusts the TSC; see its log.");
    }
    return finding;
}

Finding synchronised()
{
    Finding finding{.area = QStringLiteral("clock"), .name = QStringLiteral("synchronised")};
    timex state{};
    const int answer = adjtimex(&state);
    const double errorSeconds = double(state.maxerror) / 1e6;
    const bool isSynchronised = answer >= 0 && answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
    finding.figures = {{QStringLiteral("synchronised"), isSynchronised},
                       {QStringLiteral("max_error_s"), errorSeconds}};
    if (!isSynchronised) {
        finding.level = Level::Warn;
        finding.found = QStringLiteral("no");
        finding.advice = QStringLiteral(
            "Nothing says that it keeps this clock (NTP). Messages are delivered in order all the same, by "
            "the median of the nodes' clocks; but stamps will be as wrong as those. Run chrony or "
            "systemd-timesyncd.");
    } else {
        finding.found = QStringLiteral("yes, within %1 s by its own account").arg(errorSeconds, 0, 'f', 3);
        if (errorSeconds > errorWarnSeconds) {
            finding.level = Level::Warn;
            finding.advice = QStringLiteral("The time service has not heard from its sources for long.");
        }
    }
    return finding;
}

Finding drift(Milliseconds duration)
{
    const SystemClock clock;
    const auto difference = [&clock] {
        // The wall clock between two readings of the other, the closest of a few.
        Duration best{1'000'000};
        Duration value{};
        for (int i = 0; i < 20; ++i) {
            const Instant before = clock.now();
            const Duration wall = clock.wall().time_since_epoch();
            const Instant after = clock.now();
            if (after - before < best) {
                best = after - before;
                value = wall - (before.time_since_epoch() + (after - before) / 2);
            }
        }
        return value;
    };
    const Duration before = difference();
    std::this_thread::sleep_for(duration);
    const double micros = double((difference() - before).count());
    const double ppm = micros / (double(duration.count()) / 1000);
    Finding finding{.area = QStringLiteral("clock"),
                    .name = QStringLiteral("drift"),
                    .found = QStringLiteral("wall clock against boot clock %1 ppm over %2 s")
                                 .arg(ppm, 0, 'f', 1)
                                 .arg(double(duration.count()) / 1000, 0, 'f', 1),
                    .figures = {{QStringLiteral("ppm"), ppm}}};
    if (std::abs(ppm) > driftWarnPpm) {
        finding.level = Level::Warn;
        finding.advice = QStringLiteral(
            "Somebody sets or slews this clock right now. Nodes follow, but should the drift between two "
            "machines exceed --clock-drift-max (500 ppm), their bounds would be wrong.");
    }
    return finding;
}

} // namespace

Findings examineClock(Milliseconds duration)
{
    return {source(), synchronised(), drift(duration)};
}

} // namespace dsmsg::doctor

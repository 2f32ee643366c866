// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/Format.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QDateTime>
#include <QLocale>

namespace dsmsg::ui {

namespace {

constexpr QChar thinSpace(0x202F); ///< does not break
constexpr QChar minus(0x2212);

QString withUnit(const QString& number, const QString& unit)
{
    return number + QChar(0x00A0) + unit;
}

/// `n` with `decimals`, a real minus, thousands apart.
QString number(double n, int decimals)
{
    QString text = QString::number(std::abs(n), 'f', decimals);
    const auto point = text.indexOf(QLatin1Char('.'));
    for (auto at = (point < 0 ? text.size() : point) - 3; at > 0; at -= 3)
        text.insert(at, thinSpace);
    const bool zero = text.toDouble() == 0 && std::all_of(text.begin(), text.end(), [](QChar c) {
                          return c == QLatin1Char('0') || c == QLatin1Char('.');
                      });
    return n < 0 && !zero ? minus + text : text;
}

/// Three digits that count.
int decimalsOf(double n)
{
    const double size = std::abs(n);
    return size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
}

QString scaled(double n, double step, const std::array<const char*, 6>& units, bool wholeFirst)
{
    std::size_t unit = 0;
    while (std::abs(n) >= step * 0.9995 && unit + 1 < units.size()) {
        n /= step;
        ++unit;
    }
    const int decimals = unit == 0 && wholeFirst ? 0 : decimalsOf(n);
    const QString text = number(n, decimals);
    return *units[unit] == 0 ? text : withUnit(text, QString::fromUtf8(units[unit]));
}

QString local(double ts, const QString& format)
{
    if (!std::isfinite(ts))
        return Format::dash();
    const auto when = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(std::floor(ts * 1000)));
    return QLocale().toString(when, format);
}

} // namespace

QString Format::dash()
{
    return QString(QChar(0x2013));
}

QString Format::count(double n)
{
    return std::isfinite(n) ? number(std::round(n), 0) : dash();
}

QString Format::si(double n)
{
    if (!std::isfinite(n))
        return dash();
    return scaled(n, 1000, {"", "k", "M", "G", "T", "P"}, n == std::round(n));
}

QString Format::sparse(double n)
{
    if (!std::isfinite(n))
        return dash();
    if (std::abs(n) >= 1000)
        return number(std::round(n), 0);
    QString text = QString::number(std::abs(n), 'g', 3);
    if (text.contains(QLatin1Char('e')))
        text = QString::number(std::abs(n), 'f', 6);
    return n < 0 ? minus + text : text;
}

QString Format::ms(double milliseconds)
{
    if (!std::isfinite(milliseconds))
        return dash();
    const double size = std::abs(milliseconds);
    if (size == 0)
        return withUnit(QStringLiteral("0"), QStringLiteral("ms"));
    if (size < 0.0995)
        return withUnit(number(milliseconds * 1000, size < 0.00995 ? 1 : 0), QStringLiteral("µs"));
    if (size < 0.9995)
        return withUnit(number(milliseconds, 3), QStringLiteral("ms"));
    if (size < 9'999.5)
        return withUnit(number(milliseconds, decimalsOf(milliseconds)), QStringLiteral("ms"));
    return seconds(milliseconds / 1000);
}

QString Format::signedMs(double milliseconds)
{
    if (!std::isfinite(milliseconds))
        return dash();
    return milliseconds > 0 ? QLatin1Char('+') + ms(milliseconds) : ms(milliseconds);
}

QString Format::seconds(double seconds)
{
    if (!std::isfinite(seconds))
        return dash();
    const double size = std::abs(seconds);
    if (size > 0 && size < 0.9995)
        return ms(seconds * 1000);
    if (size < 59.95)
        return withUnit(number(seconds, seconds == std::round(seconds) ? 0 : 1), QStringLiteral("s"));
    const auto whole = static_cast<qint64>(std::round(size));
    const QString sign = seconds < 0 ? QString(minus) : QString();
    const auto two = [](qint64 n) { return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0')); };
    if (whole < 3600)
        return sign + (whole % 60 == 0 ? tr("%1 min").arg(whole / 60)
                                       : tr("%1 min %2 s").arg(whole / 60).arg(two(whole % 60)));
    const qint64 minutes = whole / 60;
    if (whole <= 86'400)
        return sign + (minutes % 60 == 0 ? tr("%1 h").arg(minutes / 60)
                                         : tr("%1 h %2 min").arg(minutes / 60).arg(two(minutes % 60)));
    return sign + tr("%1 d %2 h").arg(whole / 86'400).arg(whole / 3600 % 24);
}

QString Format::bytes(double bytes)
{
    return std::isfinite(bytes) ? scaled(bytes, 1024, {"B", "KiB", "MiB", "GiB", "TiB", "PiB"}, true)
                                : dash();
}

QString Format::percent(double fraction)
{
    if (!std::isfinite(fraction))
        return dash();
    const double percent = fraction * 100;
    const int decimals = percent == std::round(percent) || std::abs(percent) >= 99.95 ? 0 : 1;
    return withUnit(number(percent, decimals), QStringLiteral("%"));
}

QString Format::ppm(double fraction)
{
    if (!std::isfinite(fraction))
        return dash();
    const double ppm = fraction * 1e6;
    const QString text = number(ppm, decimalsOf(ppm));
    return withUnit(ppm > 0 ? QLatin1Char('+') + text : text, QStringLiteral("ppm"));
}

QString Format::time(double ts)
{
    return local(ts, QStringLiteral("HH:mm:ss"));
}

QString Format::timeMs(double ts)
{
    return local(ts, QStringLiteral("HH:mm:ss.zzz"));
}

QString Format::dateTime(double ts)
{
    return local(ts, QStringLiteral("d MMM yyyy, HH:mm:ss"));
}

QString Format::age(double milliseconds)
{
    if (!std::isfinite(milliseconds) || milliseconds < 0)
        return dash();
    if (milliseconds < 1000)
        return tr("now");
    const auto seconds = static_cast<qint64>(milliseconds / 1000);
    if (seconds < 60)
        return tr("%1 s ago").arg(seconds);
    if (seconds < 3600)
        return tr("%1 min ago").arg(seconds / 60);
    if (seconds < 86'400)
        return tr("%1 h ago").arg(seconds / 3600);
    return tr("%1 d ago").arg(seconds / 86'400);
}

} // namespace dsmsg::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/lab/FaultKinds.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

namespace dsmsg::monitor {

namespace {

constexpr std::array<FaultKindInfo, 9> kinds{{
    {"pause", QT_TRANSLATE_NOOP("FaultKinds", "Pause"),
     QT_TRANSLATE_NOOP("FaultKinds",
                       "The node stands still, as under a debugger or in a long garbage collection."),
     "", "circle-pause", false, 0, 0, 0, 1},
    {"partition", QT_TRANSLATE_NOOP("FaultKinds", "Cut off"),
     QT_TRANSLATE_NOOP("FaultKinds",
                       "Nothing passes between this node and the chosen peers, one way or both."),
     "", "unplug", true, 0, 0, 0, 1},
    {"delay", QT_TRANSLATE_NOOP("FaultKinds", "Slow links"),
     QT_TRANSLATE_NOOP("FaultKinds", "Every message to or from the peers comes so much later."), "ms",
     "timer", true, 150, 1, 60'000, 1},
    {"loss", QT_TRANSLATE_NOOP("FaultKinds", "Lossy links"),
     QT_TRANSLATE_NOOP("FaultKinds", "So many of a hundred messages to or from the peers are lost."), "%",
     "wifi-off", true, 20, 0, 100, 0.01},
    {"clock_offset", QT_TRANSLATE_NOOP("FaultKinds", "Wrong clock"),
     QT_TRANSLATE_NOOP("FaultKinds", "The node's clock is so far ahead, or behind with a minus."), "s",
     "clock-alert", false, 2, -86'400, 86'400, 1},
    {"clock_drift", QT_TRANSLATE_NOOP("FaultKinds", "Drifting clock"),
     QT_TRANSLATE_NOOP("FaultKinds", "The node's clock runs so much too fast, or too slow with a minus."),
     "ppm", "gauge", false, 500, -500'000, 500'000, 1},
    {"disk_full", QT_TRANSLATE_NOOP("FaultKinds", "Full disk"),
     QT_TRANSLATE_NOOP("FaultKinds", "Only so much more can be written."), "kB", "hard-drive", false, 0, 0,
     1e9, 1000},
    {"disk_slow", QT_TRANSLATE_NOOP("FaultKinds", "Slow disk"),
     QT_TRANSLATE_NOOP("FaultKinds", "Every sync to the disk takes so much longer."), "ms", "turtle", false,
     200, 1, 60'000, 1},
    {"fsync_fail", QT_TRANSLATE_NOOP("FaultKinds", "Failing fsync"),
     QT_TRANSLATE_NOOP("FaultKinds",
                       "Syncs fail. The node stops writing for good, and must be started anew."),
     "", "shield-alert", false, 0, 0, 0, 1},
}};

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FaultKinds)
};

QString number(double value)
{
    return QLocale().toString(value, 'g', 6);
}

} // namespace

std::span<const FaultKindInfo> faultKinds()
{
    return kinds;
}

const FaultKindInfo* faultKind(const QString& kind)
{
    const auto found = std::ranges::find_if(
        kinds, [&](const FaultKindInfo& info) { return kind == QLatin1String(info.kind); });
    return found == kinds.end() ? nullptr : &*found;
}

QString faultTitle(const QString& kind)
{
    const FaultKindInfo* info = faultKind(kind);
    return info != nullptr ? Text::tr(info->title) : kind;
}

QJsonObject Fault::order() const
{
    QJsonObject body{{QStringLiteral("kind"), kind}, {QStringLiteral("for_s"), forS}};
    if (!peers.isEmpty())
        body.insert(QStringLiteral("peers"), QJsonArray::fromStringList(peers));
    if (!direction.isEmpty() && direction != QStringLiteral("both"))
        body.insert(QStringLiteral("direction"), direction);
    if (value)
        body.insert(QStringLiteral("value"), *value);
    return body;
}

Fault Fault::fromJson(const QJsonObject& object)
{
    Fault fault;
    fault.kind = object.value(QLatin1String("kind")).toString();
    for (const QJsonValue peer : object.value(QLatin1String("peers")).toArray())
        fault.peers.append(peer.toString());
    fault.direction = object.value(QLatin1String("direction")).toString();
    if (const QJsonValue value = object.value(QLatin1String("value")); value.isDouble())
        fault.value = value.toDouble();
    fault.forS = object.value(QLatin1String("for_s")).toDouble();
    fault.id = static_cast<quint64>(object.value(QLatin1String("id")).toDouble());
    fault.remainingS = object.value(QLatin1String("remaining_s")).toDouble();
    return fault;
}

Fault Fault::fromMap(const QVariantMap& map)
{
    constexpr double shortestS = 0.1;
    constexpr double longestS = 3600;
    Fault fault;
    fault.kind = map.value(QStringLiteral("kind")).toString();
    fault.peers = map.value(QStringLiteral("peers")).toStringList();
    fault.direction = map.value(QStringLiteral("direction")).toString();
    fault.forS = std::clamp(map.value(QStringLiteral("for_s"), fault.forS).toDouble(), shortestS, longestS);
    const FaultKindInfo* info = faultKind(fault.kind);
    if (info != nullptr && info->unit[0] != '\0') {
        const double typed = map.value(QStringLiteral("value"), info->value).toDouble();
        fault.value = std::clamp(typed, info->from, info->to) * info->perUnit;
    }
    return fault;
}

QString Fault::text() const
{
    const FaultKindInfo* info = faultKind(kind);
    if (info == nullptr)
        return kind;
    QStringList words{Text::tr(info->title)};
    if (value && info->unit[0] != '\0')
        words.append(number(*value / info->perUnit) + QChar(0xa0) + QLatin1String(info->unit));
    if (info->ofLinks && !peers.isEmpty()) {
        const QString names = peers.join(QStringLiteral(", "));
        words.append(direction == QStringLiteral("out")  ? QStringLiteral("→ ") + names
                     : direction == QStringLiteral("in") ? QStringLiteral("← ") + names
                                                         : QStringLiteral("↔ ") + names);
    } else if (info->ofLinks) {
        words.append(direction == QStringLiteral("out")  ? Text::tr("to everybody")
                     : direction == QStringLiteral("in") ? Text::tr("from everybody")
                                                         : Text::tr("from and to everybody"));
    }
    return words.join(QLatin1Char(' '));
}

bool Fault::concerns(const QString& peerId, const QString& peerUrl) const
{
    const FaultKindInfo* info = faultKind(kind);
    return info != nullptr && info->ofLinks &&
           (peers.isEmpty() || peers.contains(peerId) || peers.contains(peerUrl));
}

} // namespace dsmsg::monitor

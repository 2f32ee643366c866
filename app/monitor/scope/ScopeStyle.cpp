// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeStyle.h"

namespace dsmsg::monitor {

ScopeStyle ScopeStyle::fromMap(const QVariantMap& map)
{
    ScopeStyle style;
    const auto colour = [&](const char* name) { return map.value(QLatin1String(name)).value<QColor>(); };
    const auto font = [&](const char* name) { return map.value(QLatin1String(name)).value<QFont>(); };
    style.background = colour("background");
    style.raised = colour("raised");
    style.sunken = colour("sunken");
    style.border = colour("border");
    style.borderStrong = colour("borderStrong");
    style.text = colour("text");
    style.textDim = colour("textDim");
    style.textFaint = colour("textFaint");
    style.accent = colour("accent");
    style.accentSoft = colour("accentSoft");
    style.good = colour("good");
    style.warning = colour("warning");
    style.critical = colour("critical");
    style.info = colour("info");
    const QVariantList series = map.value(QStringLiteral("series")).toList();
    for (int i = 0; i < 8 && i < series.size(); ++i)
        style.series[i] = series[i].value<QColor>();
    style.name = font("name");
    style.small = font("small");
    style.figure = font("figure");
    return style;
}

QColor ScopeStyle::pulse(PulseKind kind) const
{
    switch (kind) {
    case PulseKind::Append:
        return series[0];
    case PulseKind::Heartbeat:
        return textDim;
    case PulseKind::Vote:
    case PulseKind::Granted:
        return series[1];
    case PulseKind::Reply:
        return series[2];
    case PulseKind::Rejected:
        return critical;
    case PulseKind::Snapshot:
        return series[3];
    }
    return textDim;
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Colours and fonts of the painted scope, handed over by QML, where the theme is. A value type: the thread
// that draws has its own.
#pragma once

#include <QColor>
#include <QFont>
#include <QVariantMap>

#include "app/monitor/scope/ScopeScene.h"

namespace dsmsg::monitor {

struct ScopeStyle
{
    QColor background, raised, sunken, border, borderStrong, text, textDim, textFaint;
    QColor accent, accentSoft, good, warning, critical, info;
    QColor series[8];
    QFont name, small, figure;

    static ScopeStyle fromMap(const QVariantMap& map); ///< by these names; `series` a list
    QColor pulse(PulseKind kind) const;
};

} // namespace dsmsg::monitor

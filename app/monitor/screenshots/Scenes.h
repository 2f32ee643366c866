// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is photographed, and in which looks.
#pragma once

#include <QList>
#include <QSize>
#include <QString>

#include "app/monitor/app/Settings.h"

namespace dsmsg::monitor {

struct Scene
{
    QString name;
    QString page; ///< opened for it
    QString group;
    QString caption;
    bool mayBeBlank = false; ///< there is nothing yet that a chart could show
};

struct Look
{
    Settings::Theme theme;
    QString name;
    QSize size;

    QString suffix() const
    {
        return QStringLiteral("-%1-%2x%3").arg(name).arg(size.width()).arg(size.height());
    }
};

/// Each theme at 1280x800 and 1920x1080.
const QList<Look>& allLooks();
/// Light at 900x600.
const Look& smallLook();

/// All pages as they look on a cluster that works.
const QList<Scene>& pageScenes();
/// Those of a cluster that has no message yet.
const QList<Scene>& emptyScenes();

} // namespace dsmsg::monitor

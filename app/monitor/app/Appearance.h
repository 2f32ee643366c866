// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the window looks now: what a person chose in the settings joined with what the desktop says, as it
// changes. Main.qml hands it to the Theme.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/app/ColourScheme.h"
#include "app/monitor/app/DesktopPortal.h"

namespace dsmsg::monitor {

class Settings;

class Appearance : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.appearance")
    Q_PROPERTY(int scheme READ scheme NOTIFY changed) ///< as Theme.scheme: light, dark, contrast
    Q_PROPERTY(bool reducedMotion READ reducedMotion NOTIFY changed)

public:
    /// `settings` outlives it. What the desktop said last is remembered there, so that the first picture
    /// already has the right colours.
    explicit Appearance(Settings& settings, QObject* parent = nullptr);

    int scheme() const { return static_cast<int>(scheme_); }
    bool reducedMotion() const { return reducedMotion_; }
    DesktopPortal& portal() { return portal_; }

Q_SIGNALS:
    void changed();

private:
    void update();
    void remember();

    Settings& settings_;
    const bool paletteIsDark_;
    DesktopPortal portal_;
    ColourScheme scheme_ = ColourScheme::Light;
    bool reducedMotion_ = false;
};

} // namespace dsmsg::monitor

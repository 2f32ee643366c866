// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks the desktop how it looks: colour scheme and contrast from org.freedesktop.appearance, animations from
// GNOME's own key, all through the settings portal, with its signal of changes. Qt 6.4 has none of it. A
// system without a portal or without a session bus simply never answers.
#pragma once

#include <QDBusVariant>
#include <QObject>

#include "app/monitor/app/ColourScheme.h"

namespace dsmsg::monitor {

class DesktopPortal : public QObject
{
    Q_OBJECT

public:
    /// `look`: to begin with, until the portal answers.
    explicit DesktopPortal(const DesktopLook& look, QObject* parent = nullptr);

    /// Asks, and listens for changes. Answers come later.
    void start();
    const DesktopLook& look() const { return look_; }
    /// One setting as the portal has it; public for tests.
    void take(const QString& space, const QString& key, const QVariant& value);

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void ask(const QString& space, const QString& key);

    DesktopLook look_;
};

} // namespace dsmsg::monitor

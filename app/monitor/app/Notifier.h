// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tells a person who looks elsewhere: by the desktop's own notifications (org.freedesktop.Notifications),
// each replacing the one before, so that a night of elections leaves one line and not a hundred. Says nothing
// while the window is in front, because there the same is in sight.
#pragma once

#include <QObject>
#include <QString>

namespace dsmsg::monitor {

class Settings;

class Notifier : public QObject
{
    Q_OBJECT

public:
    enum class Urgency : quint8
    {
        Low,
        Normal,
        Critical
    };

    /// `settings` outlives it.
    explicit Notifier(const Settings& settings, QObject* parent = nullptr);

    void tell(const QString& title, const QString& text, Urgency urgency);

Q_SIGNALS:
    /// What was told; also what the settings or the window in front kept back, with `sent` false.
    void told(const QString& title, const QString& text, bool sent);

private:
    void send(const QString& title, const QString& text, Urgency urgency);

    const Settings& settings_;
    uint last_ = 0; ///< id of the notification on screen, 0 none
};

} // namespace dsmsg::monitor

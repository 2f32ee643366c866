// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/Notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QVariantMap>

#include "app/monitor/app/Settings.h"

namespace dsmsg::monitor {

Notifier::Notifier(const Settings& settings, QObject* parent)
    : QObject(parent)
    , settings_(settings)
{
}

void Notifier::tell(const QString& title, const QString& text, Urgency urgency)
{
    const bool wanted =
        settings_.notifications() && QGuiApplication::applicationState() != Qt::ApplicationActive;
    if (wanted)
        send(title, text, urgency);
    Q_EMIT told(title, text, wanted);
}

void Notifier::send(const QString& title, const QString& text, Urgency urgency)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(static_cast<uchar>(urgency))},
                            {QStringLiteral("desktop-entry"), QGuiApplication::desktopFileName()}};
    const int serverDecides = -1;
    call << QGuiApplication::applicationDisplayName() << last_ << QGuiApplication::desktopFileName()
         << title << text.toHtmlEscaped() << QStringList() << hints << serverDecides;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, 5000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isValid())
            last_ = reply.value();
    });
}

} // namespace dsmsg::monitor

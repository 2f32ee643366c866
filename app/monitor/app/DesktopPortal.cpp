// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/DesktopPortal.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace dsmsg::monitor {

namespace {

const auto service = QStringLiteral("org.freedesktop.portal.Desktop");
const auto path = QStringLiteral("/org/freedesktop/portal/desktop");
const auto interface = QStringLiteral("org.freedesktop.portal.Settings");
const auto appearance = QStringLiteral("org.freedesktop.appearance");
const auto gnome = QStringLiteral("org.gnome.desktop.interface");

/// Read() wraps its value once more than the signal does.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

DesktopPortal::DesktopPortal(const DesktopLook& look, QObject* parent)
    : QObject(parent)
    , look_(look)
{
}

void DesktopPortal::start()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    ask(appearance, QStringLiteral("color-scheme"));
    ask(appearance, QStringLiteral("contrast"));
    ask(gnome, QStringLiteral("enable-animations"));
}

void DesktopPortal::ask(const QString& space, const QString& key)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    call << space << key;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 5000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, space, key] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid())
            take(space, key, unwrapped(reply.value().variant()));
    });
}

void DesktopPortal::onSettingChanged(const QString& space, const QString& key, const QDBusVariant& value)
{
    take(space, key, unwrapped(value.variant()));
}

void DesktopPortal::take(const QString& space, const QString& key, const QVariant& value)
{
    DesktopLook look = look_;
    if (space == appearance && key == QStringLiteral("color-scheme")) {
        const uint scheme = value.toUInt(); // 0 no preference, 1 dark, 2 light
        look.prefersDark = scheme == 1 || scheme == 2 ? std::optional(scheme == 1) : std::nullopt;
    } else if (space == appearance && key == QStringLiteral("contrast")) {
        look.moreContrast = value.toUInt() == 1;
    } else if (space == gnome && key == QStringLiteral("enable-animations")) {
        look.fewerAnimations = !value.toBool();
    }
    if (look == look_)
        return;
    look_ = look;
    Q_EMIT changed();
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/Tray.h"

#include <QGuiApplication>
#include <QIcon>

namespace dsmsg::monitor {

Tray::Tray(QObject* parent)
    : QObject(parent)
{
}

Tray::~Tray() = default;

void Tray::setShown(bool shown)
{
    if (shown == this->shown() || (shown && !available()))
        return;
    if (shown) {
        menu_ = std::make_unique<QMenu>();
        // Queued: what they cause ends the menu that they come from.
        connect(menu_->addAction(tr("Show the window")), &QAction::triggered, this, &Tray::windowWanted,
                Qt::QueuedConnection);
        connect(menu_->addAction(tr("Stop the nodes and quit")), &QAction::triggered, this, &Tray::quitWanted,
                Qt::QueuedConnection);
        icon_ = std::make_unique<QSystemTrayIcon>(QGuiApplication::windowIcon());
        icon_->setToolTip(tr("dsmsg: the embedded cluster runs"));
        icon_->setContextMenu(menu_.get());
        connect(
            icon_.get(), &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason != QSystemTrayIcon::Context)
                    Q_EMIT windowWanted();
            },
            Qt::QueuedConnection);
        icon_->show();
    } else {
        icon_.reset();
        menu_.reset();
    }
    Q_EMIT shownChanged();
}

} // namespace dsmsg::monitor

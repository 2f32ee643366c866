// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sign in the system's tray while the window is hidden and an embedded cluster goes on. Many desktops
// have no tray: then `available` is false, and nothing may hide there.
#pragma once

#include <memory>

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::monitor {

class Tray : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.tray")
    Q_PROPERTY(bool available READ available CONSTANT)
    Q_PROPERTY(bool shown READ shown WRITE setShown NOTIFY shownChanged)

public:
    explicit Tray(QObject* parent = nullptr);
    ~Tray() override;

    bool available() const { return QSystemTrayIcon::isSystemTrayAvailable(); }
    bool shown() const { return icon_ != nullptr; }
    void setShown(bool shown);

Q_SIGNALS:
    void shownChanged();
    void windowWanted();
    void quitWanted();

private:
    std::unique_ptr<QMenu> menu_;
    std::unique_ptr<QSystemTrayIcon> icon_;
};

} // namespace dsmsg::monitor

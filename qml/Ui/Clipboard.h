// SPDX-License-Identifier: GPL-3.0-or-later
//
// The clipboard, which QML has no access to.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::ui {

class Clipboard : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    Q_INVOKABLE void copy(const QString& text);
    Q_INVOKABLE QString text() const;

Q_SIGNALS:
    void copied(const QString& text);
};

} // namespace dsmsg::ui

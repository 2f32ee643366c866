// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything one window works with, made and ended in the right order; Main.qml gets it and hands it to the
// pages.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::monitor {

class Session : public QObject
{
    Q_OBJECT
    QML_ELEMENT

public:
    explicit Session(QObject* parent = nullptr);
};

} // namespace dsmsg::monitor

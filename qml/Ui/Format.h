// SPDX-License-Identifier: GPL-3.0-or-later
//
// Numbers, times and sizes as a person reads them, the same on every page. NaN, which is how a figure says
// that it is not known, is a dash. Times are seconds since 1970 and shown in the local zone.
#pragma once

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::ui {

class Format : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    Q_INVOKABLE static QString count(double n);         ///< 1 234 567
    Q_INVOKABLE static QString si(double n);            ///< 1.23 M
    Q_INVOKABLE static QString sparse(double n);        ///< at most three digits that count: 1.5, 12, 0.04
    Q_INVOKABLE static QString ms(double milliseconds); ///< 37 µs, 2.14 ms, 12.3 s
    Q_INVOKABLE static QString signedMs(double milliseconds);
    Q_INVOKABLE static QString seconds(double seconds);  ///< 320 ms, 4.2 s, 3 min 05 s, 2 h 10 min
    Q_INVOKABLE static QString bytes(double bytes);      ///< 52.2 GiB
    Q_INVOKABLE static QString percent(double fraction); ///< of 0 to 1
    Q_INVOKABLE static QString ppm(double fraction);     ///< a drift: +4.1 ppm
    Q_INVOKABLE static QString time(double ts);          ///< 14:03:07
    Q_INVOKABLE static QString timeMs(double ts);        ///< 14:03:07.512
    Q_INVOKABLE static QString dateTime(double ts);      ///< 23 Nov 2026, 14:03:07
    Q_INVOKABLE static QString age(double milliseconds); ///< now, 3 s ago, 2 min ago
    Q_INVOKABLE static QString dash();
};

} // namespace dsmsg::ui

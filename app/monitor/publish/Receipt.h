// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last send of a form, for QML: under way, or what became of it.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/publish/SendRecord.h"

namespace dsmsg::monitor {

class Receipt : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("MessageForm.receipt")
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(QString severity READ severity NOTIFY changed) ///< "good", "info", "warning", "critical"
    Q_PROPERTY(QString line READ line NOTIFY changed)         ///< everything in one line
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString detail READ detail NOTIFY changed)
    Q_PROPERTY(QString advice READ advice NOTIFY changed) ///< what to do; "": nothing
    Q_PROPERTY(QString route READ route NOTIFY changed)   ///< how it got to the leader; "": directly
    Q_PROPERTY(double seq READ seq NOTIFY changed)        ///< 0: it has none
    Q_PROPERTY(QString msgId READ msgId NOTIFY changed)
    Q_PROPERTY(QStringList durableOn READ durableOn NOTIFY changed)
    Q_PROPERTY(double elapsedMs READ elapsedMs NOTIFY changed)
    Q_PROPERTY(bool mayRepeat READ mayRepeat NOTIFY changed) ///< sending again with the same id makes sense

public:
    enum State
    {
        None,
        Sending,
        Done
    };
    Q_ENUM(State)

    using QObject::QObject;

    void begin(const QString& msgId);
    void take(const SendRecord& record);
    Q_INVOKABLE void clear();

    State state() const { return state_; }
    QString severity() const { return severityName(words_.severity); }
    QString line() const { return words_.line; }
    QString title() const { return words_.title; }
    QString detail() const { return words_.detail; }
    QString advice() const { return words_.advice; }
    QString route() const { return words_.route; }
    double seq() const { return double(record_.result.seq); }
    QString msgId() const { return record_.result.msgId; }
    QStringList durableOn() const;
    double elapsedMs() const { return record_.elapsedMs; }
    bool mayRepeat() const;
    const SendRecord& record() const { return record_; }

Q_SIGNALS:
    void changed();

private:
    State state_ = None;
    SendRecord record_;
    ReceiptWords words_;
};

} // namespace dsmsg::monitor

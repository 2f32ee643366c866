// SPDX-License-Identifier: GPL-3.0-or-later
//
// One message whole, for the drawer: asked of a node by its seq or its id, so that a receipt, an event and a
// row of a list can all show it. What the list knew is there at once.
#pragma once

#include <QObject>
#include <QPointer>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/messages/PayloadText.h"

namespace dsmsg::monitor {

class MessageDetail : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        dsmsg::monitor::ClusterMonitor* cluster READ cluster WRITE setCluster NOTIFY subjectChanged REQUIRED)
    /// {seq} or {msgId}, and whatever else is known of it: the names of MessageModel.get().
    Q_PROPERTY(QVariantMap subject READ subject WRITE setSubject NOTIFY subjectChanged)
    /// The message by the names of MessageModel.get(), and {offsetMs, magnitudeMs, method, confidenceMs,
    /// lowerTs, upperTs, clientClock, ttl}; what is not known is not there.
    Q_PROPERTY(QVariantMap message READ message NOTIFY changed)
    Q_PROPERTY(double seq READ seq NOTIFY changed) ///< 0: not known yet
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(QString pretty READ pretty NOTIFY changed) ///< indented JSON, or a string as its text
    Q_PROPERTY(QString raw READ raw NOTIFY changed)
    Q_PROPERTY(QString hex READ hex NOTIFY changed)
    Q_PROPERTY(bool prettyWhole READ prettyWhole NOTIFY changed) ///< false: the view shows the beginning
    Q_PROPERTY(bool rawWhole READ rawWhole NOTIFY changed)
    Q_PROPERTY(bool hexWhole READ hexWhole NOTIFY changed)
    Q_PROPERTY(double payloadBytes READ payloadBytes NOTIFY changed) ///< NaN unknown
    Q_PROPERTY(bool structured READ structured NOTIFY changed)       ///< the payload is an object or a list
    Q_PROPERTY(
        QVariantMap draft READ draft NOTIFY changed) ///< {sender, recipient, text, json} to publish again
    Q_PROPERTY(QString curl READ curl NOTIFY changed)

public:
    enum View
    {
        Pretty,
        Raw,
        Hex
    };
    Q_ENUM(View)

    /// A message as it came, and its views; made in another thread.
    struct Loaded
    {
        QVariantMap message;
        QByteArray payload;
        PayloadView pretty;
        PayloadView raw;
        PayloadView hex;
        QString error;
    };

    explicit MessageDetail(QObject* parent = nullptr);

    Q_INVOKABLE void reload();
    /// All of the payload in that form, also where the view shows only its beginning, to the clipboard.
    Q_INVOKABLE void copy(dsmsg::monitor::MessageDetail::View view) const;
    Q_INVOKABLE void copyText(const QString& text) const;

    ClusterMonitor* cluster() const { return cluster_; }
    void setCluster(ClusterMonitor* cluster);
    QVariantMap subject() const { return subject_; }
    void setSubject(const QVariantMap& subject);
    QVariantMap message() const { return loaded_.message; }
    double seq() const;
    bool loaded() const { return isLoaded_; }
    QString error() const { return error_; }
    QString pretty() const { return loaded_.pretty.text; }
    QString raw() const { return loaded_.raw.text; }
    QString hex() const { return loaded_.hex.text; }
    bool prettyWhole() const { return loaded_.pretty.whole; }
    bool rawWhole() const { return loaded_.raw.whole; }
    bool hexWhole() const { return loaded_.hex.whole; }
    double payloadBytes() const;
    bool structured() const;
    QVariantMap draft() const;
    QString curl() const;

Q_SIGNALS:
    void subjectChanged();
    void changed();

private:
    QUrl url() const;
    void took(const Loaded& loaded);

    QPointer<ClusterMonitor> cluster_;
    QVariantMap subject_;
    Loaded loaded_;
    bool isLoaded_ = false;
    QString error_;
    quint64 generation_ = 0; ///< of the subject: an answer to an older one is none
};

/// Reads the answer to a GET /messages that asks for one message; any thread.
MessageDetail::Loaded readDetail(const QByteArray& body);

} // namespace dsmsg::monitor

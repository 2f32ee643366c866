// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last messages that were delivered, the newest first. A page of five is asked for when the node says
// that it has delivered more, at most once a second: what is shown costs the same on a quiet cluster and on
// one with a thousand messages a second.
#pragma once

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/messages/MessageRow.h"

namespace dsmsg::monitor {

class DeliveryModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        dsmsg::monitor::ClusterMonitor* cluster READ cluster WRITE setCluster NOTIFY clusterChanged REQUIRED)
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged) ///< somebody looks
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QString error READ error NOTIFY errorChanged)

public:
    static constexpr int shown = 5;

    enum Roles
    {
        SeqRole = Qt::UserRole + 1, ///< `seq`
        DeliveryRole,               ///< `deliverySeq`
        TimeRole,                   ///< `timeText`, corrected
        ShiftRole,                  ///< `shiftText`
        SenderRole,                 ///< `sender`
        RecipientRole,              ///< `recipient`
        PreviewRole,                ///< `preview`
        LateRole,                   ///< `late`
    };

    explicit DeliveryModel(QObject* parent = nullptr);

    ClusterMonitor* cluster() const { return cluster_; }
    void setCluster(ClusterMonitor* cluster);
    bool active() const { return active_; }
    void setActive(bool active);
    int count() const { return int(rows_.size()); }
    QString error() const { return error_; }
    Q_INVOKABLE QVariantMap get(int row) const; ///< as MessageModel.get()

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void clusterChanged();
    void activeChanged();
    void countChanged();
    void errorChanged();

private:
    void forget();
    void watch();
    void sampled();
    void ask();
    void took(const MessageRows& page);
    void show(const QList<MessageRow>& newestFirst);

    QPointer<ClusterMonitor> cluster_;
    QPointer<NodeState> node_; ///< whose samples are watched
    bool active_ = false;
    bool asking_ = false;
    double askedAt_ = -1; ///< delivered_seq of the node when it was asked last
    quint64 generation_ = 0;
    QTimer pause_; ///< between two questions
    QList<MessageRow> rows_;
    QString error_;
};

} // namespace dsmsg::monitor

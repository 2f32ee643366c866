// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same request to every node, or to one of them: a row for each with its ApiCall. For what each node
// answers for itself, such as its ordering buffer or its clock.
#pragma once

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ApiCall.h"

namespace dsmsg::monitor {

class EachNode : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        dsmsg::monitor::ClusterMonitor* cluster READ cluster WRITE setCluster NOTIFY clusterChanged REQUIRED)
    /// The one node to ask; null: all.
    Q_PROPERTY(dsmsg::monitor::NodeState* only READ only WRITE setOnly NOTIFY onlyChanged)
    Q_PROPERTY(QString method READ method WRITE setMethod NOTIFY requestChanged)
    Q_PROPERTY(QString path READ path WRITE setPath NOTIFY requestChanged)
    Q_PROPERTY(QVariant body READ body WRITE setBody NOTIFY requestChanged)
    /// Asks at once and then so often, while `active`; 0: only run() asks.
    Q_PROPERTY(int repeatMs READ repeatMs WRITE setRepeatMs NOTIFY repeatChanged)
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY repeatChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    /// Of the only node; of all, a line of a shell that asks one after the other.
    Q_PROPERTY(QString curl READ curl NOTIFY curlChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Roles
    {
        NodeRole = Qt::UserRole + 1, ///< `node`
        CallRole,                    ///< `call`
    };

    explicit EachNode(QObject* parent = nullptr);
    ~EachNode() override;

    Q_INVOKABLE void run();
    Q_INVOKABLE void clear(); ///< forgets all answers
    Q_INVOKABLE dsmsg::monitor::ApiCall* at(int row) const;

    ClusterMonitor* cluster() const { return cluster_; }
    void setCluster(ClusterMonitor* cluster);
    NodeState* only() const { return only_; }
    void setOnly(NodeState* node);
    QString method() const { return method_; }
    void setMethod(const QString& method);
    QString path() const { return path_; }
    void setPath(const QString& path);
    QVariant body() const { return body_; }
    void setBody(const QVariant& body);
    int repeatMs() const { return repeat_.interval(); }
    void setRepeatMs(int ms);
    bool active() const { return active_; }
    void setActive(bool active);
    bool busy() const;
    QString curl() const;
    int count() const { return int(calls_.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void clusterChanged();
    void onlyChanged();
    void requestChanged();
    void repeatChanged();
    void busyChanged();
    void curlChanged();
    void countChanged();
    void answered(); ///< all have, or could not

private:
    void follow(); ///< rows as the nodes are now
    void removeRow(int row);
    void insertRow(int row, NodeState* node);
    void moveRow(int from, int to); ///< upwards
    void prepare(ApiCall& call) const;
    void prepareAll();
    void concluded();
    void scheduleRepeat();

    QPointer<ClusterMonitor> cluster_;
    QPointer<NodeState> only_;
    QString method_ = QStringLiteral("GET");
    QString path_;
    QVariant body_;
    bool active_ = true;
    QTimer repeat_;
    std::vector<std::unique_ptr<ApiCall>> calls_;
};

} // namespace dsmsg::monitor

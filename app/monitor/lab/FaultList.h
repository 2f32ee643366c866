// SPDX-License-Identifier: GPL-3.0-or-later
//
// The faults that are active, of all nodes, each with the time until it heals by itself. A node is asked now
// and then; in between the time runs down here.
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/lab/FaultKinds.h"

namespace dsmsg::monitor {

class FaultList : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("FaultLab.faults")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QUrl firstNode READ firstNode NOTIFY countChanged) ///< that has one

public:
    enum Roles
    {
        NodeNameRole = Qt::UserRole + 1, ///< `nodeName`
        NodeUrlRole,                     ///< `nodeUrl`
        FaultIdRole,                     ///< `faultId`
        KindRole,                        ///< `kind`
        TitleRole,                       ///< `faultTitle`: "Slow links"
        TextRole,                        ///< `faultText`: with value and peers
        IconNameRole,                    ///< `iconName`
        ForSRole,                        ///< `forS`
        RemainingSRole,                  ///< `remainingS`
        RemainingPartRole,               ///< `remainingPart`: 1 to 0
    };
    struct Row
    {
        QUrl url;
        QString name;
        Fault fault;
        qint64 endsMs = 0; ///< on the list's own clock
    };
    static constexpr qsizetype perNodeMax = 64; ///< a node takes no more

    explicit FaultList(QObject* parent = nullptr);

    QUrl firstNode() const { return rows_.empty() ? QUrl() : rows_.front().url; }
    int count() const { return static_cast<int>(rows_.size()); }
    const std::vector<Row>& rows() const { return rows_; }
    /// What `node` has now.
    void set(const QUrl& node, const QString& name, const QList<Fault>& faults);
    void forget(const QUrl& node) { set(node, {}, {}); }
    void clear();
    QList<Fault> of(const QUrl& node) const;
    /// Times have run down; rows whose time is over go.
    void tick();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    double remainingS(const Row& row) const;
    void removeWhere(const std::function<bool(const Row&)>& chosen);

    std::vector<Row> rows_;
    QElapsedTimer clock_;
};

} // namespace dsmsg::monitor

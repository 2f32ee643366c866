// SPDX-License-Identifier: GPL-3.0-or-later
//
// All that the nodes say of themselves side by side: a row for each field, a value for each node, and which
// values differ where they should not. Rows change when members do; values are compared twice a second while
// somebody looks, and only those that changed are announced.
#pragma once

#include <functional>

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterMonitor.h"

namespace dsmsg::monitor {

/// One field: where it stands, how it is shown, and how it is read.
struct NodeField
{
    enum class Compare
    {
        Never,  ///< differs by nature: a role, a latency
        Equal,  ///< must be the same everywhere
        Closely ///< grows everywhere: what a second brings is no difference
    };
    QString group;
    QString label;
    QString tip;
    QString format; ///< "text", "count", "ms", "seconds", "bytes", "ppm", "signedMs", "dateTime", "yesNo"
    Compare compare = Compare::Never;
    std::function<QVariant(const NodeState&)> read;
};

/// Those that every cluster has, then some for each of these nodes as a peer.
QList<NodeField> nodeFields(const QStringList& ids);

class NodeTable : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        dsmsg::monitor::ClusterMonitor* cluster READ cluster WRITE setCluster NOTIFY clusterChanged REQUIRED)
    /// Whether somebody looks.
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged)
    Q_PROPERTY(
        bool onlyDifferences READ onlyDifferences WRITE setOnlyDifferences NOTIFY onlyDifferencesChanged)
    /// Part of a label, whatever its case; "" shows all.
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(int differences READ differences NOTIFY differencesChanged) ///< rows with one
    Q_PROPERTY(int count READ count NOTIFY countChanged)                   ///< rows shown

public:
    enum Roles
    {
        GroupRole = Qt::UserRole + 1, ///< `group`
        LabelRole,                    ///< `label`
        TipRole,                      ///< `tip`
        FormatRole,                   ///< `format`
        CellsRole,   ///< `cells`: a value for each node, in the order of ClusterMonitor.nodes
        OddRole,     ///< `odd`: for each node whether it differs from the others
        DiffersRole, ///< `differs`
    };

    explicit NodeTable(QObject* parent = nullptr);

    ClusterMonitor* cluster() const { return cluster_; }
    void setCluster(ClusterMonitor* cluster);
    bool active() const { return active_; }
    void setActive(bool active);
    bool onlyDifferences() const { return onlyDifferences_; }
    void setOnlyDifferences(bool on);
    QString filter() const { return filter_; }
    void setFilter(const QString& filter);
    int differences() const { return differences_; }
    int count() const { return int(shown_.size()); }
    /// The values of a shown row as lines of text, a node each, for the clipboard.
    Q_INVOKABLE QString rowAsText(int row) const;
    /// Reads every field again; the timer does.
    Q_INVOKABLE void refresh();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void clusterChanged();
    void activeChanged();
    void onlyDifferencesChanged();
    void filterChanged();
    void differencesChanged();
    void countChanged();

private:
    struct Row
    {
        NodeField field;
        QVariantList cells;
        QVariantList odd;
        bool differs = false;
    };

    void makeRows();
    bool read(Row& row) const; ///< true: something changed
    QVariantList oddOnes(const Row& row) const;
    bool isShown(const Row& row) const;
    void showRows();

    QPointer<ClusterMonitor> cluster_;
    bool active_ = false;
    bool onlyDifferences_ = false;
    QString filter_;
    int differences_ = 0;
    QStringList names_; ///< of the nodes when the rows were made
    std::vector<Row> rows_;
    QList<int> shown_; ///< places in rows_
    QTimer timer_;
};

/// Which of the values differ from what most say; `close` is how far apart counters may be.
QVariantList differing(const QVariantList& cells, NodeField::Compare compare, double close);

} // namespace dsmsg::monitor

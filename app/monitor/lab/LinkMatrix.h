// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who reaches whom: a cell for each direction of each pair of nodes, row by row, what faults do to it and
// whether the receiving node really hears the other. Row is who speaks, column who listens.
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/lab/FaultKinds.h"

namespace dsmsg::monitor {

class LinkMatrix : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("FaultLab.links")
    Q_PROPERTY(QStringList names READ names NOTIFY shapeChanged) ///< of rows and columns
    Q_PROPERTY(int size READ size NOTIFY shapeChanged)
    Q_PROPERTY(int cutCount READ cutCount NOTIFY cellsChanged) ///< directions that faults cut

public:
    enum State
    {
        Self,
        Open,
        Cut,     ///< by a fault
        Lossy,   ///< by a fault
        Slow,    ///< by a fault
        Silent,  ///< no fault is known, but the listener does not hear the speaker
        Unknown, ///< the listener cannot be asked
    };
    Q_ENUM(State)
    enum Roles
    {
        FromRole = Qt::UserRole + 1, ///< `from`: name
        ToRole,                      ///< `to`
        StateRole,                   ///< `linkState`
        TextRole,                    ///< `linkText`: one sentence
        DelayMsRole,                 ///< `delayMs`
        LossRole,                    ///< `loss`: 0 to 1
        CutByRole,                   ///< `cutBy`: names of the nodes whose faults cut it
    };
    /// A node as the cluster's picture shows it.
    struct Node
    {
        QString name;
        QString url;
        bool heardFrom = false; ///< it answers, so that `hears` counts
        QStringList hears;      ///< names of the peers that it hears
        QList<Fault> faults;
    };
    struct Cell
    {
        State state = Unknown;
        double delayMs = 0;
        double loss = 0;
        QStringList cutBy;
        bool operator==(const Cell&) const = default;
    };
    using QAbstractListModel::QAbstractListModel;

    void update(const QList<Node>& nodes);
    const Cell& cell(int from, int to) const { return cells_[at(from, to)]; }
    Q_INVOKABLE bool isCut(const QString& from, const QString& to) const;

    QStringList names() const { return names_; }
    int size() const { return static_cast<int>(names_.size()); }
    int cutCount() const;
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void shapeChanged();
    void cellsChanged();

private:
    static Cell work(const Node& speaker, const Node& listener);
    QString textOf(int from, int to) const;
    std::size_t at(int from, int to) const { return static_cast<std::size_t>(from * size() + to); }

    QStringList names_;
    std::vector<Cell> cells_;
};

} // namespace dsmsg::monitor

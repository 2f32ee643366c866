// SPDX-License-Identifier: GPL-3.0-or-later
//
// The scenarios to choose from: the bundled ones, then a person's own, each a file below $XDG_DATA_HOME.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/lab/Scenario.h"

namespace dsmsg::monitor {

class ScenarioModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("FaultLab.scenarios")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QString lastSaved READ lastSaved NOTIFY countChanged) ///< its id

public:
    enum Roles
    {
        ScenarioIdRole = Qt::UserRole + 1, ///< `scenarioId`
        NameRole,                          ///< `name`
        AboutRole,                         ///< `about`
        IconNameRole,                      ///< `iconName`
        SecondsRole,                       ///< `seconds`
        PerSecondRole,                     ///< `perSecond`
        StepsRole,                         ///< `steps`: [{atS, lastsS, title}]
        KillsRole,                         ///< `kills`: needs the local cluster
        OwnRole,                           ///< `own`
    };
    static constexpr int ownMax = 100;

    explicit ScenarioModel(QString folder = ownFolder(), QObject* parent = nullptr);
    static QString ownFolder();

    /// Reads the own ones; again after each change.
    Q_INVOKABLE void reload();
    /// What is wrong with it, or "" when it was saved. `id` empty: a new one.
    Q_INVOKABLE QString save(const QString& id, const QString& json);
    Q_INVOKABLE void remove(const QString& id);           ///< an own one
    Q_INVOKABLE QString json(const QString& id) const;    ///< to begin an own one with
    Q_INVOKABLE QVariantMap get(const QString& id) const; ///< by role name; empty: none

    const Scenario* find(const QString& id) const;
    QString lastSaved() const { return lastSaved_; }
    int count() const { return static_cast<int>(scenarios_.size()); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    QString fileOf(const QString& id) const;

    const QString folder_;
    QList<Scenario> scenarios_;
    QString lastSaved_;
};

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the command palette lists: those of the commands that what was typed could mean, the best first. The
// commands themselves are QML's, which knows how to run them; here are only their words.
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::monitor {

class CommandModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    /// Each {title, group, iconName, keys, hint}; all text, all but the title may be missing.
    Q_PROPERTY(QVariantList commands READ commands WRITE setCommands NOTIFY commandsChanged)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Roles
    {
        TitleRole = Qt::UserRole + 1, ///< `title`
        MarkedRole,                   ///< `marked`: the title as styled text, what matched in bold
        GroupRole,                    ///< `group`
        IconRole,                     ///< `iconName`
        KeysRole,                     ///< `keys`
        HintRole,                     ///< `hint`
        SourceRole,                   ///< `source`: its place in `commands`
    };
    static constexpr int mostShown = 40;
    using QAbstractListModel::QAbstractListModel;

    QVariantList commands() const { return commands_; }
    void setCommands(const QVariantList& commands);
    QString query() const { return query_; }
    void setQuery(const QString& query);
    int count() const { return static_cast<int>(shown_.size()); }
    Q_INVOKABLE int sourceOf(int row) const; ///< -1: no such row

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void commandsChanged();
    void queryChanged();
    void countChanged();

private:
    struct Shown
    {
        int source = 0;
        int score = 0;
        QList<int> positions;
    };
    void filter();

    QVariantList commands_;
    QString query_;
    std::vector<Shown> shown_;
};

} // namespace dsmsg::monitor

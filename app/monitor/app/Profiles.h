// SPDX-License-Identifier: GPL-3.0-or-later
//
// Clusters by name: what a person calls them, where their nodes are, and a colour and a sign to know them by,
// so that nobody breaks the wrong one. Kept in the settings file; at most `capacity`.
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QDateTime>
#include <QSettings>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::monitor {

struct Profile
{
    QString name;
    QString urls;   ///< as typed, separated by commas
    int colour = 0; ///< of Theme.series()
    QString icon;   ///< name of an icon
    QDateTime lastUsed;
    friend bool operator==(const Profile&, const Profile&) = default;
};

class Profiles : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.profiles")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    /// The profile that is connected; -1: none, or a cluster without a profile.
    Q_PROPERTY(int current READ current NOTIFY currentChanged)
    Q_PROPERTY(QString currentName READ currentName NOTIFY currentChanged)
    Q_PROPERTY(int currentColour READ currentColour NOTIFY currentChanged) ///< -1: none
    Q_PROPERTY(QString currentIcon READ currentIcon NOTIFY currentChanged)

public:
    enum Roles
    {
        NameRole = Qt::UserRole + 1, ///< `name`
        UrlsRole,                    ///< `urls`
        ColourRole,                  ///< `colour`
        IconRole,                    ///< `iconName`
        LastUsedRole,                ///< `lastUsed`, text; "" never
        CurrentRole,                 ///< `isCurrent`
    };
    static constexpr int capacity = 50;

    /// `store` outlives it.
    explicit Profiles(QSettings& store, QObject* parent = nullptr);

    int count() const { return static_cast<int>(profiles_.size()); }
    int current() const { return current_; }
    QString currentName() const;
    int currentColour() const;
    QString currentIcon() const;

    /// Adds one (row -1) or changes one. Returns what is wrong, "" when nothing is.
    Q_INVOKABLE QString save(int row, const QString& name, const QString& urls, int colour,
                             const QString& icon);
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE QVariantMap get(int row) const; ///< by role name; empty: no such row
    /// A connection was made to these nodes: marks the profile that names them, remembers them for the next
    /// start.
    Q_INVOKABLE void noteConnected(const QString& urls);
    Q_INVOKABLE void noteDisconnected();
    QString lastUrls() const; ///< connected last; "": none, or disconnected on purpose

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();
    void currentChanged();

private:
    void read();
    void write();
    int rowOfUrls(const QString& urls) const;
    int rowOfName(const QString& name) const;
    void setCurrent(int row);

    QSettings& store_;
    std::vector<Profile> profiles_;
    int current_ = -1;
};

} // namespace dsmsg::monitor

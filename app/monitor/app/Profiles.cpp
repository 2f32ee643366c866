// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/Profiles.h"

#include <algorithm>

#include <QLocale>
#include <QSet>
#include <QVariantMap>

namespace dsmsg::monitor {

namespace {

constexpr int longestName = 60;
constexpr int longestUrls = 2000;
const auto listKey = QStringLiteral("profiles");
const auto lastKey = QStringLiteral("last_cluster");

/// The addresses without what does not matter: order, spaces, a scheme that was left out, a slash at the end.
QSet<QString> addresses(const QString& urls)
{
    QSet<QString> result;
    for (QString url : urls.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        url = url.trimmed();
        if (!url.contains(QStringLiteral("://")))
            url.prepend(QStringLiteral("http://"));
        while (url.endsWith(QLatin1Char('/')))
            url.chop(1);
        result.insert(url);
    }
    return result;
}

} // namespace

Profiles::Profiles(QSettings& store, QObject* parent)
    : QAbstractListModel(parent)
    , store_(store)
{
    read();
}

void Profiles::read()
{
    const int size = std::min(store_.beginReadArray(listKey), capacity);
    for (int row = 0; row < size; ++row) {
        store_.setArrayIndex(row);
        Profile profile{.name = store_.value(QStringLiteral("name")).toString().left(longestName),
                        .urls = store_.value(QStringLiteral("urls")).toString().left(longestUrls),
                        .colour = std::clamp(store_.value(QStringLiteral("colour")).toInt(), 0, 7),
                        .icon = store_.value(QStringLiteral("icon")).toString(),
                        .lastUsed = store_.value(QStringLiteral("last_used")).toDateTime()};
        if (!profile.name.isEmpty() && !profile.urls.isEmpty())
            profiles_.push_back(std::move(profile));
    }
    store_.endArray();
}

void Profiles::write()
{
    store_.remove(listKey);
    store_.beginWriteArray(listKey, count());
    for (int row = 0; row < count(); ++row) {
        const Profile& profile = profiles_[static_cast<std::size_t>(row)];
        store_.setArrayIndex(row);
        store_.setValue(QStringLiteral("name"), profile.name);
        store_.setValue(QStringLiteral("urls"), profile.urls);
        store_.setValue(QStringLiteral("colour"), profile.colour);
        store_.setValue(QStringLiteral("icon"), profile.icon);
        store_.setValue(QStringLiteral("last_used"), profile.lastUsed);
    }
    store_.endArray();
}

QString Profiles::save(int row, const QString& name, const QString& urls, int colour, const QString& icon)
{
    const Profile made{.name = name.trimmed().left(longestName),
                       .urls = urls.trimmed().left(longestUrls),
                       .colour = std::clamp(colour, 0, 7),
                       .icon = icon,
                       .lastUsed = row >= 0 && row < count()
                                       ? profiles_[static_cast<std::size_t>(row)].lastUsed
                                       : QDateTime()};
    if (made.name.isEmpty())
        return tr("Give it a name.");
    if (addresses(made.urls).isEmpty())
        return tr("Say where a node is, for example 127.0.0.1:8000.");
    if (const int same = rowOfName(made.name); same >= 0 && same != row)
        return tr("There is a profile of this name. Choose another one.");
    if (row >= 0 && row < count()) {
        profiles_[static_cast<std::size_t>(row)] = made;
        Q_EMIT dataChanged(index(row), index(row));
        if (row == current_)
            Q_EMIT currentChanged();
    } else {
        if (count() >= capacity)
            return tr("There are %1 profiles, which is as many as are kept. Remove one first.").arg(capacity);
        beginInsertRows({}, count(), count());
        profiles_.push_back(made);
        endInsertRows();
        Q_EMIT countChanged();
    }
    write();
    return {};
}

void Profiles::remove(int row)
{
    if (row < 0 || row >= count())
        return;
    beginRemoveRows({}, row, row);
    profiles_.erase(profiles_.begin() + row);
    endRemoveRows();
    write();
    if (row <= current_) {
        current_ = row == current_ ? -1 : current_ - 1;
        Q_EMIT currentChanged();
    }
    Q_EMIT countChanged();
}

void Profiles::noteConnected(const QString& urls)
{
    store_.setValue(lastKey, urls.left(longestUrls));
    const int row = rowOfUrls(urls);
    setCurrent(row);
    if (row < 0)
        return;
    profiles_[static_cast<std::size_t>(row)].lastUsed = QDateTime::currentDateTime();
    Q_EMIT dataChanged(index(row), index(row), {LastUsedRole});
    write();
}

void Profiles::noteDisconnected()
{
    store_.remove(lastKey);
    setCurrent(-1);
}

QString Profiles::lastUrls() const
{
    return store_.value(lastKey).toString();
}

/// The one that names exactly these nodes, else the first that shares one.
int Profiles::rowOfUrls(const QString& urls) const
{
    const QSet<QString> wanted = addresses(urls);
    const auto exact = std::ranges::find_if(
        profiles_, [&](const Profile& profile) { return addresses(profile.urls) == wanted; });
    if (exact != profiles_.end())
        return static_cast<int>(exact - profiles_.begin());
    const auto shared = std::ranges::find_if(
        profiles_, [&](const Profile& profile) { return addresses(profile.urls).intersects(wanted); });
    return shared == profiles_.end() ? -1 : static_cast<int>(shared - profiles_.begin());
}

int Profiles::rowOfName(const QString& name) const
{
    const auto found = std::ranges::find(profiles_, name, &Profile::name);
    return found == profiles_.end() ? -1 : static_cast<int>(found - profiles_.begin());
}

void Profiles::setCurrent(int row)
{
    if (row == current_)
        return;
    const int before = std::exchange(current_, row);
    for (const int changed : {before, row})
        if (changed >= 0)
            Q_EMIT dataChanged(index(changed), index(changed), {CurrentRole});
    Q_EMIT currentChanged();
}

QString Profiles::currentName() const
{
    return current_ < 0 ? QString() : profiles_[static_cast<std::size_t>(current_)].name;
}

int Profiles::currentColour() const
{
    return current_ < 0 ? -1 : profiles_[static_cast<std::size_t>(current_)].colour;
}

QString Profiles::currentIcon() const
{
    return current_ < 0 ? QString() : profiles_[static_cast<std::size_t>(current_)].icon;
}

QVariantMap Profiles::get(int row) const
{
    QVariantMap result;
    if (row < 0 || row >= count())
        return result;
    const auto names = roleNames();
    for (auto role = names.begin(); role != names.end(); ++role)
        result.insert(QString::fromLatin1(role.value()), data(index(row), role.key()));
    return result;
}

int Profiles::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant Profiles::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Profile& profile = profiles_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return profile.name;
    case UrlsRole:
        return profile.urls;
    case ColourRole:
        return profile.colour;
    case IconRole:
        return profile.icon;
    case LastUsedRole:
        return profile.lastUsed.isValid() ? QLocale().toString(profile.lastUsed, QLocale::ShortFormat)
                                          : QString();
    case CurrentRole:
        return index.row() == current_;
    default:
        return {};
    }
}

QHash<int, QByteArray> Profiles::roleNames() const
{
    return {{NameRole, "name"},     {UrlsRole, "urls"},         {ColourRole, "colour"},
            {IconRole, "iconName"}, {LastUsedRole, "lastUsed"}, {CurrentRole, "isCurrent"}};
}

} // namespace dsmsg::monitor

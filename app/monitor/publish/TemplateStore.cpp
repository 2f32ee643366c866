// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/TemplateStore.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace dsmsg::monitor {

namespace {

using Template = TemplateStore::Template;

constexpr qsizetype shownMax = 200; ///< characters of a text in a row

Template example(const QString& name, const char* sender, const char* recipient, const char* text)
{
    return {name,
            {{QStringLiteral("sender"), QLatin1String(sender)},
             {QStringLiteral("recipient"), QLatin1String(recipient)},
             {QStringLiteral("text"), QLatin1String(text)},
             {QStringLiteral("json"), text[0] == '{'}}};
}

QList<Template> examples()
{
    return {
        example(TemplateStore::tr("Greeting"), "monitor", "all", "Hello, number {{n}}"),
        example(TemplateStore::tr("Order"), "shop-{{random 1 4}}", "billing",
                "{\n  \"order\": {{random 1000 9999}},\n  \"item\": \"{{pick bolt|nut|washer}}\",\n  "
                "\"amount\": {{random 1 12}},\n  \"key\": \"{{uuid}}\"\n}"),
        example(
            TemplateStore::tr("Sensor reading"), "sensor-{{random 1 9}}", "plant",
            "{\n  \"at\": {{now}},\n  \"celsius\": {{random 18 31}},\n  \"state\": \"{{pick ok|ok|ok|warm}}\"\n}"),
    };
}

std::optional<QList<Template>> read(const QByteArray& contents)
{
    const QJsonValue stored = QJsonDocument::fromJson(contents).object()[QLatin1String("templates")];
    if (!stored.isArray())
        return std::nullopt;
    QList<Template> templates;
    for (const QJsonValue& value : stored.toArray()) {
        const QVariantMap map = value.toObject().toVariantMap();
        const QString name = map.value(QStringLiteral("name")).toString().left(TemplateStore::nameMax);
        if (!name.isEmpty() && templates.size() < TemplateStore::capacity)
            templates.append({name, map.value(QStringLiteral("form")).toMap()});
    }
    return templates;
}

QByteArray write(const QList<Template>& templates)
{
    QJsonArray array;
    for (const Template& one : templates)
        array.append(QJsonObject{{QStringLiteral("name"), one.name},
                                 {QStringLiteral("form"), QJsonObject::fromVariantMap(one.form)}});
    return QJsonDocument(QJsonObject{{QStringLiteral("version"), 1}, {QStringLiteral("templates"), array}})
        .toJson();
}

} // namespace

TemplateStore::TemplateStore(const QString& path, QObject& elsewhere, QObject* parent)
    : QAbstractListModel(parent)
    , file_(path, elsewhere)
{
    file_.load([this](const QByteArray& contents) {
        auto stored = read(contents);
        return StateFile::Loaded{contents.isEmpty() || stored, [this, stored] {
                                     for (const Template& one : stored ? *stored : examples())
                                         if (indexOf(one.name) < 0)
                                             insert(one);
                                     loaded_ = true;
                                     Q_EMIT loadedChanged();
                                 }};
    });
}

QStringList TemplateStore::names() const
{
    QStringList names;
    for (const Template& one : templates_)
        names.append(one.name);
    return names;
}

int TemplateStore::indexOf(const QString& name) const
{
    return int(names().indexOf(name));
}

void TemplateStore::insert(const Template& added)
{
    const auto place = std::lower_bound(
        templates_.begin(), templates_.end(), added,
        [](const Template& a, const Template& b) { return QString::localeAwareCompare(a.name, b.name) < 0; });
    const int row = int(place - templates_.begin());
    beginInsertRows({}, row, row);
    templates_.insert(row, added);
    endInsertRows();
    Q_EMIT countChanged();
    Q_EMIT namesChanged();
}

QString TemplateStore::problemOf(const QString& name) const
{
    if (name.isEmpty())
        return tr("A template needs a name.");
    if (name.size() > nameMax)
        return tr("A name has at most %1 characters.").arg(nameMax);
    return {};
}

QString TemplateStore::save(const QString& name, MessageForm* form)
{
    const Template added{name.trimmed(), form->toMap()};
    if (const QString problem = problemOf(added.name); !problem.isEmpty())
        return problem;
    if (form->text().size() > textMax)
        return tr("A template's text has at most %1 characters; this one has %2.")
            .arg(textMax)
            .arg(form->text().size());
    if (const int row = indexOf(added.name); row >= 0) {
        templates_[row] = added;
        Q_EMIT dataChanged(index(row), index(row));
    } else if (count() >= capacity) {
        return tr("There are %1 templates, and no room for more. Remove one that is not used.").arg(capacity);
    } else {
        insert(added);
    }
    saveSoon();
    return {};
}

void TemplateStore::apply(int row, MessageForm* form) const
{
    form->fromMap(at(row).form);
}

QString TemplateStore::rename(int row, const QString& name)
{
    Template renamed = at(row);
    if (renamed.name == name.trimmed())
        return {};
    renamed.name = name.trimmed();
    if (const QString problem = problemOf(renamed.name); !problem.isEmpty())
        return problem;
    if (indexOf(renamed.name) >= 0)
        return tr("There is a template '%1' already.").arg(renamed.name);
    remove(row);
    insert(renamed);
    return {};
}

void TemplateStore::remove(int row)
{
    beginRemoveRows({}, row, row);
    templates_.removeAt(row);
    endRemoveRows();
    Q_EMIT countChanged();
    Q_EMIT namesChanged();
    saveSoon();
}

void TemplateStore::saveSoon()
{
    file_.saveSoon(
        [this] { return StateFile::Write([templates = templates_] { return write(templates); }); });
}

int TemplateStore::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant TemplateStore::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Template& one = at(index.row());
    switch (role) {
    case NameRole:
        return one.name;
    case SenderRole:
        return one.form.value(QStringLiteral("sender"));
    case RecipientRole:
        return one.form.value(QStringLiteral("recipient"));
    case TextRole:
        return one.form.value(QStringLiteral("text")).toString().left(shownMax).simplified();
    case JsonRole:
        return one.form.value(QStringLiteral("json"));
    default:
        return {};
    }
}

QHash<int, QByteArray> TemplateStore::roleNames() const
{
    return {{NameRole, "name"},
            {SenderRole, "sender"},
            {RecipientRole, "recipient"},
            {TextRole, "payload"},
            {JsonRole, "json"}};
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/CsvDrafts.h"

#include <cmath>

#include <QCoreApplication>

namespace dsmsg::monitor {

namespace {

class CsvText
{
    Q_DECLARE_TR_FUNCTIONS(CsvDrafts)

public:
    static Error invalid(const QString& text) { return Error{Error::Kind::Invalid, text.toStdString()}; }
    static Error noNames()
    {
        return invalid(
            tr("The first line must name the columns: payload or payload_json, and if you like sender, "
               "recipient, msg_id, ts, ttl. Other columns become the payload when there is none."));
    }
    static Error twice(const QString& name)
    {
        return invalid(tr("The column '%1' is there twice.").arg(name));
    }
    static Error fieldCount(qsizetype has, qsizetype wanted)
    {
        return invalid(tr("%1 fields, but %2 columns").arg(has).arg(wanted));
    }
    static Error noNumber(const QString& name)
    {
        return invalid(tr("%1 must be a number of seconds").arg(name));
    }
    static Error noJson() { return invalid(tr("payload_json is not valid JSON")); }
};

bool isKnown(const QString& name)
{
    static const QStringList known{QStringLiteral("sender"),      QStringLiteral("recipient"),
                                   QStringLiteral("msg_id"),      QStringLiteral("ts"),
                                   QStringLiteral("ttl"),         QStringLiteral("payload"),
                                   QStringLiteral("payload_json")};
    return known.contains(name);
}

std::optional<double> numberOf(const QString& text)
{
    bool ok = false;
    const double value = text.trimmed().toDouble(&ok);
    return ok && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

} // namespace

Result<CsvDrafts> CsvDrafts::of(const QStringList& names)
{
    CsvDrafts drafts;
    for (const QString& name : names)
        drafts.names_.append(name.trimmed());
    for (qsizetype i = 0; i < drafts.names_.size(); ++i)
        if (drafts.names_.indexOf(drafts.names_[i]) != i)
            return CsvText::twice(drafts.names_[i]);
    drafts.hasPayload_ = drafts.names_.contains(QLatin1String("payload")) ||
                         drafts.names_.contains(QLatin1String("payload_json"));
    const bool hasOthers = std::any_of(drafts.names_.cbegin(), drafts.names_.cend(),
                                       [](const QString& name) { return !name.isEmpty() && !isKnown(name); });
    if (!drafts.hasPayload_ && !hasOthers)
        return CsvText::noNames();
    return drafts;
}

Result<client::Draft> CsvDrafts::read(const CsvReader::Row& row) const
{
    if (!row.problem.isEmpty())
        return CsvText::invalid(row.problem);
    if (row.fields.size() != names_.size())
        return CsvText::fieldCount(row.fields.size(), names_.size());
    client::Draft draft;
    QByteArray object;
    for (qsizetype i = 0; i < names_.size(); ++i) {
        const QString& name = names_[i];
        const QString& field = row.fields[i];
        if (name == QLatin1String("sender"))
            draft.sender = field;
        else if (name == QLatin1String("recipient"))
            draft.recipient = field;
        else if (name == QLatin1String("msg_id"))
            draft.msgId = field;
        else if (name == QLatin1String("payload"))
            draft.payload = client::jsonString(field);
        else if (name == QLatin1String("payload_json"))
            draft.payload = field.trimmed().toUtf8();
        else if (name == QLatin1String("ts") || name == QLatin1String("ttl")) {
            const auto number = numberOf(field);
            if (!number && !field.trimmed().isEmpty())
                return CsvText::noNumber(name);
            (name == QLatin1String("ts") ? draft.ts : draft.ttl) = number;
        } else if (!hasPayload_ && !name.isEmpty())
            object +=
                (object.isEmpty() ? "" : ",") + client::jsonString(name) + ':' + client::jsonString(field);
    }
    if (!hasPayload_)
        draft.payload = '{' + object + '}';
    if (!client::isJsonValue(draft.payload))
        return CsvText::noJson();
    return draft;
}

} // namespace dsmsg::monitor

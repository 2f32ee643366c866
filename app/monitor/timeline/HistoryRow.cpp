// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/timeline/HistoryRow.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

namespace dsmsg::monitor {

namespace {

class Columns
{
public:
    explicit Columns(const QJsonArray& names)
    {
        for (qsizetype at = 0; at < names.size(); ++at)
            places_.insert(names.at(at).toString(), at);
    }

    double number(const QJsonArray& row, const char* name) const
    {
        return row.at(places_.value(QLatin1String(name), -1)).toDouble(HistoryRow::unknown);
    }
    QString word(const QJsonArray& row, const char* name) const
    {
        return row.at(places_.value(QLatin1String(name), -1)).toString();
    }
    bool has(const char* name) const { return places_.contains(QLatin1String(name)); }

private:
    QHash<QString, qsizetype> places_;
};

} // namespace

std::optional<HistoryPage> readHistory(const QByteArray& json)
{
    const QJsonObject answer = QJsonDocument::fromJson(json).object();
    const Columns columns(answer.value(QLatin1String("columns")).toArray());
    if (!columns.has("ts") || !answer.value(QLatin1String("rows")).isArray())
        return std::nullopt;
    HistoryPage page;
    const QJsonArray rows = answer.value(QLatin1String("rows")).toArray();
    page.rows.reserve(static_cast<std::size_t>(rows.size()));
    for (const QJsonValue& value : rows) {
        const QJsonArray row = value.toArray();
        page.rows.push_back({.ts = columns.number(row, "ts"),
                             .seconds = columns.number(row, "seconds"),
                             .leads = columns.word(row, "role") == QLatin1String("Leader"),
                             .term = columns.number(row, "term"),
                             .acknowledgedPerS = columns.number(row, "acknowledged_per_s"),
                             .p50Ms = columns.number(row, "p50_ms"),
                             .p95Ms = columns.number(row, "p95_ms"),
                             .p99Ms = columns.number(row, "p99_ms"),
                             .boundMs = columns.number(row, "bound_ms"),
                             .clockOffsetMs = columns.number(row, "clock_offset_ms"),
                             .commit = columns.number(row, "commit"),
                             .lag = columns.number(row, "lag")});
    }
    if (answer.value(QLatin1String("has_more")).toBool() &&
        answer.value(QLatin1String("next_from")).isDouble())
        page.nextFrom = answer.value(QLatin1String("next_from")).toDouble();
    return page;
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/timeline/HistoryReader.h"

#include <QUrlQuery>

#include "app/monitor/cluster/Requests.h"

namespace dsmsg::monitor {

namespace {

constexpr int fineStep = 1;
constexpr int coarseStep = 10;

} // namespace

HistoryReader::HistoryReader(Requests& requests, QString nodeId, const QUrl& node, QObject* parent)
    : QObject(parent)
    , requests_(requests)
    , nodeId_(std::move(nodeId))
    , node_(node)
{
}

void HistoryReader::start()
{
    if (running_)
        return;
    running_ = true;
    pages_ = 0;
    fine_.clear();
    coarse_.clear();
    ask(std::nullopt, fineStep);
}

void HistoryReader::ask(std::optional<double> from, int stepSeconds)
{
    QUrl url = node_;
    url.setPath(QStringLiteral("/observe/history"));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("step"), QString::number(stepSeconds));
    if (from)
        query.addQueryItem(QStringLiteral("from"), QString::number(*from, 'f', 6));
    url.setQuery(query);
    requests_.start<std::optional<HistoryPage>>(
        {.url = url, .body = {}}, this,
        [](const client::HttpReply& reply) {
            return reply.status == 200 ? readHistory(reply.body) : std::nullopt;
        },
        [this, stepSeconds](const std::optional<HistoryPage>& page) { take(page, stepSeconds); });
}

void HistoryReader::take(const std::optional<HistoryPage>& page, int stepSeconds)
{
    ++pages_;
    auto& rows = stepSeconds == fineStep ? fine_ : coarse_;
    if (page)
        rows.insert(rows.end(), page->rows.begin(), page->rows.end());
    if (page && page->nextFrom && pages_ < mostPages)
        ask(page->nextFrom, stepSeconds);
    else if (page && stepSeconds == fineStep)
        ask(std::nullopt, coarseStep);
    else
        finish();
}

void HistoryReader::finish()
{
    running_ = false;
    rows_ = std::move(coarse_);
    if (!fine_.empty()) {
        const double first = fine_.front().ts - fine_.front().seconds;
        std::erase_if(rows_, [first](const HistoryRow& row) { return row.ts > first; });
    }
    rows_.insert(rows_.end(), fine_.begin(), fine_.end());
    fine_ = {};
    coarse_ = {};
    Q_EMIT finished();
}

} // namespace dsmsg::monitor

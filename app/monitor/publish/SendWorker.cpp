// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/SendWorker.h"

namespace dsmsg::monitor {

SendWorker::~SendWorker() = default;

void SendWorker::open(const QList<QUrl>& nodes)
{
    if (client_ && nodes == nodes_)
        return;
    // What is on its way to the nodes of before has lost its client.
    cancelAll();
    nodes_ = nodes;
    client::Client::Options options;
    options.endpoints = nodes;
    options.limits.total = patience;
    options.seed = systemSeed();
    options.observer = [this](const client::Attempt& attempt) { heard(attempt); };
    client_ = std::make_unique<client::Client>(std::move(options));
}

void SendWorker::send(quint64 ticket, const QList<QUrl>& nodes, const client::Draft& draft)
{
    open(nodes);
    if (underWay_.size() >= underWayMax) {
        SendRecord record;
        record.result.msgId = draft.msgId;
        record.result.reason =
            tr("%1 messages are under way already; wait for some of them").arg(underWayMax);
        Q_EMIT done(ticket, record);
        return;
    }
    UnderWay& mine = underWay_[ticket];
    mine.msgId = draft.msgId;
    mine.since.start();
    client_->send(draft, [this, ticket](const client::SendResult& result) { finished(ticket, result); });
}

void SendWorker::heard(const client::Attempt& attempt)
{
    if (!attempt.redirectedTo.isValid())
        return;
    const QUrl from = attempt.reply.url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery);
    // An attempt does not say whose it is; all that wait were waiting for this node.
    for (auto& [ticket, mine] : underWay_)
        if (!mine.redirectors.contains(from))
            mine.redirectors.append(from);
    Q_EMIT redirected(from, attempt.redirectedTo);
}

void SendWorker::finished(quint64 ticket, const client::SendResult& result)
{
    const auto found = underWay_.find(ticket);
    if (found == underWay_.end())
        return;
    SendRecord record;
    record.result = result;
    if (record.result.receipt)
        record.result.receipt->durableOn.sort();
    record.elapsedMs = double(found->second.since.nsecsElapsed()) / 1e6;
    record.redirectors = found->second.redirectors;
    underWay_.erase(found);
    Q_EMIT done(ticket, record);
}

void SendWorker::cancelAll()
{
    client_.reset();
    nodes_.clear();
    for (const auto& [ticket, mine] : std::exchange(underWay_, {})) {
        SendRecord record;
        record.result.msgId = mine.msgId;
        record.result.outcome = client::SendOutcome::Unknown;
        record.elapsedMs = double(mine.since.nsecsElapsed()) / 1e6;
        record.redirectors = mine.redirectors;
        record.cancelled = true;
        Q_EMIT done(ticket, record);
    }
}

} // namespace dsmsg::monitor

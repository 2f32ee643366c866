// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/DeliveryModel.h"

#include <algorithm>

#include "app/monitor/cluster/Requests.h"
#include "app/monitor/messages/MessageFilter.h"
#include "app/monitor/messages/MessageModel.h"

namespace dsmsg::monitor {

namespace {

constexpr int pauseMs = 1000;

} // namespace

DeliveryModel::DeliveryModel(QObject* parent)
    : QAbstractListModel(parent)
{
    pause_.setSingleShot(true);
    pause_.setInterval(pauseMs);
    connect(&pause_, &QTimer::timeout, this, &DeliveryModel::sampled);
}

void DeliveryModel::setCluster(ClusterMonitor* cluster)
{
    if (cluster_ == cluster)
        return;
    if (cluster_)
        cluster_->disconnect(this);
    cluster_ = cluster;
    if (cluster_) {
        connect(cluster_, &ClusterMonitor::targetChanged, this, &DeliveryModel::watch);
        connect(cluster_, &ClusterMonitor::connectedAnew, this, &DeliveryModel::forget);
    }
    Q_EMIT clusterChanged();
    watch();
}

void DeliveryModel::setActive(bool active)
{
    if (active_ == active)
        return;
    active_ = active;
    Q_EMIT activeChanged();
    watch();
}

void DeliveryModel::forget()
{
    ++generation_;
    asking_ = false;
    show({});
    watch();
}

void DeliveryModel::watch()
{
    if (node_)
        node_->disconnect(this);
    node_ = active_ && cluster_ ? cluster_->target() : nullptr;
    askedAt_ = -1;
    if (!node_)
        return;
    connect(node_, &NodeState::sampled, this, &DeliveryModel::sampled);
    connect(node_, &NodeState::statusChanged, this, &DeliveryModel::sampled);
    sampled();
}

void DeliveryModel::sampled()
{
    if (node_ && !asking_ && !pause_.isActive() && node_->deliveredSeq() != askedAt_)
        ask();
}

void DeliveryModel::ask()
{
    asking_ = true;
    askedAt_ = node_->deliveredSeq();
    MessageFilter filter;
    filter.order = client::Order::Delivery;
    client::HttpRequest request;
    request.url = pageUrl(node_->url(), filter, {PagePlace::Direction::Older, PagePlace::newest, shown});
    const auto read = [](const client::HttpReply& reply) {
        if (reply.status == 200)
            return readRows(reply.body, client::Order::Delivery, QDate::currentDate());
        MessageRows none;
        none.error = reply.status == 0 ? reply.problem : QStringLiteral("HTTP %1").arg(reply.status);
        return none;
    };
    cluster_->requests().start<MessageRows>(request, this, read,
                                            [this, generation = generation_](const MessageRows& page) {
                                                if (generation == generation_)
                                                    took(page);
                                            });
}

void DeliveryModel::took(const MessageRows& page)
{
    asking_ = false;
    pause_.start();
    if (page.error.isEmpty()) {
        QList<MessageRow> rows = page.rows;
        std::reverse(rows.begin(), rows.end());
        show(rows);
    } else {
        askedAt_ = -1;
    }
    if (error_ != page.error) {
        error_ = page.error;
        Q_EMIT errorChanged();
    }
}

/// By difference: what was delivered since comes in front, what no longer fits goes at the end.
void DeliveryModel::show(const QList<MessageRow>& newestFirst)
{
    const quint64 newest = rows_.isEmpty() ? 0 : rows_.first().deliverySeq;
    const auto known = std::find_if(newestFirst.begin(), newestFirst.end(),
                                    [newest](const MessageRow& row) { return row.deliverySeq <= newest; });
    if (newestFirst.isEmpty() || known == newestFirst.end() || known->deliverySeq != newest) {
        // Nothing in common.
        beginResetModel();
        rows_ = newestFirst;
        endResetModel();
        Q_EMIT countChanged();
        return;
    }
    const int fresh = int(known - newestFirst.begin());
    if (fresh == 0)
        return;
    beginInsertRows({}, 0, fresh - 1);
    rows_ = newestFirst.first(fresh) + rows_;
    endInsertRows();
    if (rows_.size() > shown) {
        beginRemoveRows({}, shown, int(rows_.size()) - 1);
        rows_.resize(shown);
        endRemoveRows();
    }
    Q_EMIT countChanged();
}

QVariantMap DeliveryModel::get(int row) const
{
    return row >= 0 && row < count() ? toMap(rows_.at(row)) : QVariantMap();
}

int DeliveryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant DeliveryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const MessageRow& row = rows_.at(index.row());
    switch (role) {
    case SeqRole:
        return double(row.seq);
    case DeliveryRole:
        return double(row.deliverySeq);
    case TimeRole:
        return row.timeText;
    case ShiftRole:
        return row.shiftText;
    case SenderRole:
        return row.sender;
    case RecipientRole:
        return row.recipient;
    case PreviewRole:
        return row.preview;
    case LateRole:
        return row.late;
    default:
        return {};
    }
}

QHash<int, QByteArray> DeliveryModel::roleNames() const
{
    return {{SeqRole, "seq"},         {DeliveryRole, "deliverySeq"},
            {TimeRole, "timeText"},   {ShiftRole, "shiftText"},
            {SenderRole, "sender"},   {RecipientRole, "recipient"},
            {PreviewRole, "preview"}, {LateRole, "late"}};
}

} // namespace dsmsg::monitor

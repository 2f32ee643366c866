// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/MessageTrace.h"

#include <limits>

#include <QUrlQuery>

#include "app/monitor/cluster/Requests.h"
#include "app/monitor/messages/MessageFilter.h"
#include "core/client/Answers.h"

namespace dsmsg::monitor {

namespace {

constexpr int againMs = 1000;

QUrl traceUrl(QUrl node, quint64 seq)
{
    node.setPath(QStringLiteral("/trace"));
    node.setQuery(QStringLiteral("seq=%1").arg(seq));
    return node;
}

} // namespace

struct MessageTrace::Reply
{
    std::optional<LifeLine> line;
    QString error;
};

MessageTrace::MessageTrace(QObject* parent)
    : QObject(parent)
{
    again_.setSingleShot(true);
    again_.setInterval(againMs);
    connect(&again_, &QTimer::timeout, this, &MessageTrace::ask);
}

void MessageTrace::setCluster(ClusterMonitor* cluster)
{
    if (cluster_ == cluster)
        return;
    cluster_ = cluster;
    restart();
}

void MessageTrace::setSeq(double seq)
{
    const quint64 wanted = seq >= 1 ? quint64(seq) : 0;
    if (seq_ == wanted)
        return;
    seq_ = wanted;
    restart();
}

void MessageTrace::restart()
{
    ++generation_;
    line_ = {};
    error_.clear();
    asked_.clear();
    Q_EMIT questionChanged();
    Q_EMIT changed();
    ask();
}

void MessageTrace::ask()
{
    again_.stop();
    if (!cluster_ || seq_ == 0)
        return;
    const NodeState* whom = cluster_->leader() ? cluster_->leader() : cluster_->target();
    if (whom)
        askAt(whom->url(), false);
    else
        again_.start();
}

void MessageTrace::askAt(const QUrl& node, bool elsewhere)
{
    asked_ = node;
    client::HttpRequest request;
    request.url = traceUrl(node, seq_);
    const auto read = [](const client::HttpReply& reply) {
        Reply result;
        if (reply.status == 200)
            result.line = lifeLineOf(reply.body);
        else if (reply.status == 0)
            result.error = reply.problem;
        else
            result.error = client::readReason(reply.body);
        if (!result.line && result.error.isEmpty())
            result.error = QStringLiteral("HTTP %1").arg(reply.status);
        return result;
    };
    cluster_->requests().start<Reply>(request, this, read,
                                      [this, node, elsewhere, generation = generation_](const Reply& reply) {
                                          if (generation == generation_)
                                              answered(reply, node, elsewhere);
                                      });
}

void MessageTrace::answered(const Reply& reply, const QUrl& node, bool elsewhere)
{
    if (reply.line && (!elsewhere || reply.line->known() >= line_.known()))
        line_ = *reply.line;
    // What the leader said does not matter when another node has said something.
    error_ = reply.line || elsewhere ? QString() : tr("%1: %2").arg(node.authority(), reply.error);
    Q_EMIT changed();
    const QUrl leader(line_.leaderUrl);
    const bool leaderKnowsMore = known() && !line_.fromReceived && leader.isValid() && leader != node;
    if (leaderKnowsMore && !elsewhere)
        askAt(leader, true);
    else if (!known() || waiting())
        again_.start();
}

QVariantList MessageTrace::stages() const
{
    const auto label = [](const LifeStage& stage) {
        switch (stage.kind) {
        case LifeStage::Kind::Received:
            return tr("Received");
        case LifeStage::Kind::Appended:
            return tr("Appended");
        case LifeStage::Kind::Durable:
            return tr("On disk");
        case LifeStage::Kind::Committed:
            return tr("Committed");
        case LifeStage::Kind::Applied:
            return tr("Applied");
        case LifeStage::Kind::Delivered:
            return tr("Delivered");
        }
        return QString();
    };
    const QString leader = cluster_ && cluster_->leader() ? cluster_->leader()->id() : QString();
    QVariantList list;
    for (const LifeStage& stage : line_.stages)
        list.append(QVariantMap{
            {QStringLiteral("label"), label(stage)},
            {QStringLiteral("node"), stage.node},
            {QStringLiteral("leader"), !stage.node.isEmpty() && stage.node == leader},
            {QStringLiteral("durable"), stage.kind == LifeStage::Kind::Durable},
            {QStringLiteral("committed"), stage.kind == LifeStage::Kind::Committed},
            {QStringLiteral("delivered"), stage.kind == LifeStage::Kind::Delivered},
            {QStringLiteral("known"), stage.atMs.has_value()},
            {QStringLiteral("atMs"), stage.atMs.value_or(std::numeric_limits<double>::quiet_NaN())},
            {QStringLiteral("from"), stage.from},
            {QStringLiteral("to"), stage.to}});
    return list;
}

QVariantList MessageTrace::ticks() const
{
    QVariantList list;
    for (const LifeTick& tick : line_.ticks)
        list.append(QVariantMap{{QStringLiteral("at"), tick.at}, {QStringLiteral("ms"), tick.ms}});
    return list;
}

QString MessageTrace::summary() const
{
    QStringList parts;
    for (const QVariant& entry : stages()) {
        const QVariantMap stage = entry.toMap();
        const QString what = (stage.value(QStringLiteral("label")).toString() + QLatin1Char(' ') +
                              stage.value(QStringLiteral("node")).toString())
                                 .trimmed();
        parts << (stage.value(QStringLiteral("known")).toBool()
                      ? tr("%1 after %2 ms")
                            .arg(what)
                            .arg(stage.value(QStringLiteral("atMs")).toDouble(), 0, 'f', 1)
                      : tr("%1 unknown").arg(what));
    }
    return parts.join(QStringLiteral(", "));
}

QString MessageTrace::curl() const
{
    return asked_.isEmpty() || seq_ == 0 ? QString() : curlOf(traceUrl(asked_, seq_), QStringLiteral("-s"));
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/MessageBrowser.h"

#include <algorithm>
#include <limits>

#include "app/monitor/cluster/Requests.h"

namespace dsmsg::monitor {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr int againMs = 2000;
constexpr int secondMs = 1000;

} // namespace

MessageBrowser::MessageBrowser(Requests& requests, ClusterMonitor& cluster, QObject* parent)
    : QObject(parent)
    , requests_(requests)
    , cluster_(cluster)
    , loader_(requests)
    , deliveries_(requests)
{
    again_.setSingleShot(true);
    again_.setInterval(againMs);
    second_.setInterval(secondMs);
    connect(&again_, &QTimer::timeout, this, &MessageBrowser::retry);
    connect(&second_, &QTimer::timeout, this, &MessageBrowser::tick);
    connect(&loader_, &PageLoader::progressed, this, &MessageBrowser::changed);
    connect(&cluster_, &ClusterMonitor::targetChanged, this, &MessageBrowser::targetChanged);
    connect(&cluster_, &ClusterMonitor::connectedAnew, this, &MessageBrowser::forget);
}

MessageBrowser::~MessageBrowser() = default;

MessageBrowser::State MessageBrowser::state() const
{
    if (model_.count() > 0)
        return Ready;
    if (!cluster_.target())
        return NotConnected;
    if (!error_.isEmpty())
        return Failed;
    if (!shown_)
        return Loading;
    return filter_.isNarrow() ? NoMatch : Empty;
}

NodeState* MessageBrowser::node() const
{
    return cluster_.target();
}

double MessageBrowser::fromTs() const
{
    return filter_.fromTs.value_or(unknown);
}

double MessageBrowser::toTs() const
{
    return filter_.toTs.value_or(unknown);
}

double MessageBrowser::ageMs() const
{
    return sinceAnswer_.isValid() ? double(sinceAnswer_.elapsed()) : unknown;
}

QString MessageBrowser::curl() const
{
    if (!cluster_.target())
        return {};
    if (live_ && tails())
        return curlOf(streamUrl(cluster_.target()->url(), filter_), QStringLiteral("-sN"));
    if (!asked_)
        return {};
    PagePlace place = *asked_;
    // The newest page, by a number that a person would write.
    if (place.position == PagePlace::newest && model_.count() > 0)
        place.position = quint64(model_.last()) + 1;
    return curlOf(pageUrl(cluster_.target()->url(), filter_, place), QStringLiteral("-s"));
}

QString MessageBrowser::apply(const QVariantMap& conditions)
{
    MessageFilter filter = filter_;
    QString problem;
    const auto text = [&](const char* name, QString& into) {
        if (const auto given = conditions.find(QLatin1String(name)); given != conditions.end())
            into = given->toString().trimmed();
    };
    const auto time = [&](const char* name, std::optional<double>& into) {
        const auto given = conditions.find(QLatin1String(name));
        if (given == conditions.end())
            return;
        const QString typed = given->toString().trimmed();
        into = timeFromText(typed, QDateTime::currentDateTime());
        if (!typed.isEmpty() && !into)
            problem = tr("“%1” is no time. Write 14:03, 2026-03-01 14:03 or 5 min ago.").arg(typed);
    };
    text("sender", filter.sender);
    text("recipient", filter.recipient);
    text("msgId", filter.msgId);
    time("from", filter.fromTs);
    time("to", filter.toTs);
    if (const auto given = conditions.find(QStringLiteral("after")); given != conditions.end()) {
        bool number = false;
        const quint64 after = given->toString().trimmed().toULongLong(&number);
        filter.after = number ? std::optional(after) : std::nullopt;
        if (!number && !given->toString().trimmed().isEmpty())
            problem = tr("“%1” is no position. Write the number of a message.").arg(given->toString());
    }
    if (const auto given = conditions.find(QStringLiteral("byDelivery")); given != conditions.end())
        filter.order = given->toBool() ? client::Order::Delivery : client::Order::Seq;
    if (problem.isEmpty() && filter.fromTs && filter.toTs && *filter.fromTs >= *filter.toTs)
        problem = tr("The first time must be before the second.");
    if (problem.isEmpty() && filter != filter_)
        ask(filter);
    return problem;
}

void MessageBrowser::ask(const MessageFilter& filter)
{
    // Positions of one order say nothing in the other.
    if (filter.order != filter_.order)
        model_.replace({});
    filter_ = filter;
    model_.setOrder(filter.order);
    shown_ = false;
    live_ = true;
    Q_EMIT filterChanged();
    reload();
}

void MessageBrowser::reset()
{
    setSearchText({});
    if (filter_ == MessageFilter() && live_)
        return;
    ask({});
}

void MessageBrowser::forget()
{
    loader_.cancel();
    deliveries_.cancel();
    stopTail();
    again_.stop();
    model_.replace({});
    filter_ = {};
    model_.setOrder(filter_.order);
    setSearchText({});
    shown_ = false;
    live_ = true;
    atStart_ = atEnd_ = false;
    firstSeq_ = 0;
    error_.clear();
    asked_.reset();
    sinceAnswer_.invalidate();
    setNewCount(0);
    Q_EMIT filterChanged();
    reload();
}

void MessageBrowser::exportTo(const QUrl& file)
{
    if (!cluster_.target())
        return;
    const QString path = file.toLocalFile();
    exporter_.start(cluster_.target()->url(), filter_, path,
                    path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive) ? MessageExport::Csv
                                                                              : MessageExport::JsonLines);
}

void MessageBrowser::setLimit(int limit)
{
    limit = std::clamp(limit, 10, 1000);
    if (limit_ == limit)
        return;
    limit_ = limit;
    Q_EMIT filterChanged();
}

void MessageBrowser::setSearchText(const QString& text)
{
    if (searchText_ == text)
        return;
    searchText_ = text;
    model_.search(text);
    Q_EMIT searchTextChanged();
}

void MessageBrowser::setActive(bool active)
{
    if (active_ == active)
        return;
    active_ = active;
    if (active) {
        second_.start();
        // A window that nobody left at its end stays; what came meanwhile is counted.
        if (shown_ && !live_)
            countFromHead();
        else
            reload();
    } else {
        second_.stop();
        again_.stop();
        loader_.cancel();
        deliveries_.cancel();
        stopTail();
    }
    Q_EMIT activeChanged();
    Q_EMIT changed();
}

void MessageBrowser::retry()
{
    if (!active_)
        return;
    cluster_.refresh();
    reload();
}

void MessageBrowser::setNewCount(quint64 count)
{
    if (newCount_ == count)
        return;
    newCount_ = count;
    Q_EMIT newCountChanged();
}

void MessageBrowser::failed(const QString& reason)
{
    const QString who = cluster_.target() ? cluster_.target()->name() : QString();
    error_ =
        tr("%1 gives no messages: %2. Trying again; another node can be chosen at the top.").arg(who, reason);
    if (active_)
        again_.start();
    Q_EMIT changed();
}

void MessageBrowser::answered()
{
    sinceAnswer_.start();
    error_.clear();
    Q_EMIT ageChanged();
    Q_EMIT changed();
}

void MessageBrowser::targetChanged()
{
    NodeState* target = cluster_.target();
    if (!active_ || !target || (tail_ && tailNode_ == target->url())) {
        Q_EMIT changed();
        return;
    }
    // Positions are the same on every node.
    if (shown_)
        startTail(seenTo_);
    else
        reload();
    Q_EMIT changed();
}

/// Once a second, while active.
void MessageBrowser::tick()
{
    Q_EMIT ageChanged();
    NodeState* target = cluster_.target();
    // Not known is not greater.
    if (!target || byDelivery() || deliveries_.busy() || !(target->deliveredSeq() > deliveredAtRefresh_))
        return;
    // Rows came before their delivery: once there are more deliveries, rows are asked for their numbers.
    constexpr double windowSeconds = 6;
    constexpr int rowsAtOnce = 1000;
    const double now = cluster_.clusterTs();
    const auto delivered = quint64(target->deliveredSeq());
    const MessageRow* row = model_.undeliveredAfter(refreshedTo_, delivered, now - windowSeconds);
    if (!row && refreshedTo_ > 0)
        row = model_.undeliveredAfter(0, delivered, now - windowSeconds);
    refreshedTo_ = 0;
    const bool rest = !row || model_.row(model_.count() - 1).seq < row->seq + rowsAtOnce;
    if (rest)
        deliveredAtRefresh_ = target->deliveredSeq();
    if (!row)
        return;
    deliveries_.load(target->url(), filter_, {PagePlace::Direction::Newer, row->seq - 1, rowsAtOnce},
                     [this, rest](const PageLoader::Answer& answer) {
                         model_.update(answer.page.rows);
                         if (!rest && !answer.page.rows.isEmpty())
                             refreshedTo_ = answer.page.rows.last().seq;
                     });
}

} // namespace dsmsg::monitor

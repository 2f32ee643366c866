// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/Subscription.h"

#include <algorithm>

#include <QPointer>
#include <QUrlQuery>

#include "core/client/Answers.h"

namespace dsmsg::client {

namespace {

QString positionText(Order order, quint64 position)
{
    return (order == Order::Seq ? QLatin1String("s:") : QLatin1String("d:")) + QString::number(position);
}

/// The position that an id names; none when it names another order's, or nothing.
std::optional<quint64> positionIn(const QByteArray& id, Order order)
{
    if (!id.startsWith(order == Order::Seq ? "s:" : "d:"))
        return std::nullopt;
    bool isNumber = false;
    const quint64 position = id.mid(2).toULongLong(&isNumber);
    return isNumber ? std::optional(position) : std::nullopt;
}

QUrl streamUrl(QUrl node, const SubscribeQuery& query)
{
    QUrlQuery parameters;
    const auto add = [&parameters](const char* name, const QString& value) {
        parameters.addQueryItem(QLatin1String(name), QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    add("order", query.order == Order::Seq ? QStringLiteral("seq") : QStringLiteral("delivery"));
    if (query.after)
        add("after", positionText(query.order, *query.after));
    if (!query.sender.isEmpty())
        add("sender", query.sender);
    if (!query.recipient.isEmpty())
        add("recipient", query.recipient);
    node.setPath(QStringLiteral("/events"));
    node.setQuery(parameters.toString(QUrl::FullyEncoded), QUrl::StrictMode);
    return node;
}

} // namespace

Subscription::Subscription(Settings settings, SubscribeQuery query, Receiver receiver, Observer observer)
    : settings_(std::move(settings))
    , query_(std::move(query))
    , receiver_(std::move(receiver))
    , observer_(std::move(observer))
    , nodes_(settings_.endpoints)
    , backoff_(settings_.backoff, settings_.seed)
{
    for (QTimer* timer : {&wait_, &turn_})
        timer->setSingleShot(true);
    connect(&wait_, &QTimer::timeout, this, &Subscription::connectNext);
    connect(&turn_, &QTimer::timeout, this, &Subscription::pump);
    away_.start();
    wait_.start(0);
}

Subscription::~Subscription()
{
    dropConnection();
}

void Subscription::pause()
{
    paused_ = true;
    if (connection_)
        connection_->setPaused(true);
}

void Subscription::resume()
{
    if (!paused_)
        return;
    paused_ = false;
    if (connection_)
        connection_->setPaused(false);
    if (idle_)
        wait_.start(0);
    turn_.start(0);
}

void Subscription::connectNext()
{
    // A new stream would only be held up again.
    idle_ = paused_;
    if (idle_)
        return;
    node_ = nodes_.choose();
    openStream(node_);
}

void Subscription::openStream(const QUrl& node)
{
    connection_ = std::make_unique<EventConnection>(streamUrl(node, query_), settings_.connection);
    connection_->setPaused(paused_);
    connect(connection_.get(), &EventConnection::opened, this, &Subscription::opened);
    connect(connection_.get(), &EventConnection::readable, this, &Subscription::pump);
    connect(connection_.get(), &EventConnection::ended, this, [this](const EventConnection::End& end) {
        // What came before the end counts; what a paused reader has not taken is asked for again.
        const QPointer<Subscription> alive(this);
        const QPointer<EventConnection> old(connection_.get());
        while (alive && old && connection_.get() == old && !paused_) {
            const auto event = connection_->next();
            if (!event || !handOut(*event))
                break;
        }
        if (alive && old && connection_.get() == old)
            lost(end);
    });
}

void Subscription::opened()
{
    // "From now on" is a position as soon as the node has said what it is.
    if (live_.isValid() || !query_.after)
        return;
    live_.start();
    SubscriptionState state;
    state.kind = SubscriptionState::Kind::Live;
    state.away = Milliseconds(away_.elapsed());
    tell(state);
}

void Subscription::pump()
{
    const QPointer<Subscription> alive(this);
    for (int left = eventsPerTurn; connection_ && !paused_; --left) {
        if (left == 0) {
            turn_.start(0);
            return;
        }
        // Reading may find the stream broken, which ends this connection.
        const auto event = connection_->next();
        if (!alive)
            return;
        if (!event)
            break;
        if (!handOut(*event))
            return;
    }
    if (connection_ && !paused_) {
        if (const auto position = positionIn(connection_->lastEventId(), query_.order))
            moveTo(*position);
        opened();
    }
}

/// False: nothing more is to be done here, the connection or the whole subscription has ended.
bool Subscription::handOut(const StreamEvent& event)
{
    if (!event.type.isEmpty() && event.type != "message")
        return true;
    const auto message = readStreamed(event.data, query_.order);
    if (!message) {
        lost({QString::fromStdString(message.error().text), false, {}});
        return false;
    }
    const quint64 position = message->number(query_.order);
    if (position <= query_.after.value_or(0))
        return true;
    const QPointer<Subscription> alive(this);
    moveTo(position);
    opened();
    if (!alive)
        return false;
    receiver_(*message);
    return alive != nullptr;
}

void Subscription::moveTo(quint64 position)
{
    if (query_.after && position <= *query_.after)
        return;
    query_.after = position;
    failed_ = 0;
}

void Subscription::lost(const EventConnection::End& end)
{
    if (live_.isValid()) {
        if (live_.hasExpired(steadyAfter.count())) {
            backoff_.reset();
            failed_ = 0;
        }
        away_.start();
        live_.invalidate();
    }
    dropConnection();
    nodes_.failed(node_);
    SubscriptionState state;
    state.reason = end.reason;
    if (end.refused) {
        state.kind = SubscriptionState::Kind::Refused;
        tell(state);
        return;
    }
    // Another node may serve at once; only when all have failed is it time to wait.
    if (++failed_ >= nodes_.all().size()) {
        failed_ = 0;
        state.nextIn = std::max(backoff_.next(), end.retryAfter.value_or(Milliseconds(0)));
    }
    wait_.start(state.nextIn);
    tell(state);
}

void Subscription::dropConnection()
{
    if (!connection_)
        return;
    // It may be in the middle of telling us so.
    connection_->disconnect(this);
    connection_.release()->deleteLater();
}

void Subscription::tell(SubscriptionState state)
{
    state.node = node_;
    state.position = query_.after;
    if (observer_)
        observer_(state);
}

} // namespace dsmsg::client

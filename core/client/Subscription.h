// SPDX-License-Identifier: GPL-3.0-or-later
//
// Messages as they are committed or delivered, each handed out exactly once and in order, however often the
// connection breaks: a stream from one node at a time (GET /events), and after a break one from the same or
// another node, resumed after the last position. A node that lags behind waits until it has more; what was
// seen before is dropped by its position. Positions are the same on every node, which is what makes this
// possible.
//
// "From now on" is a position too: a node begins its stream with the newest one it has. Only from then on is
// the subscription called live, and nothing that comes later is skipped, whatever breaks.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "core/client/Backoff.h"
#include "core/client/Endpoints.h"
#include "core/client/EventConnection.h"
#include "core/client/Types.h"

namespace dsmsg::client {

/// What to subscribe to.
struct SubscribeQuery
{
    Order order = Order::Seq;
    std::optional<quint64> after; ///< only messages with a greater number in that order; none: from now on
    QString sender;               ///< exact; empty: any
    QString recipient;            ///< exact; empty: any
};

/// What became of the connection of a subscription.
struct SubscriptionState
{
    enum class Kind
    {
        Live,    ///< `node` streams, after `position`
        Lost,    ///< `node` does not, for `reason`; another attempt follows in `nextIn`
        Refused, ///< `node` refused the subscription for good, for `reason`; nothing follows
    };
    Kind kind = Kind::Lost;
    QUrl node;
    QString reason;                  ///< in words; Lost and Refused
    std::optional<quint64> position; ///< the last one known; what follows is greater
    Milliseconds nextIn{0};          ///< Lost
    Milliseconds away{0};            ///< Live: how long there was no stream before this one
};

class Subscription : public QObject
{
    Q_OBJECT

public:
    struct Settings
    {
        QList<QUrl> endpoints; ///< base URLs, at least one
        EventConnection::Settings connection;
        Backoff::Settings backoff{Milliseconds(50), Milliseconds(5000)};
        std::uint64_t seed = 0; ///< of the jitter
    };
    using Receiver = std::function<void(const Message&)>;
    using Observer = std::function<void(const SubscriptionState&)>;

    /// Starts at once; both are called later, in this thread, never from within a call of theirs. Both may
    /// destroy the subscription. The observer may be empty.
    Subscription(Settings settings, SubscribeQuery query, Receiver receiver, Observer observer);
    ~Subscription() override;

    /// No message is handed out until resume(), and a bounded number of bytes is kept: the node is not read
    /// from any further. It may hang up after a while; then the stream is resumed where it was paused.
    void pause();
    void resume();
    bool isPaused() const { return paused_; }

    /// That of the last message handed out, or a greater one up to which no message passes the filter. To go
    /// on later from here, subscribe `after` it. None before "from now on" has become a position.
    std::optional<quint64> position() const { return query_.after; }

private:
    void connectNext();
    void openStream(const QUrl& node);
    void opened();
    void pump();
    bool handOut(const StreamEvent& event);
    void moveTo(quint64 position);
    void lost(const EventConnection::End& end);
    void dropConnection();
    void tell(SubscriptionState state);

    static constexpr int eventsPerTurn = 256;         ///< then the rest of the program gets its turn
    static constexpr Milliseconds steadyAfter{10000}; ///< a stream of this age ends the back-off

    const Settings settings_;
    SubscribeQuery query_; ///< `after` moves on
    Receiver receiver_;
    Observer observer_;
    Endpoints nodes_;
    Backoff backoff_;
    qsizetype failed_ = 0; ///< nodes in a row, since a wait
    QUrl node_;
    std::unique_ptr<EventConnection> connection_;
    QTimer wait_; ///< before the next attempt
    QTimer turn_; ///< the next pump
    QElapsedTimer live_;
    QElapsedTimer away_;
    bool paused_ = false;
    bool idle_ = false; ///< waits for resume() before it connects
};

} // namespace dsmsg::client

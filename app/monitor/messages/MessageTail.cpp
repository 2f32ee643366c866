// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/MessageTail.h"

#include <utility>

#include <QMutex>
#include <QTimer>

#include "app/monitor/cluster/Requests.h"
#include "app/monitor/messages/MessageModel.h"
#include "core/client/Subscription.h"

namespace dsmsg::monitor {

namespace {

constexpr int batchIntervalMs = 100;

} // namespace

/// Between the two threads.
struct TailShared
{
    QMutex mutex;
    TailBatch next;
    bool counting = false;
    bool announced = false; ///< the GUI thread knows that there is something
};

class TailReader : public QObject
{
    Q_OBJECT

public:
    TailReader(std::shared_ptr<TailShared> shared, MessageTail::From from)
        : shared_(std::move(shared))
        , from_(std::move(from))
        , flush_(this)
    {
        flush_.setSingleShot(true);
        flush_.setInterval(batchIntervalMs);
        connect(&flush_, &QTimer::timeout, this, &TailReader::announce);
    }

    void start()
    {
        client::Subscription::Settings settings;
        settings.endpoints = {from_.node};
        client::SubscribeQuery query;
        query.order = from_.filter.order;
        query.after = from_.after;
        query.sender = from_.filter.sender;
        query.recipient = from_.filter.recipient;
        subscription_ = std::make_unique<client::Subscription>(
            settings, query, [this](const client::Message& message) { received(message); },
            [this](const client::SubscriptionState& state) { stateChanged(state); });
    }

Q_SIGNALS:
    void ready();

private:
    void received(const client::Message& message)
    {
        // A stream cannot be asked for a time.
        if (from_.filter.fromTs && message.correctedTs < *from_.filter.fromTs)
            return;
        const bool rowWanted = [this] {
            const QMutexLocker lock(&shared_->mutex);
            return !shared_->counting;
        }();
        // Parsed without the lock: the GUI thread must never wait for it.
        std::optional<MessageRow> row;
        if (rowWanted)
            row = rowOf(message, QDate::currentDate());
        {
            const QMutexLocker lock(&shared_->mutex);
            TailBatch& next = shared_->next;
            ++next.counted;
            next.position = message.number(from_.filter.order);
            if (row && !shared_->counting) {
                if (next.rows.size() >= MessageModel::capacity) {
                    next.rows.removeFirst();
                    ++next.leftOut;
                }
                next.rows.append(std::move(*row));
            }
        }
        if (!flush_.isActive())
            flush_.start();
    }

    void stateChanged(const client::SubscriptionState& state)
    {
        using Kind = client::SubscriptionState::Kind;
        {
            const QMutexLocker lock(&shared_->mutex);
            shared_->next.streaming = state.kind == Kind::Live;
            shared_->next.refused = state.kind == Kind::Refused;
            shared_->next.problem = state.reason;
            if (state.position)
                shared_->next.position = state.position;
        }
        announce();
    }

    void announce()
    {
        {
            const QMutexLocker lock(&shared_->mutex);
            if (std::exchange(shared_->announced, true))
                return;
        }
        Q_EMIT ready();
    }

    std::shared_ptr<TailShared> shared_;
    const MessageTail::From from_;
    QTimer flush_;
    std::unique_ptr<client::Subscription> subscription_;
};

MessageTail::MessageTail(Requests& requests, From from, Receiver receiver)
    : shared_(std::make_shared<TailShared>())
    , receiver_(std::move(receiver))
{
    shared_->counting = from.counting;
    reader_ = new TailReader(shared_, std::move(from));
    reader_->moveToThread(&requests.thread());
    connect(reader_, &TailReader::ready, this, &MessageTail::take);
    QMetaObject::invokeMethod(reader_, [reader = reader_] { reader->start(); });
}

MessageTail::~MessageTail()
{
    reader_->disconnect(this);
    reader_->deleteLater();
}

void MessageTail::count()
{
    const QMutexLocker lock(&shared_->mutex);
    shared_->counting = true;
    shared_->next.rows.clear();
    shared_->next.leftOut = 0;
}

void MessageTail::take()
{
    TailBatch batch;
    {
        const QMutexLocker lock(&shared_->mutex);
        batch = shared_->next;
        shared_->next.rows.clear();
        shared_->next.leftOut = 0;
        shared_->next.counted = 0;
        shared_->announced = false;
    }
    receiver_(std::move(batch));
}

} // namespace dsmsg::monitor

#include "MessageTail.moc"

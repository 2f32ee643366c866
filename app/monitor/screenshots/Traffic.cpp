// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/screenshots/Traffic.h"

#include <QRandomGenerator>
#include <QTimer>
#include <array>
#include <cmath>
#include <numbers>

#include "core/client/Client.h"

namespace dsmsg::monitor {

namespace {

constexpr int tickMs = 50;
constexpr double waveS = 20;

/// Lives in the thread.
class Sender : public QObject
{
public:
    Sender(const client::Client::Options& options, int perSecond, quint32 seed,
           std::atomic<int>& acknowledged)
        : client_(options)
        , perSecond_(perSecond)
        , random_(seed)
        , acknowledged_(acknowledged)
    {
        connect(&timer_, &QTimer::timeout, this, &Sender::sendSome);
        timer_.start(tickMs);
    }

private:
    void sendSome()
    {
        const double wave = std::sin(2 * std::numbers::pi * (ticks_++ * tickMs / 1000.0) / waveS);
        owed_ += perSecond_ * (1 + 0.6 * wave) * tickMs / 1000.0;
        for (; owed_ >= 1; owed_ -= 1)
            client_.send(next(), [this](const client::SendResult& result) {
                if (result.outcome == client::SendOutcome::Acknowledged)
                    ++acknowledged_;
            });
    }

    client::Draft next()
    {
        static constexpr std::array goods{"\"coffee\"", "\"tea\"", "\"paper\"", "\"lamp\"", "\"bread\""};
        ++order_;
        client::Draft draft;
        draft.msgId = QStringLiteral("order-%1").arg(order_);
        draft.sender = QStringLiteral("shop-%1").arg(random_.bounded(1, 5));
        draft.recipient = random_.bounded(4) == 0 ? QStringLiteral("billing") : QStringLiteral("warehouse");
        draft.payload = "{\"order\":" + QByteArray::number(order_) + ",\"item\":" +
                        goods[static_cast<std::size_t>(random_.bounded(static_cast<int>(goods.size())))] +
                        ",\"pieces\":" + QByteArray::number(random_.bounded(1, 12)) + '}';
        return draft;
    }

    client::Client client_;
    const int perSecond_;
    QRandomGenerator random_;
    std::atomic<int>& acknowledged_;
    QTimer timer_;
    int ticks_ = 0;
    double owed_ = 0;
    int order_ = 1000;
};

} // namespace

Traffic::Traffic(const QList<QUrl>& nodes, int perSecond, quint32 seed)
{
    client::Client::Options options;
    options.endpoints = nodes;
    options.seed = seed;
    auto* starter = new QObject;
    starter->moveToThread(&thread_);
    QObject::connect(&thread_, &QThread::finished, starter, &QObject::deleteLater);
    QObject::connect(&thread_, &QThread::started, starter, [this, starter, options, perSecond, seed] {
        (new Sender(options, perSecond, seed, acknowledged_))->setParent(starter);
    });
    thread_.start();
}

Traffic::~Traffic()
{
    thread_.quit();
    thread_.wait();
}

} // namespace dsmsg::monitor

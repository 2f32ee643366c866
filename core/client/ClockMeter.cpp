// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/ClockMeter.h"

#include <utility>

#include <QPointer>

#include "core/client/Answers.h"

namespace dsmsg::client {

ClockMeter::ClockMeter(Settings settings, QList<QUrl> endpoints, const QNetworkProxy& proxy,
                       const Clock& clock)
    : settings_(settings)
    , clock_(clock)
    , estimate_(settings.driftMaxPpm)
    , nodes_(std::move(endpoints))
    , http_(proxy)
{
    timer_.setInterval(settings.every);
    connect(&timer_, &QTimer::timeout, this, [this] { measure({}); });
}

ClockMeter::~ClockMeter() = default;

void ClockMeter::start()
{
    if (timer_.isActive())
        return;
    timer_.start();
    if (!measured_)
        measure({});
}

void ClockMeter::measure(std::function<void()> done)
{
    if (done)
        waiting_.push_back(std::move(done));
    measured_ = true;
    if (std::exchange(underWay_, true))
        return;
    exchange(settings_.exchanges);
}

void ClockMeter::exchange(int left)
{
    if (left == 0)
        return finish();
    const QUrl node = nodes_.choose();
    HttpRequest request;
    request.url = node;
    request.url.setPath(QStringLiteral("/time"));
    request.timeout = settings_.exchangeMax;
    const Instant sent = clock_.now();
    http_.start(request, this, [this, node, sent, left](const HttpReply& reply) {
        answered(node, sent, reply);
        exchange(left - 1);
    });
}

void ClockMeter::answered(const QUrl& node, Instant sent, const HttpReply& reply)
{
    const Instant received = clock_.now();
    const auto answer = reply.status == 200 ? readTime(reply.body) : std::nullopt;
    if (!answer) {
        nodes_.failed(node);
        return;
    }
    ClockEstimate::Exchange exchange = *answer;
    exchange.sent = sent;
    exchange.received = received;
    estimate_.add(exchange);
}

void ClockMeter::finish()
{
    underWay_ = false;
    const QPointer<ClockMeter> alive(this);
    for (const auto& done : std::exchange(waiting_, {})) {
        done();
        if (!alive)
            return;
    }
}

std::optional<ClockOffset> ClockMeter::offset(UnixTime wall) const
{
    return estimate_.at(clock_.now(), wall);
}

} // namespace dsmsg::client

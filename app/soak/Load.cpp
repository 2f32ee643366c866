// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/soak/Load.h"

#include <algorithm>

#include <QUuid>

namespace dsmsg::soak {

namespace {

// QNetworkAccessManager opens six connections to a host; more sends than that on one would wait inside it
// unseen.
constexpr quint64 sendsPerClient = 6;
constexpr Milliseconds tick{5};

} // namespace

Load::Load(Settings settings)
    : settings_(std::move(settings))
    , run_(QUuid::createUuid().toString(QUuid::Id128).left(12))
{
    const quint64 clients = (settings_.senders + sendsPerClient - 1) / sendsPerClient;
    Random random(settings_.client.seed);
    for (quint64 i = 0; i < clients; ++i) {
        client::Client::Options options = settings_.client;
        // Each begins at another node, so that redirects are exercised and not only the leader.
        std::rotate(options.endpoints.begin(),
                    options.endpoints.begin() + qsizetype(i) % options.endpoints.size(),
                    options.endpoints.end());
        options.seed = random.next();
        clients_.push_back(std::make_unique<client::Client>(options));
    }
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.setInterval(tick);
    connect(&timer_, &QTimer::timeout, this, &Load::issueDue);
}

void Load::start(std::function<void()> done)
{
    done_ = std::move(done);
    clock_.start();
    timer_.start();
}

void Load::issueDue()
{
    const Milliseconds now(clock_.elapsed());
    if (now >= settings_.duration)
        return finish();
    const quint64 due = quint64(now.count()) * settings_.perSecond / 1000;
    while (sent_.size() < due && underWay_ < settings_.senders)
        sendOne();
}

void Load::finish()
{
    if (!timer_.isActive())
        return;
    timer_.stop();
    endIfDone();
}

void Load::endIfDone()
{
    if (!timer_.isActive() && underWay_ == 0)
        done_();
}

Milliseconds Load::silence() const
{
    return underWay_ == 0 ? Milliseconds(0) : Milliseconds(clock_.elapsed()) - lastAcknowledged_;
}

void Load::sendOne()
{
    const std::size_t index = sent_.size();
    client::Draft draft;
    draft.msgId = QStringLiteral("soak-%1-%2").arg(run_).arg(index);
    draft.sender = QStringLiteral("soak");
    draft.payload = QByteArray::number(qulonglong(index));
    sent_.push_back({draft.msgId});
    if (underWay_++ == 0)
        lastAcknowledged_ = Milliseconds(clock_.elapsed());
    clients_[index % clients_.size()]->send(
        draft, [this, index](const client::SendResult& result) { finished(index, result); });
}

void Load::finished(std::size_t index, const client::SendResult& result)
{
    using client::SendOutcome;
    Sent& sent = sent_[index];
    sent.outcome = result.outcome;
    --underWay_;
    if (result.outcome == SendOutcome::Acknowledged || result.outcome == SendOutcome::Committed) {
        sent.seq = result.seq;
        sent.beforeMajority = !result.committed;
        ++acknowledged_;
        beforeMajority_ += sent.beforeMajority ? 1 : 0;
        const Milliseconds now(clock_.elapsed());
        longestSilence_ = std::max(longestSilence_, now - lastAcknowledged_);
        lastAcknowledged_ = now;
    } else {
        (result.outcome == SendOutcome::Unknown ? undecided_ : rejected_) += 1;
        lastReason_ = result.reason;
    }
    endIfDone();
}

} // namespace dsmsg::soak

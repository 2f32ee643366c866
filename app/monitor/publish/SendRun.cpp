// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/SendRun.h"

#include <algorithm>

namespace dsmsg::monitor {

namespace {

// QNetworkAccessManager makes six connections to a host; more sends than that would queue inside it unseen.
constexpr int sendsPerClient = 6;
constexpr Milliseconds tick{4};
constexpr Milliseconds graceAtEnd{3000};
constexpr Milliseconds patience{10'000}; ///< of one message, retries included
/// How far a run at a rate may fall behind before it lets go of what it can never make up.
constexpr double behindMaxSeconds = 2;

} // namespace

SendRun::SendRun(Settings settings, Source source, Sink sink,
                 std::function<void(const QUrl&, const QUrl&)> redirected)
    : settings_(std::move(settings))
    , source_(std::move(source))
    , sink_(std::move(sink))
    , tick_(this)
    , grace_(this)
{
    const int clients = (settings_.inFlightMax + sendsPerClient - 1) / sendsPerClient;
    client::Client::Options options;
    options.endpoints = settings_.nodes;
    options.limits.total = patience;
    options.window.inFlightMax = sendsPerClient;
    options.seed = systemSeed();
    options.observer = [redirected = std::move(redirected)](const client::Attempt& attempt) {
        if (attempt.redirectedTo.isValid())
            redirected(attempt.reply.url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery),
                       attempt.redirectedTo);
    };
    for (int i = 0; i < clients; ++i) {
        clients_.push_back(std::make_unique<client::Client>(options));
        options.clock.enabled = false; // one measures the clock, the others add nothing to it
        ++options.seed;
    }
    tick_.setTimerType(Qt::PreciseTimer);
    tick_.setInterval(tick);
    connect(&tick_, &QTimer::timeout, this, &SendRun::issueDue);
    grace_.setSingleShot(true);
    connect(&grace_, &QTimer::timeout, this, &SendRun::end);
}

SendRun::~SendRun() = default;

void SendRun::start()
{
    clock_.start();
    tick_.start();
    issueDue();
}

void SendRun::stop()
{
    if (!figures_.sending)
        return;
    figures_.sending = false;
    figures_.elapsed = std::chrono::duration_cast<Milliseconds>(now());
    tick_.stop();
    if (figures_.inFlight == 0)
        end();
    else
        grace_.start(graceAtEnd);
}

void SendRun::issueDue()
{
    const Duration at = now();
    figures_.elapsed = std::chrono::duration_cast<Milliseconds>(at);
    if (settings_.duration.count() > 0 && at >= settings_.duration)
        return stop();
    const auto room = [this] {
        return figures_.sending && figures_.inFlight < quint64(settings_.inFlightMax);
    };
    if (settings_.perSecond <= 0) {
        while (room() && sendOne(now())) {
        }
        return;
    }
    const auto due = quint64(toSeconds(at) * settings_.perSecond) + 1;
    const auto most = quint64(std::max(1.0, settings_.perSecond * behindMaxSeconds));
    if (due > figures_.sent + figures_.skipped + most)
        figures_.skipped = due - figures_.sent - most;
    while (room() && figures_.sent + figures_.skipped < due) {
        const double next = double(figures_.sent + figures_.skipped) / settings_.perSecond;
        if (!sendOne(std::chrono::duration_cast<Duration>(std::chrono::duration<double>(next))))
            return;
    }
}

bool SendRun::sendOne(Duration due)
{
    const quint64 number = figures_.sent + 1;
    auto draft = source_(number);
    if (!draft) {
        stop();
        return false;
    }
    figures_.sent = number;
    ++figures_.inFlight;
    const auto idlest = std::min_element(clients_.begin(), clients_.end(), [](const auto& a, const auto& b) {
        return a->sendsUnderWay() < b->sendsUnderWay();
    });
    (*idlest)->send(*draft,
                    [this, number, due](const client::SendResult& result) { finished(number, due, result); });
    return true;
}

void SendRun::finished(quint64 number, Duration due, const client::SendResult& result)
{
    if (figures_.ended)
        return;
    --figures_.inFlight;
    count(result, due);
    if (sink_)
        sink_(number, result);
    if (!figures_.sending && figures_.inFlight == 0)
        end();
    else if (figures_.sending && settings_.perSecond <= 0)
        sendOne(now());
}

void SendRun::count(const client::SendResult& result, Duration due)
{
    using client::SendOutcome;
    switch (result.outcome) {
    case SendOutcome::Acknowledged:
        ++figures_.acknowledged;
        figures_.latency.record(now() - due);
        figures_.duplicates += result.duplicate ? 1 : 0;
        figures_.beforeMajority += result.committed ? 0 : 1;
        return;
    case SendOutcome::Committed:
        ++figures_.acknowledged;
        figures_.latency.record(now() - due);
        return;
    case SendOutcome::Unknown:
        ++figures_.unknown;
        break;
    case SendOutcome::Rejected:
    case SendOutcome::Refused:
        ++figures_.rejected;
        break;
    }
    figures_.lastReason = result.reason;
}

void SendRun::end()
{
    if (figures_.ended)
        return;
    grace_.stop();
    figures_.unknown += figures_.inFlight;
    if (figures_.inFlight > 0)
        figures_.lastReason = tr("stopped before there was an answer");
    figures_.inFlight = 0;
    figures_.ended = true;
    // Not from within a client's answer, which may be what called this.
    QMetaObject::invokeMethod(this, &SendRun::ended, Qt::QueuedConnection);
}

} // namespace dsmsg::monitor

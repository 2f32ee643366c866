// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/LoadGenerator.h"

#include <QUuid>

#include "app/monitor/publish/Publisher.h"

namespace dsmsg::monitor {

namespace {

double percentileMs(const Histogram& histogram, double share)
{
    const auto found = histogram.percentile(share);
    return found ? toSeconds(*found) * 1000 : qQNaN();
}

} // namespace

LoadGenerator::LoadGenerator(Publisher& publisher, QObject* parent)
    : QObject(parent)
    , publisher_(publisher)
    , thread_(QStringLiteral("load"), publisher.cluster())
{
    connect(thread_.room(), &RunRoom::told, this, &LoadGenerator::take);
    connect(&publisher_.cluster(), &ClusterMonitor::connectedAnew, this, &LoadGenerator::stop);
}

LoadGenerator::~LoadGenerator() = default;

void LoadGenerator::enter(State state, const QString& problem)
{
    state_ = state;
    problem_ = problem;
    Q_EMIT stateChanged();
}

/// What the other thread makes the messages of; it takes copies along.
SendRun::Source LoadGenerator::source() const
{
    const auto named = [run = runId_, ack = client::Ack(ack_)](quint64 number, client::Draft draft) {
        draft.msgId = QStringLiteral("load-%1-%2").arg(run).arg(number);
        draft.ack = ack;
        return draft;
    };
    const auto random = std::make_shared<Random>(systemSeed());
    if (content_ == Form)
        return [named, random, maker = publisher_.form()->maker()](quint64 number) {
            return std::optional(named(number, maker.make({number, SystemClock().wall(), *random})));
        };
    return [named, random, senders = quint64(senders_), recipients = quint64(recipients_),
            payload = client::jsonString(QString(payloadBytes_, QLatin1Char('x')))](quint64 number) {
        client::Draft draft;
        draft.sender = QStringLiteral("load-%1").arg(1 + random->below(senders));
        draft.recipient = QStringLiteral("sink-%1").arg(1 + random->below(recipients));
        draft.payload = payload;
        return std::optional(named(number, std::move(draft)));
    };
}

void LoadGenerator::start()
{
    if (state_ == Running || state_ == Stopping)
        return;
    if (!publisher_.canSend())
        return enter(state_, publisher_.situation());
    if (content_ == Form) {
        publisher_.form()->checkNow();
        if (!publisher_.form()->ok())
            return enter(state_,
                         tr("The message on the left cannot be sent: %1").arg(publisher_.form()->problem()));
    }
    clear();
    runId_ = QUuid::createUuid().toString(QUuid::Id128).left(8);
    SendRun::Settings settings;
    settings.nodes = publisher_.nodes();
    settings.perSecond = pace_ == AtRate ? perSecond_ : 0;
    settings.inFlightMax = pace_ == AtRate ? inFlightMost : inFlightMax_;
    settings.duration = std::chrono::seconds(seconds_);
    thread_.start(settings, source(), {});
    enter(Running);
}

void LoadGenerator::stop()
{
    if (state_ != Running)
        return;
    thread_.stop();
    enter(Stopping);
}

void LoadGenerator::clear()
{
    if (state_ == Running || state_ == Stopping)
        return;
    figures_ = SendRun::Figures();
    lately_.clear();
    last_ = Second();
    enter(Idle);
    Q_EMIT told();
}

void LoadGenerator::take(const SendRun::Figures& figures)
{
    figures_ = figures;
    lately_.push_back(figures);
    while (lately_.size() > 2 && figures.elapsed - lately_[1].elapsed >= std::chrono::seconds(1))
        lately_.pop_front();
    const auto span = toSeconds(Duration(figures.elapsed - lately_.front().elapsed));
    if (span > 0) {
        const Histogram lately = figures.latency.since(lately_.front().latency);
        last_ = {double(figures.acknowledged - lately_.front().acknowledged) / span,
                 percentileMs(lately, 0.5), percentileMs(lately, 0.95), percentileMs(lately, 0.99)};
    }
    Q_EMIT told();
    if (figures.ended)
        enter(Done);
    else if (!figures.sending && state_ == Running)
        enter(Stopping);
}

double LoadGenerator::share() const
{
    return state_ == Idle ? 0 : std::min(1.0, elapsedMs() / (1000.0 * seconds_));
}

double LoadGenerator::meanRate() const
{
    return figures_.elapsed.count() > 0 ? acknowledged() * 1000 / elapsedMs() : qQNaN();
}

double LoadGenerator::totalP50() const
{
    return percentileMs(figures_.latency, 0.5);
}

double LoadGenerator::totalP95() const
{
    return percentileMs(figures_.latency, 0.95);
}

double LoadGenerator::totalP99() const
{
    return percentileMs(figures_.latency, 0.99);
}

QString LoadGenerator::summary() const
{
    if (figures_.sent == 0)
        return {};
    QStringList parts{tr("%1 of %2 messages acknowledged").arg(figures_.acknowledged).arg(figures_.sent)};
    if (figures_.beforeMajority > 0)
        parts.append(tr("%1 of them before majority").arg(figures_.beforeMajority));
    if (figures_.rejected > 0)
        parts.append(tr("%1 not stored").arg(figures_.rejected));
    if (figures_.unknown > 0)
        parts.append(tr("%1 may be stored").arg(figures_.unknown));
    if (figures_.skipped > 0)
        parts.append(tr("%1 left out because the cluster was over 2 s behind").arg(figures_.skipped));
    return parts.join(QLatin1String(", ")) + QLatin1Char('.');
}

} // namespace dsmsg::monitor

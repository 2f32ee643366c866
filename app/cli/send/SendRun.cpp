// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/send/SendRun.h"

#include <algorithm>
#include <array>

#include "app/cli/Console.h"
#include "app/cli/send/Receipt.h"

namespace dsmsg::cli {

using client::SendOutcome;
using client::SendResult;

namespace {

/// Of two codes the one that asks for more care.
ExitCode graver(ExitCode a, ExitCode b)
{
    constexpr std::array order{ExitCode::Ok, ExitCode::BelowQuorum, ExitCode::Refused, ExitCode::Unreachable,
                               ExitCode::Undecided};
    return *std::max(std::ranges::find(order, a), std::ranges::find(order, b));
}

QString perSecond(quint64 count, qint64 elapsedMs)
{
    return grouped(count * 1000 / quint64(std::max<qint64>(elapsedMs, 1))) + QLatin1String("/s");
}

} // namespace

SendRun::SendRun(client::Client& client, Drafts& drafts, Settings settings, Done done)
    : client_(client)
    , drafts_(drafts)
    , settings_(settings)
    , done_(std::move(done))
{
    connect(&drafts_, &Drafts::ready, this, &SendRun::feed);
    connect(&progressTimer_, &QTimer::timeout, this, &SendRun::showProgress);
    connect(&clockPatience_, &QTimer::timeout, this, [this] {
        clockPatience_.stop();
        feed();
    });
}

void SendRun::start()
{
    clock_.start();
    clockPatience_.start(clockPatience);
    if (settings_.many)
        progressTimer_.start(Milliseconds(250));
    client_.measureClock([this](const std::optional<client::ClockOffset>&) {
        if (clockPatience_.isActive())
            clockPatience_.start(Milliseconds(0));
    });
}

void SendRun::interrupt()
{
    reading_ = false;
    interrupted_ = true;
    progress_.clear();
    if (underWay_ > 0)
        complain(
            QStringLiteral("interrupted; waiting for %1 answers, once more to end at once").arg(underWay_));
    finishIfDone();
}

void SendRun::feed()
{
    if (clockPatience_.isActive())
        return;
    while (reading_ && underWay_ < settings_.window) {
        client::Draft draft;
        switch (drafts_.next(draft)) {
        case Drafts::Next::Later:
            return;
        case Drafts::Next::Draft:
            sendOne(draft);
            continue;
        case Drafts::Next::Bad:
            ++refused_;
            failed(drafts_.taken(), QStringLiteral("not sent: %1").arg(printable(drafts_.problem())),
                   ExitCode::Refused);
            continue;
        case Drafts::Next::Failed:
            failed(drafts_.taken() + 1, drafts_.problem(), ExitCode::Refused);
            [[fallthrough]];
        case Drafts::Next::End:
            reading_ = false;
        }
    }
    finishIfDone();
}

void SendRun::sendOne(const client::Draft& draft)
{
    ++underWay_;
    client_.send(draft,
                 [this, number = drafts_.taken()](const SendResult& result) { settled(number, result); });
}

void SendRun::settled(quint64 number, const SendResult& result)
{
    --underWay_;
    duplicates_ += result.duplicate ? 1 : 0;
    switch (result.outcome) {
    case SendOutcome::Acknowledged:
        ++acknowledged_;
        break;
    case SendOutcome::Committed:
        ++belowQuorum_;
        break;
    case SendOutcome::Refused:
        ++refused_;
        break;
    case SendOutcome::Rejected:
        ++notStored_;
        break;
    case SendOutcome::Unknown:
        ++undecided_;
        break;
    }
    if (settings_.json) {
        progress_.clear();
        const QByteArray json = resultJson(result);
        print(settings_.many ? "{\"line\":" + QByteArray::number(number) + ',' + json.mid(1) : json);
    } else if (result.outcome == SendOutcome::Acknowledged && !settings_.many) {
        print(receiptInWords(result));
    }
    const ExitCode code = exitCodeOf(result);
    if (code != ExitCode::Ok)
        failed(number, failureInWords(result), code);
    if (code == ExitCode::Unreachable || code == ExitCode::Undecided) {
        unsettled_.insert(number);
        reading_ = false;
    }
    feed();
}

void SendRun::failed(quint64 number, const QString& words, ExitCode code)
{
    code_ = graver(code_, code);
    progress_.clear();
    complain(settings_.many ? drafts_.nameOf(number) + QLatin1String(": ") + words : words);
}

void SendRun::showProgress()
{
    const QString rest = QStringLiteral("%1 acknowledged, %2")
                             .arg(grouped(acknowledged_), perSecond(acknowledged_, clock_.elapsed()));
    if (drafts_.bytesTotal() > 0)
        progress_.showShare(quint64(drafts_.bytesRead()), quint64(drafts_.bytesTotal()), rest);
    else
        progress_.show(rest);
}

void SendRun::finishIfDone()
{
    if (reading_ || underWay_ > 0 || !done_)
        return;
    progressTimer_.stop();
    progress_.clear();
    if (settings_.many)
        summarise();
    else if (interrupted_ && acknowledged_ == 0)
        complain(QStringLiteral("interrupted before anything was sent"));
    const bool complete = !interrupted_ || (!settings_.many && acknowledged_ > 0);
    std::exchange(done_, {})(complete || code_ != ExitCode::Ok ? code_ : ExitCode::Interrupted);
}

void SendRun::summarise()
{
    QString words = grouped(acknowledged_) + QLatin1String(" acknowledged");
    if (duplicates_ > 0)
        words += QStringLiteral(" (%1 stored before under their ids)").arg(grouped(duplicates_));
    const auto add = [&words](quint64 count, const char* what) {
        if (count > 0)
            words += QLatin1String(", ") + grouped(count) + QLatin1String(what);
    };
    add(belowQuorum_, " on fewer nodes than asked for");
    add(refused_, " refused");
    add(notStored_, " not stored");
    add(undecided_, " undecided");
    words += QStringLiteral(" in %1 s, %2")
                 .arg(double(clock_.elapsed()) / 1000.0, 0, 'f', 1)
                 .arg(perSecond(acknowledged_, clock_.elapsed()));
    if (settings_.json)
        complain(words);
    else
        print(words);
    if (!interrupted_ && unsettled_.empty())
        return;
    const quint64 first = unsettled_.empty() ? drafts_.taken() + 1 : *unsettled_.begin();
    complain(QStringLiteral("go on from %1; what is sent again under the same id is stored once")
                 .arg(drafts_.nameOf(first)));
}

} // namespace dsmsg::cli

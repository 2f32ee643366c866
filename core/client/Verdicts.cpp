// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/Verdicts.h"

#include <utility>

#include "core/client/Answers.h"

namespace dsmsg::client {

namespace {

QString nameOf(const QUrl& url)
{
    return url.host() + QLatin1Char(':') + QString::number(url.port(80));
}

} // namespace

bool isTransient(int status)
{
    return status == 408 || status == 429 || status >= 500;
}

bool isAnswer(int status)
{
    return status == 200 || status == 206;
}

QString inWords(const HttpReply& reply)
{
    if (reply.status == 0)
        return nameOf(reply.url) + QLatin1String(": ") + reply.problem;
    const QString reason = readReason(reply.body);
    if (reply.status == 404 && reason.isEmpty())
        return nameOf(reply.url) + QLatin1String(" does not know this path; is it a dsmsg node?");
    return QStringLiteral("%1: %2 (HTTP %3)")
        .arg(nameOf(reply.url), reason.isEmpty() ? QStringLiteral("no reason given") : reason)
        .arg(reply.status);
}

Error failureOf(const HttpReply& reply)
{
    const bool refused = reply.status >= 400 && !isTransient(reply.status);
    return {refused ? Error::Kind::Invalid : Error::Kind::Busy, inWords(reply).toStdString()};
}

Call::Verdict judgeRead(const HttpReply& reply)
{
    const bool settled = isAnswer(reply.status) || (reply.status >= 400 && !isTransient(reply.status));
    return settled ? Call::Verdict::Finish : Call::Verdict::Retry;
}

Call::Verdict SendJudge::judge(const HttpReply& reply)
{
    result_ = SendResult();
    result_.body = reply.body;
    if (reply.status == 200) {
        if (auto read = readAcknowledgement(reply.body)) {
            result_ = *read;
            return Call::Verdict::Finish;
        }
    } else if (auto read = readUnavailable(reply.body); read && isTransient(reply.status)) {
        result_ = *read;
        mayBeStored_ |= result_.outcome == SendOutcome::Unknown;
        result_.reason = said_ = inWords(reply);
        return result_.outcome == SendOutcome::Committed ? Call::Verdict::Finish : Call::Verdict::Retry;
    }
    result_.reason = inWords(reply);
    const bool refused = reply.status >= 400 && !isTransient(reply.status);
    result_.outcome = refused ? SendOutcome::Refused : SendOutcome::Rejected;
    const bool redirect = reply.status >= 300 && reply.status < 400;
    const bool certainlyNotStored = refused || redirect || reply.status == 408 || reply.status == 429;
    mayBeStored_ |= reply.status == 0 ? reply.mayHaveArrived : !certainlyNotStored;
    if (reply.status == 200)
        result_.reason =
            nameOf(reply.url) + QLatin1String(": the answer to POST /send is not a dsmsg node's");
    return refused ? Call::Verdict::Finish : Call::Verdict::Retry;
}

SendResult SendJudge::conclude(const Call::Outcome& outcome, const QString& msgId)
{
    const bool stored =
        result_.outcome == SendOutcome::Acknowledged || result_.outcome == SendOutcome::Committed;
    if (!stored && mayBeStored_)
        result_.outcome = SendOutcome::Unknown;
    // That one node is down as well explains less than what another says of the cluster.
    if (!stored && outcome.last.status == 0 && !said_.isEmpty())
        result_.reason = said_;
    result_.msgId = msgId;
    result_.node = outcome.last.url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery);
    result_.attempts = outcome.attempts;
    result_.elapsed = outcome.elapsed;
    return std::move(result_);
}

} // namespace dsmsg::client

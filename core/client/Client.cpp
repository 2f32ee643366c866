// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/Client.h"

#include <QUrlQuery>
#include <QUuid>

#include "core/client/Answers.h"

namespace dsmsg::client {

namespace {

QString nameOf(const QUrl& url)
{
    return url.host() + QLatin1Char(':') + QString::number(url.port(80));
}

/// Statuses that say "not now", whatever the body.
bool isTransient(int status)
{
    return status == 408 || status == 429 || status >= 500;
}

QString describe(const HttpReply& reply)
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

QByteArray sendBody(const Draft& draft)
{
    QByteArray body = "{\"msg_id\":" + jsonString(draft.msgId);
    if (!draft.sender.isEmpty())
        body += ",\"sender\":" + jsonString(draft.sender);
    if (!draft.recipient.isEmpty())
        body += ",\"recipient\":" + jsonString(draft.recipient);
    if (draft.ts)
        body += ",\"ts\":" + QByteArray::number(*draft.ts, 'f', 6);
    if (!draft.payload.isEmpty())
        body += ",\"payload\":" + draft.payload;
    return body + '}';
}

/// Reads the replies to one send, attempt by attempt, and remembers whether any of them may have stored the
/// message: a later rejection says nothing about an earlier attempt whose answer was lost.
class SendJudge
{
public:
    Call::Verdict judge(const HttpReply& reply)
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
            result_.reason = describe(reply);
            return result_.outcome == SendOutcome::Committed ? Call::Verdict::Finish : Call::Verdict::Retry;
        }
        result_.reason = describe(reply);
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

    SendResult conclude(const Call::Outcome& outcome, const QString& msgId)
    {
        const bool stored =
            result_.outcome == SendOutcome::Acknowledged || result_.outcome == SendOutcome::Committed;
        if (!stored && mayBeStored_)
            result_.outcome = SendOutcome::Unknown;
        result_.msgId = msgId;
        result_.node = outcome.last.url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery);
        result_.attempts = outcome.attempts;
        result_.elapsed = outcome.elapsed;
        return std::move(result_);
    }

private:
    SendResult result_;
    bool mayBeStored_ = false;
};

/// 206: an answer, though not everything that was asked for could be done.
bool isAnswer(int status)
{
    return status == 200 || status == 206;
}

Call::Verdict judgeRead(const HttpReply& reply)
{
    const bool settled = isAnswer(reply.status) || (reply.status >= 400 && !isTransient(reply.status));
    return settled ? Call::Verdict::Finish : Call::Verdict::Retry;
}

Error unreachable(const Call::Outcome& outcome)
{
    const bool refused = outcome.settled && outcome.last.status >= 400;
    return Error{refused ? Error::Kind::Invalid : Error::Kind::Busy, describe(outcome.last).toStdString()};
}

} // namespace

Client::Client(Options options)
    : options_(std::move(options))
    , random_(options_.seed)
    , endpoints_(options_.endpoints)
    , readers_(options_.endpoints)
    , http_(options_.proxy)
{
}

Client::~Client() = default;

Call* Client::newCall(Endpoints& endpoints, Call::Request request, Call::Limits limits)
{
    auto* call = new Call(http_, endpoints, std::move(request), limits, random_.next());
    call->setParent(&calls_);
    return call;
}

void Client::send(const Draft& draft, std::function<void(SendResult)> receiver)
{
    Draft named = draft;
    if (named.msgId.isEmpty())
        named.msgId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    Call::Request request{HttpRequest::Method::Post, QStringLiteral("/send"), QString(), sendBody(named)};
    const auto judge = std::make_shared<SendJudge>();
    newCall(endpoints_, std::move(request), options_.limits)
        ->start([judge](const HttpReply& reply) { return judge->judge(reply); },
                [judge, msgId = named.msgId, receiver = std::move(receiver)](const Call::Outcome& outcome) {
                    receiver(judge->conclude(outcome, msgId));
                },
                options_.observer);
}

void Client::messages(const MessagesQuery& query, std::function<void(Result<Page>)> receiver)
{
    QUrlQuery parameters;
    const auto add = [&parameters](const char* name, const QString& value) {
        parameters.addQueryItem(QLatin1String(name), QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    add("limit", QString::number(query.limit));
    if (query.after)
        add("after", QString::number(*query.after));
    if (query.order == Order::Delivery)
        add("order", QStringLiteral("delivery"));
    if (!query.sender.isEmpty())
        add("sender", query.sender);
    if (!query.recipient.isEmpty())
        add("recipient", query.recipient);
    Call::Request request{HttpRequest::Method::Get, QStringLiteral("/messages"),
                          parameters.toString(QUrl::FullyEncoded), QByteArray()};
    newCall(readers_, std::move(request), options_.limits)
        ->start(
            judgeRead,
            [order = query.order, receiver = std::move(receiver)](const Call::Outcome& outcome) {
                if (outcome.last.status != 200) {
                    receiver(unreachable(outcome));
                    return;
                }
                Result<Page> page = readPage(outcome.last.body, order);
                if (page)
                    page->node = outcome.last.url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery);
                receiver(std::move(page));
            },
            options_.observer);
}

void Client::status(const QUrl& node, std::function<void(Result<NodeStatus>)> receiver)
{
    requestFrom(node, {HttpRequest::Method::Get, QStringLiteral("/status"), QString(), QByteArray()},
                [receiver = std::move(receiver)](const Result<QByteArray>& body) {
                    receiver(body ? readStatus(*body) : Result<NodeStatus>(body.error()));
                });
}

void Client::requestFrom(const QUrl& node, const Call::Request& request,
                         std::function<void(Result<QByteArray>)> receiver)
{
    HttpRequest asked;
    asked.method = request.method;
    asked.url = node;
    asked.url.setPath(request.path);
    asked.url.setQuery(request.query);
    asked.body = request.body;
    asked.timeout = options_.limits.attempt;
    http_.start(asked, &calls_, [receiver = std::move(receiver)](const HttpReply& reply) {
        if (isAnswer(reply.status))
            return receiver(reply.body);
        const bool refused = reply.status >= 400 && !isTransient(reply.status);
        receiver(Error{refused ? Error::Kind::Invalid : Error::Kind::Busy, describe(reply).toStdString()});
    });
}

void Client::request(Call::Request request, To to, std::function<void(Result<QByteArray>)> receiver)
{
    Endpoints& endpoints = to == To::Leader ? endpoints_ : readers_;
    newCall(endpoints, std::move(request), options_.limits)
        ->start(
            judgeRead,
            [receiver = std::move(receiver)](const Call::Outcome& outcome) {
                if (outcome.settled && isAnswer(outcome.last.status))
                    receiver(outcome.last.body);
                else
                    receiver(unreachable(outcome));
            },
            options_.observer);
}

} // namespace dsmsg::client

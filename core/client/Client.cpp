// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/Client.h"

#include <QUrlQuery>
#include <QUuid>

#include "core/client/Answers.h"
#include "core/client/Verdicts.h"

namespace dsmsg::client {

namespace {

QByteArray seconds(Duration time)
{
    return QByteArray::number(toSeconds(time), 'f', 6);
}

QByteArray sendBody(const Draft& draft, UnixTime now, const std::optional<ClockOffset>& clock)
{
    QByteArray body = "{\"msg_id\":" + jsonString(draft.msgId);
    if (!draft.sender.isEmpty())
        body += ",\"sender\":" + jsonString(draft.sender);
    if (!draft.recipient.isEmpty())
        body += ",\"recipient\":" + jsonString(draft.recipient);
    // A clock of which nothing is known is worth less than the time at which the cluster hears of the
    // message.
    if (draft.ts)
        body += ",\"ts\":" + QByteArray::number(*draft.ts, 'f', 6);
    else if (clock)
        body += ",\"ts\":" + seconds(now.time_since_epoch());
    if (clock)
        body +=
            ",\"clock\":{\"offset\":" + seconds(clock->offset) + ",\"error\":" + seconds(clock->error) + '}';
    if (draft.ttl)
        body += ",\"ttl\":" + QByteArray::number(*draft.ttl, 'f', 6);
    if (!draft.payload.isEmpty())
        body += ",\"payload\":" + draft.payload;
    return body + '}';
}

QString sendQuery(Ack ack)
{
    switch (ack) {
    case Ack::Configured:
        break;
    case Ack::Leader:
        return QStringLiteral("ack=leader");
    case Ack::Quorum:
        return QStringLiteral("ack=quorum");
    case Ack::All:
        return QStringLiteral("ack=all");
    }
    return {};
}

QString inSeconds(Milliseconds time)
{
    return QString::number(double(time.count()) / 1000.0);
}

/// For a request whose answer may be held back for so long.
Call::Limits waiting(Call::Limits limits, Milliseconds wait)
{
    limits.attempt += wait;
    limits.total += wait;
    return limits;
}

QString inboxPath(const QString& recipient)
{
    return QLatin1String("/inbox/") + QString::fromLatin1(QUrl::toPercentEncoding(recipient));
}

QString pageQuery(const MessagesQuery& query)
{
    QUrlQuery parameters;
    const auto add = [&parameters](const char* name, const QString& value) {
        parameters.addQueryItem(QLatin1String(name), QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    const auto addNumber = [&add](const char* name, const std::optional<quint64>& value) {
        if (value)
            add(name, QString::number(*value));
    };
    const auto addTime = [&add](const char* name, const std::optional<double>& value) {
        if (value)
            add(name, QString::number(*value, 'f', 6));
    };
    const auto addName = [&add](const char* name, const QString& value) {
        if (!value.isEmpty())
            add(name, value);
    };
    add("limit", QString::number(query.limit));
    addNumber("after", query.after);
    addNumber("before", query.before);
    if (query.order == Order::Delivery)
        add("order", QStringLiteral("delivery"));
    addName("sender", query.sender);
    addName("recipient", query.recipient);
    addName("msg_id", query.msgId);
    addTime("from_ts", query.fromTs);
    addTime("to_ts", query.toTs);
    addNumber("min_seq", query.minSeq);
    if (query.wait.count() > 0)
        add("wait", inSeconds(query.wait));
    return parameters.toString(QUrl::FullyEncoded);
}

QUrl baseOf(const QUrl& url)
{
    return url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery);
}

} // namespace

/// A message from send() to its result.
struct Client::Sending
{
    QString msgId;
    QString query;
    QByteArray body;
    std::function<void(SendResult)> receiver;
};

Client::Client(Options options)
    : options_(std::move(options))
    , random_(options_.seed)
    , endpoints_(options_.endpoints)
    , readers_(options_.endpoints)
    , http_(options_.proxy)
    , meter_(options_.clock, options_.endpoints, options_.proxy, clock_)
    , queue_(options_.window)
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
    if (options_.clock.enabled)
        meter_.start();
    Draft named = draft;
    if (named.msgId.isEmpty())
        named.msgId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const UnixTime now = clock_.wall();
    const auto sending = std::make_shared<Sending>(Sending{
        named.msgId, sendQuery(named.ack), sendBody(named, now, meter_.offset(now)), std::move(receiver)});
    const bool taken = queue_.offer(sending->body.size(),
                                    [this, sending](Milliseconds waited) { startSend(sending, waited); });
    if (!taken)
        QMetaObject::invokeMethod(
            &calls_,
            [this, sending] {
                rejectSend(sending, Milliseconds(0),
                           QStringLiteral(
                               "%1 messages wait to be sent already; send on when some have their results")
                               .arg(queue_.waiting()));
            },
            Qt::QueuedConnection);
}

void Client::startSend(const std::shared_ptr<Sending>& sending, Milliseconds waited)
{
    Call::Limits limits = options_.limits;
    limits.total -= waited;
    if (waited.count() > 0 && limits.total < Call::leastForAttempt) {
        QMetaObject::invokeMethod(
            &calls_,
            [this, sending, waited] {
                queue_.finished();
                rejectSend(
                    sending, waited,
                    QStringLiteral("its time was up before the messages ahead of it had their results"));
            },
            Qt::QueuedConnection);
        return;
    }
    Call::Request request{HttpRequest::Method::Post, QStringLiteral("/send"), sending->query, sending->body};
    const auto judge = std::make_shared<SendJudge>();
    newCall(endpoints_, std::move(request), limits)
        ->start([judge](const HttpReply& reply) { return judge->judge(reply); },
                [this, judge, sending, waited](const Call::Outcome& outcome) {
                    SendResult result = judge->conclude(outcome, sending->msgId);
                    result.elapsed += waited;
                    queue_.finished();
                    sending->receiver(std::move(result));
                },
                options_.observer);
}

void Client::rejectSend(const std::shared_ptr<Sending>& sending, Milliseconds waited, const QString& reason)
{
    SendResult result;
    result.msgId = sending->msgId;
    result.reason = reason;
    result.elapsed = waited;
    sending->receiver(std::move(result));
}

void Client::messages(const MessagesQuery& query, std::function<void(Result<Page>)> receiver)
{
    Call::Request request{HttpRequest::Method::Get, QStringLiteral("/messages"), pageQuery(query),
                          QByteArray()};
    newCall(readers_, std::move(request), waiting(options_.limits, query.wait))
        ->start(
            judgeRead,
            [order = query.order, receiver = std::move(receiver)](const Call::Outcome& outcome) {
                if (outcome.last.status != 200)
                    return receiver(failureOf(outcome.last));
                Result<Page> page = readPage(outcome.last.body, order);
                if (page)
                    page->node = baseOf(outcome.last.url);
                receiver(std::move(page));
            },
            options_.observer);
}

std::unique_ptr<Subscription> Client::subscribe(const SubscribeQuery& query, Subscription::Receiver receiver,
                                                Subscription::Observer observer)
{
    Subscription::Settings settings;
    settings.endpoints = options_.endpoints;
    settings.connection = options_.stream;
    settings.connection.proxy = options_.proxy;
    settings.seed = random_.next();
    return std::make_unique<Subscription>(std::move(settings), query, std::move(receiver),
                                          std::move(observer));
}

void Client::inbox(const QString& recipient, const InboxQuery& query,
                   std::function<void(Result<InboxPage>)> receiver)
{
    Call::Request request{HttpRequest::Method::Get, inboxPath(recipient),
                          QStringLiteral("limit=%1").arg(query.limit), QByteArray()};
    if (query.wait.count() > 0)
        request.query += QStringLiteral("&wait=") + inSeconds(query.wait);
    ask(readers_, std::move(request), waiting(options_.limits, query.wait),
        [receiver = std::move(receiver)](const Result<QByteArray>& body) {
            receiver(body ? readInbox(*body) : Result<InboxPage>(body.error()));
        });
}

void Client::acknowledgeInbox(const QString& recipient, quint64 seq,
                              std::function<void(Result<quint64>)> receiver)
{
    Call::Request request{HttpRequest::Method::Post, inboxPath(recipient) + QLatin1String("/ack"), QString(),
                          "{\"seq\":" + QByteArray::number(seq) + '}'};
    ask(endpoints_, std::move(request), options_.limits,
        [receiver = std::move(receiver)](const Result<QByteArray>& body) {
            receiver(body ? readCursor(*body) : Result<quint64>(body.error()));
        });
}

void Client::measureClock(std::function<void(std::optional<ClockOffset>)> receiver)
{
    meter_.measure([this, receiver = std::move(receiver)] { receiver(clockOffset()); });
}

std::optional<ClockOffset> Client::clockOffset() const
{
    return meter_.offset(clock_.wall());
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
        receiver(failureOf(reply));
    });
}

void Client::request(Call::Request request, To to, std::function<void(Result<QByteArray>)> receiver)
{
    ask(to == To::Leader ? endpoints_ : readers_, std::move(request), options_.limits, std::move(receiver));
}

void Client::ask(Endpoints& endpoints, Call::Request request, Call::Limits limits,
                 std::function<void(Result<QByteArray>)> receiver)
{
    newCall(endpoints, std::move(request), limits)
        ->start(
            judgeRead,
            [receiver = std::move(receiver)](const Call::Outcome& outcome) {
                if (outcome.settled && isAnswer(outcome.last.status))
                    receiver(outcome.last.body);
                else
                    receiver(failureOf(outcome.last));
            },
            options_.observer);
}

} // namespace dsmsg::client

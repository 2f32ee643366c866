// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg messages`: reads committed messages page by page, from whichever of the nodes answers.
#include <algorithm>
#include <cmath>
#include <utility>

#include <QCoreApplication>
#include <QDateTime>
#include <QElapsedTimer>

#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/MessageText.h"

namespace dsmsg::cli {

namespace {

constexpr quint32 pageSize = 500;
constexpr Milliseconds longPoll{30000}; ///< a request that waits; the nodes take up to 60 s
constexpr quint64 numberMax = 9007199254740991;

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("messages"), QStringLiteral("[OPTIONS]"),
         QStringLiteral(
             "Prints committed messages in the order of their seq: seq, time, sender, recipient, payload. With\n"
             "--order delivery in the order in which they were sent, by the cluster's time: the number is the\n"
             "delivery seq then, here and in --after, and what still waits for its delivery is left out. With\n"
             "--json each message is one line, its payload to the digit as it was sent."),
         QStringLiteral("  dsmsg messages --limit 10\n"
                        "  dsmsg messages --recipient alice --after 4711\n"
                        "  dsmsg messages --order delivery --limit 10\n"
                        "  dsmsg messages --sender bob --since 2026-11-23T10:00:00\n"
                        "  dsmsg messages --id build-4711\n"
                        "  dsmsg messages --all --json > everything.ndjson")},
        {
            {QStringLiteral("after"), QStringLiteral("SEQ"),
             QStringLiteral("only messages after this one (0)")},
            {QStringLiteral("order"),
             QStringLiteral("ORDER"),
             QStringLiteral("seq, as committed, or delivery, as sent (seq)"),
             {QStringLiteral("seq"), QStringLiteral("delivery")}},
            {QStringLiteral("before"), QStringLiteral("SEQ"),
             QStringLiteral("only messages before this one, the newest first")},
            {QStringLiteral("since"), QStringLiteral("TIME"),
             QStringLiteral("only of this time or later: 2026-11-23T10:00:00, or seconds since 1970")},
            {QStringLiteral("until"), QStringLiteral("TIME"), QStringLiteral("only before this time")},
            {QStringLiteral("id"), QStringLiteral("ID"), QStringLiteral("only the message of this id")},
            {QStringLiteral("limit"), QStringLiteral("N"), QStringLiteral("at most this many (50)")},
            {QStringLiteral("all"), QString(), QStringLiteral("all there are, instead of --limit")},
            {QStringLiteral("sender"), QStringLiteral("NAME"), QStringLiteral("only from this sender")},
            {QStringLiteral("recipient"), QStringLiteral("NAME"), QStringLiteral("only to this recipient")},
            {QStringLiteral("wait"), QStringLiteral("SECONDS"),
             QStringLiteral("when there is none yet, wait for the first; exit code 3 if none comes")},
        });
}

/// Seconds since the epoch, or a date and time of ISO 8601, local without a zone. Complains and returns false
/// when it is neither.
bool readTime(const CommandLine& line, const char* option, std::optional<double>& time)
{
    if (!line.isSet(option))
        return true;
    bool isNumber = false;
    time = line.text(option).toDouble(&isNumber);
    if (isNumber && std::isfinite(*time))
        return true;
    const QDateTime date = QDateTime::fromString(line.text(option), Qt::ISODateWithMs);
    time = double(date.toMSecsSinceEpoch()) / 1000.0;
    if (!date.isValid())
        line.wrongUsage(
            QStringLiteral("--%1 takes a time as 2026-11-23T10:00:00 or in seconds since 1970, not '%2'")
                .arg(QLatin1String(option), printable(line.text(option))));
    return date.isValid();
}

/// One run of the command.
class Reader : public QObject
{
public:
    Reader(client::Client& client, client::MessagesQuery query, bool asJson, quint64 limit, Milliseconds wait)
        : client_(client)
        , query_(std::move(query))
        , asJson_(asJson)
        , left_(limit)
        , wait_(wait)
    {
        waited_.start();
    }

    void read()
    {
        query_.limit = quint32(std::min<quint64>(left_, pageSize));
        const Milliseconds toWait = wait_ - Milliseconds(waited_.elapsed());
        const bool mayWait = !shown_ && !query_.before && toWait.count() > 0;
        query_.wait = mayWait ? std::min(toWait, longPoll) : Milliseconds(0);
        client_.messages(query_, [this](const Result<client::Page>& page) {
            if (page)
                show(*page);
            else
                fail(page.error());
        });
    }

private:
    void show(const client::Page& page)
    {
        for (const client::Message& message : page.messages) {
            // A node answers as it pleases within the contract; more than asked for is not printed.
            if (left_ == 0)
                break;
            if (asJson_)
                print(messageJson(message));
            else
                print(messageInWords(message, query_.order));
            --left_;
            shown_ = true;
        }
        if (left_ > 0 && (moveOn(page) || mayStillWait()))
            read();
        else
            QCoreApplication::exit(shown_ || wait_.count() == 0 ? ExitCode::Ok : ExitCode::Unreachable);
    }

    bool mayStillWait() const { return !shown_ && !query_.before && Milliseconds(waited_.elapsed()) < wait_; }

    /// False: there is no further page.
    bool moveOn(const client::Page& page)
    {
        const auto last =
            page.messages.isEmpty() ? std::optional<quint64>() : page.messages.last().number(query_.order);
        if (query_.before) {
            const quint64 next = last.value_or(page.nextBefore.value_or(*query_.before));
            return next < std::exchange(query_.before, next);
        }
        const quint64 next = last.value_or(page.nextAfter.value_or(0));
        if (next <= query_.after.value_or(0))
            return false;
        query_.after = next;
        return true;
    }

    void fail(const Error& error)
    {
        complain(printable(QString::fromStdString(error.text)));
        QCoreApplication::exit(exitCodeOf(error));
    }

    client::Client& client_;
    client::MessagesQuery query_;
    bool asJson_;
    quint64 left_;
    Milliseconds wait_;
    QElapsedTimer waited_;
    bool shown_ = false;
};

int run(const CommandLine& line)
{
    if (!line.positional().isEmpty())
        return line.wrongUsage(
            QStringLiteral("takes no argument '%1'").arg(printable(line.positional().first())));
    if (line.isSet("all") && line.isSet("limit"))
        return line.wrongUsage(QStringLiteral("--all and --limit exclude each other"));
    if (line.isSet("before") && (line.isSet("after") || line.isSet("wait")))
        return line.wrongUsage(
            QStringLiteral("--before looks back; it goes with neither --after nor --wait"));
    for (const char* other : {"after", "before", "since", "until", "sender", "recipient", "wait", "all"}) {
        if (line.isSet("id") && line.isSet(other))
            return line.wrongUsage(
                QStringLiteral("--id names one message; leave out --%1").arg(QLatin1String(other)));
    }
    client::MessagesQuery query;
    if (line.choice("order", "seq") == QLatin1String("delivery"))
        query.order = client::Order::Delivery;
    query.sender = line.text("sender");
    query.recipient = line.text("recipient");
    query.msgId = line.text("id");
    const auto after = line.number("after", 0, 0, numberMax);
    const auto before = line.number("before", 0, 1, numberMax);
    const auto limit = line.number("limit", 50, 1, numberMax);
    const auto wait = line.seconds("wait", Milliseconds(0));
    const auto options = line.clientOptions();
    if (!after || !before || !limit || !wait || !options || !readTime(line, "since", query.fromTs) ||
        !readTime(line, "until", query.toTs))
        return ExitCode::Usage;
    if (line.isSet("before"))
        query.before = *before;
    else if (!line.isSet("id"))
        query.after = *after;

    client::Client client(*options);
    Reader reader(client, query, line.isSet("json"), line.isSet("all") ? numberMax : *limit, *wait);
    reader.read();
    return QCoreApplication::exec();
}

} // namespace

const Command messagesCommand{"messages", "read messages", commandLine, run};

} // namespace dsmsg::cli

// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg tail`: the last messages, and with -f what follows, through the loss of any node: each message once,
// in order, flushed as it comes.
#include <algorithm>

#include <QCoreApplication>

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/Follow.h"
#include "app/cli/Interrupt.h"
#include "app/cli/MessageText.h"

namespace dsmsg::cli {

namespace {

constexpr quint64 lastMax = 10000; ///< messages that are kept until they can be printed in their order
constexpr quint32 pageSize = 500;
constexpr quint64 numberMax = 9007199254740991;

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("tail"), QStringLiteral("[OPTIONS]"),
         QStringLiteral(
             "Prints the last messages, oldest first, and with -f goes on with new ones as they are committed, until\n"
             "Ctrl+C. Survives the loss of nodes and of the leader: no message is left out and none is printed\n"
             "twice; stderr says when the connection was lost and when it is back. With --order delivery messages\n"
             "come in the order in which they were sent, and only once that order is final."),
         QStringLiteral("  dsmsg tail\n"
                        "  dsmsg tail -f --recipient alice\n"
                        "  dsmsg tail -f -n 0 --json | jq .payload\n"
                        "  dsmsg tail -f --after 4711 --json >> archive.ndjson")},
        {
            {QStringLiteral("f"), QString(), QStringLiteral("follow: go on with what is new")},
            {QStringLiteral("n"), QStringLiteral("N"),
             QStringLiteral("how many of the last ones, up to 10000 (10)")},
            {QStringLiteral("after"), QStringLiteral("SEQ"),
             QStringLiteral("instead of -n: everything after this one")},
            {QStringLiteral("order"),
             QStringLiteral("ORDER"),
             QStringLiteral("seq, as committed, or delivery, as sent (seq)"),
             {QStringLiteral("seq"), QStringLiteral("delivery")}},
            {QStringLiteral("sender"), QStringLiteral("NAME"), QStringLiteral("only from this sender")},
            {QStringLiteral("recipient"), QStringLiteral("NAME"), QStringLiteral("only to this recipient")},
        });
}

/// One run of the command.
class Tail : public QObject
{
public:
    Tail(client::Client& client, client::MessagesQuery query, const CommandLine& line, Milliseconds patience)
        : client_(client)
        , query_(std::move(query))
        , asJson_(line.isSet("json"))
        , follows_(line.isSet("f"))
        , patience_(patience)
    {
    }

    /// The last `count`, then what follows.
    void showLast(quint64 count)
    {
        if (count == 0)
            return goOn(std::nullopt);
        left_ = count;
        query_.before = numberMax;
        readBack();
    }

    /// Everything after this number, then what follows.
    void showAfter(quint64 number)
    {
        if (follows_)
            return goOn(number);
        query_.after = number;
        readOn();
    }

private:
    void readBack()
    {
        query_.limit = quint32(std::min<quint64>(left_, pageSize));
        client_.messages(query_, [this](const Result<client::Page>& page) {
            if (!page)
                return fail(page.error());
            for (const client::Message& message : page->messages.mid(0, qsizetype(left_)))
                newestFirst_.append(message);
            left_ -= std::min<quint64>(left_, quint64(page->messages.size()));
            const quint64 next = page->messages.isEmpty() ? page->nextBefore.value_or(0)
                                                          : page->messages.last().number(query_.order);
            if (left_ == 0 || next <= 1 || next >= *query_.before)
                return showCollected();
            query_.before = next;
            readBack();
        });
    }

    void showCollected()
    {
        // Of an empty page nothing is known but that no such message exists yet: follow from the very first.
        const quint64 newest = newestFirst_.isEmpty() ? 0 : newestFirst_.first().number(query_.order);
        for (auto message = newestFirst_.crbegin(); message != newestFirst_.crend(); ++message)
            show(*message);
        newestFirst_.clear();
        if (follows_)
            goOn(newest);
        else
            QCoreApplication::exit(ExitCode::Ok);
    }

    void readOn()
    {
        query_.limit = pageSize;
        client_.messages(query_, [this](const Result<client::Page>& page) {
            if (!page)
                return fail(page.error());
            for (const client::Message& message : page->messages)
                show(message);
            const quint64 next = page->messages.isEmpty() ? page->nextAfter.value_or(0)
                                                          : page->messages.last().number(query_.order);
            if (next <= *query_.after)
                return QCoreApplication::exit(ExitCode::Ok);
            query_.after = next;
            readOn();
        });
    }

    void goOn(std::optional<quint64> after)
    {
        if (!follows_)
            return QCoreApplication::exit(ExitCode::Ok);
        follow_ = std::make_unique<Follow>(patience_);
        subscription_ = client_.subscribe(
            {query_.order, after, query_.sender, query_.recipient},
            [this](const client::Message& message) { show(message); },
            [this](const client::SubscriptionState& state) { follow_->observe(state); });
    }

    void show(const client::Message& message) const
    {
        if (asJson_)
            print(messageJson(message));
        else
            print(messageInWords(message, query_.order));
    }

    static void fail(const Error& error)
    {
        complain(printable(QString::fromStdString(error.text)));
        QCoreApplication::exit(exitCodeOf(error));
    }

    client::Client& client_;
    client::MessagesQuery query_;
    const bool asJson_;
    const bool follows_;
    const Milliseconds patience_;
    quint64 left_ = 0;
    QList<client::Message> newestFirst_;
    std::unique_ptr<Follow> follow_;
    std::unique_ptr<client::Subscription> subscription_;
};

int run(const CommandLine& line)
{
    if (!line.positional().isEmpty())
        return line.wrongUsage(
            QStringLiteral("takes no argument '%1'").arg(printable(line.positional().first())));
    if (line.isSet("n") && line.isSet("after"))
        return line.wrongUsage(QStringLiteral("-n and --after exclude each other"));
    const auto count = line.number("n", 10, 0, lastMax);
    const auto after = line.number("after", 0, 0, numberMax);
    const auto options = line.clientOptions();
    if (!count || !after || !options)
        return ExitCode::Usage;
    client::MessagesQuery query;
    if (line.choice("order", "seq") == QLatin1String("delivery"))
        query.order = client::Order::Delivery;
    query.sender = line.text("sender");
    query.recipient = line.text("recipient");

    client::Client client(*options);
    Tail tail(client, query, line, options->limits.total);
    // Following has no other end than this one.
    const Interrupt interrupt(
        [&line] { QCoreApplication::exit(line.isSet("f") ? ExitCode::Ok : ExitCode::Interrupted); });
    QMetaObject::invokeMethod(
        &tail,
        [&] {
            if (line.isSet("after"))
                tail.showAfter(*after);
            else
                tail.showLast(*count);
        },
        Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace

const Command tailCommand{"tail", "show the last messages, and follow", commandLine, run};

} // namespace dsmsg::cli

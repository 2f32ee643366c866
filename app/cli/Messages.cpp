// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg messages`: reads committed messages page by page, from whichever of the nodes answers.
#include <algorithm>

#include <QCoreApplication>
#include <QDateTime>
#include <QElapsedTimer>
#include <QTimer>

#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"

namespace dsmsg::cli {

namespace {

constexpr quint32 pageSize = 500;
constexpr Milliseconds pollEvery{50};

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
                        "  dsmsg messages --all --json > everything.ndjson")},
        {
            {QStringLiteral("after"), QStringLiteral("SEQ"),
             QStringLiteral("only messages after this one (0)")},
            {QStringLiteral("order"),
             QStringLiteral("ORDER"),
             QStringLiteral("seq, as committed, or delivery, as sent (seq)"),
             {QStringLiteral("seq"), QStringLiteral("delivery")}},
            {QStringLiteral("limit"), QStringLiteral("N"), QStringLiteral("at most this many (50)")},
            {QStringLiteral("all"), QString(), QStringLiteral("all there are, instead of --limit")},
            {QStringLiteral("sender"), QStringLiteral("NAME"), QStringLiteral("only from this sender")},
            {QStringLiteral("recipient"), QStringLiteral("NAME"), QStringLiteral("only to this recipient")},
            {QStringLiteral("wait"), QStringLiteral("SECONDS"),
             QStringLiteral("when there is none yet, wait for the first; exit code 3 if none comes")},
        });
}

QString inWords(const client::Message& message, client::Order order)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(qint64(message.correctedTs * 1000));
    return QStringLiteral("%1  %2  %3 -> %4  %5")
        .arg(message.number(order), 6)
        .arg(time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")), printable(message.sender),
             printable(message.recipient), printable(message.payloadText()));
}

/// One run of the command.
class Reader : public QObject
{
public:
    Reader(client::Client& client, const CommandLine& line, quint64 limit, Milliseconds wait)
        : client_(client)
        , asJson_(line.isSet("json"))
        , left_(limit)
        , wait_(wait)
    {
        if (line.choice("order", "seq") == QLatin1String("delivery"))
            query_.order = client::Order::Delivery;
        query_.sender = line.text("sender");
        query_.recipient = line.text("recipient");
        waited_.start();
    }

    /// A number in the order that is read.
    void readAfter(quint64 number)
    {
        query_.after = number;
        query_.limit = quint32(std::min<quint64>(left_, pageSize));
        client_.messages(query_, [this](Result<client::Page> page) {
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
            // A newline inside JSON is only ever between tokens, so a blank says the same on one line.
            if (asJson_)
                print(QByteArray(message.json).replace('\n', ' ').replace('\r', ' '));
            else
                print(inWords(message, query_.order));
            --left_;
            shown_ = true;
        }
        const quint64 next =
            page.messages.isEmpty() ? page.nextAfter.value_or(0) : page.messages.last().number(query_.order);
        const bool advances = next > query_.after.value_or(0);
        if (left_ > 0 && advances)
            readAfter(next);
        else if (!shown_ && Milliseconds(waited_.elapsed()) < wait_)
            QTimer::singleShot(pollEvery, this, [this] { readAfter(query_.after.value_or(0)); });
        else
            QCoreApplication::exit(shown_ || wait_.count() == 0 ? ExitCode::Ok : ExitCode::Unreachable);
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
    constexpr quint64 most = 9007199254740991;
    const auto after = line.number("after", 0, 0, most);
    const auto limit = line.number("limit", 50, 1, most);
    const auto wait = line.seconds("wait", Milliseconds(0));
    const auto options = line.clientOptions();
    if (!after || !limit || !wait || !options)
        return ExitCode::Usage;

    client::Client client(*options);
    Reader reader(client, line, line.isSet("all") ? most : *limit, *wait);
    reader.readAfter(*after);
    return QCoreApplication::exec();
}

} // namespace

const Command messagesCommand{"messages", "read messages", commandLine, run};

} // namespace dsmsg::cli

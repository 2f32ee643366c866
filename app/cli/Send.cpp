// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg send`: one message, acknowledged or not, said in words and by exit code.
#include <cstdio>

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <unistd.h>

#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"

namespace dsmsg::cli {

namespace {

using client::SendOutcome;
using client::SendResult;

constexpr qint64 maxInput = 64 * 1024 * 1024; ///< bytes read from stdin; the nodes' own limit is far below

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("send"), QStringLiteral("[OPTIONS] [TEXT...]"),
         QStringLiteral(
             "Sends TEXT, or without it all of stdin but its last newline, as one message. Repeats it under one\n"
             "id until the cluster has answered or the time is up; an id is stored once, for ever."),
         QStringLiteral("  dsmsg send --to alice \"Hello, Alice\"\n"
                        "  dsmsg send --value '{\"temperature\": 21.50}'\n"
                        "  git log -1 | dsmsg send --from build --id build-4711")},
        {
            {QStringLiteral("to"), QStringLiteral("NAME"), QStringLiteral("recipient (all)")},
            {QStringLiteral("from"), QStringLiteral("NAME"), QStringLiteral("sender (unknown)")},
            {QStringLiteral("id"), QStringLiteral("ID"),
             QStringLiteral("message id, up to 256 bytes (a new UUID)")},
            {QStringLiteral("value"), QString(),
             QStringLiteral("TEXT is one JSON value, stored to the digit")},
            {QStringLiteral("verbose"), QString(),
             QStringLiteral("each attempt on stderr: redirects, retries")},
        });
}

void tellAttempt(const client::Attempt& attempt)
{
    const client::HttpReply& reply = attempt.reply;
    QString line = QStringLiteral("%1 %2: ").arg(
        attempt.method == client::HttpRequest::Method::Post ? QStringLiteral("POST") : QStringLiteral("GET"),
        reply.url.toString());
    line += reply.status == 0 ? reply.problem : QString::number(reply.status);
    line += QStringLiteral(", %1 ms").arg(reply.elapsed.count());
    if (attempt.redirectedTo.isValid())
        line += QStringLiteral(", the leader is %1").arg(attempt.redirectedTo.toString());
    else if (attempt.nextIn)
        line += QStringLiteral(", again in %1 ms").arg(attempt.nextIn->count());
    std::fprintf(stderr, "%s\n", line.toUtf8().constData());
}

QString receiptInWords(const SendResult& result)
{
    QString words = QStringLiteral("seq %1").arg(result.seq);
    if (result.duplicate)
        words += QStringLiteral(", stored before under this id");
    if (result.receipt)
        words += QStringLiteral(", on disk at %1 (term %2, index %3)")
                     .arg(printable(result.receipt->durableOn.join(QLatin1String(", "))))
                     .arg(result.receipt->term)
                     .arg(result.receipt->index);
    if (result.outcome == SendOutcome::Acknowledged && !result.committed)
        words += QStringLiteral(", acknowledged by the leader alone");
    return words + QStringLiteral(", id %1").arg(printable(result.msgId));
}

const char* word(SendOutcome outcome)
{
    switch (outcome) {
    case SendOutcome::Acknowledged:
        return "acknowledged";
    case SendOutcome::Committed:
        return "committed";
    case SendOutcome::Rejected:
        return "rejected";
    case SendOutcome::Unknown:
        return "unknown";
    case SendOutcome::Refused:
        return "refused";
    }
    return "";
}

QByteArray json(const SendResult& result)
{
    if (result.outcome == SendOutcome::Acknowledged)
        return QByteArray(result.body).trimmed().replace('\n', ' ');
    QJsonObject object{{QStringLiteral("status"), QStringLiteral("error")},
                       {QStringLiteral("outcome"), QLatin1String(word(result.outcome))},
                       {QStringLiteral("msg_id"), result.msgId},
                       {QStringLiteral("reason"), result.reason},
                       {QStringLiteral("attempts"), result.attempts}};
    if (result.seq > 0)
        object.insert(QStringLiteral("seq"), double(result.seq));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

int report(const SendResult& result, bool asJson)
{
    if (asJson)
        print(json(result));
    else if (result.outcome == SendOutcome::Acknowledged)
        print(receiptInWords(result));
    const QString reason = printable(result.reason);
    switch (result.outcome) {
    case SendOutcome::Acknowledged:
        return ExitCode::Ok;
    case SendOutcome::Committed:
        complain(QStringLiteral("stored on a majority, but on fewer nodes than asked for: %1")
                     .arg(receiptInWords(result)));
        return ExitCode::BelowQuorum;
    case SendOutcome::Refused:
        complain(QStringLiteral("refused, not stored: %1").arg(reason));
        return ExitCode::Refused;
    case SendOutcome::Rejected:
        complain(QStringLiteral("not stored after %1 attempts: %2").arg(result.attempts).arg(reason));
        return ExitCode::Unreachable;
    case SendOutcome::Unknown:
        complain(
            QStringLiteral(
                "undecided after %1 attempts, the message may be stored: %2. Safe to repeat with --id %3")
                .arg(result.attempts)
                .arg(reason, printable(result.msgId)));
        return ExitCode::Undecided;
    }
    return ExitCode::Undecided;
}

/// The payload as JSON; complains and returns nothing when there is none to send.
std::optional<QByteArray> payload(const CommandLine& line)
{
    QByteArray text = line.positional().join(QLatin1Char(' ')).toUtf8();
    if (line.positional().isEmpty()) {
        if (isatty(STDIN_FILENO) == 1) {
            line.wrongUsage(QStringLiteral("nothing to send: give TEXT, or a message on stdin"));
            return std::nullopt;
        }
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly))
            return std::nullopt;
        text = input.read(maxInput + 1);
        if (text.size() > maxInput) {
            line.wrongUsage(QStringLiteral("more than %1 MiB on stdin").arg(maxInput >> 20));
            return std::nullopt;
        }
        if (text.endsWith('\n'))
            text.chop(1);
    }
    if (!line.isSet("value"))
        return client::jsonString(QString::fromUtf8(text));
    if (client::isJsonValue(text))
        return text.trimmed();
    line.wrongUsage(QStringLiteral("--value wants exactly one JSON value"));
    return std::nullopt;
}

int run(const CommandLine& line)
{
    auto options = line.clientOptions();
    if (!options)
        return ExitCode::Usage;
    const auto content = payload(line);
    if (!content)
        return ExitCode::Usage;
    if (line.isSet("verbose"))
        options->observer = tellAttempt;

    client::Draft draft;
    draft.msgId = line.text("id");
    draft.sender = line.text("from");
    draft.recipient = line.text("to");
    draft.payload = *content;
    client::Client client(*options);
    client.send(draft, [&line](const SendResult& result) {
        QCoreApplication::exit(report(result, line.isSet("json")));
    });
    return QCoreApplication::exec();
}

} // namespace

const Command sendCommand{"send", "send a message", commandLine, run};

} // namespace dsmsg::cli

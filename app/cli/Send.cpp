// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg send`: one message or a stream of them, each acknowledged or not, said in words and by exit code.
#include <cstdio>

#include <unistd.h>

#include <QCoreApplication>
#include <QFile>

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/Interrupt.h"
#include "app/cli/send/SendRun.h"

namespace dsmsg::cli {

namespace {

constexpr qint64 inputBytesMax = 64 * 1024 * 1024; ///< of one message; the nodes' own limit is far below

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("send"), QStringLiteral("[OPTIONS] [TEXT...]"),
         QStringLiteral(
             "Sends TEXT, or without it all of stdin but its last newline, as one message. Repeats it under one\n"
             "id until the cluster has answered or the time is up; an id is stored once, for ever.\n\n"
             "With --ndjson each line is a message {payload, sender?, recipient?, msg_id?, ts?, ttl?}. Several are\n"
             "under way at a time, so lines may be stored in another order; --window 1 keeps theirs. The first\n"
             "message that the cluster cannot take ends the reading. With an id in each line, or --id, the same\n"
             "input can be sent again as often as need be: every line is stored once.\n\n"
             "Ctrl+C reads no further, waits for the answers under way and says what was acknowledged."),
         QStringLiteral("  dsmsg send --to alice \"Hello, Alice\"\n"
                        "  dsmsg send --value '{\"temperature\": 21.50}'\n"
                        "  git log -1 | dsmsg send --from build --id build-4711\n"
                        "  dsmsg send --file report.txt --file appendix.txt\n"
                        "  dsmsg send --ndjson --file orders.ndjson --id orders-2026-11 --json")},
        {
            {QStringLiteral("to"), QStringLiteral("NAME"), QStringLiteral("recipient (all)")},
            {QStringLiteral("from"), QStringLiteral("NAME"), QStringLiteral("sender (unknown)")},
            {QStringLiteral("id"), QStringLiteral("ID"),
             QStringLiteral("message id, up to 256 bytes (a new UUID); of a line: ID-NUMBER")},
            {QStringLiteral("value"), QString(),
             QStringLiteral("TEXT is one JSON value, stored to the digit")},
            {QStringLiteral("file"), QStringLiteral("FILE"),
             QStringLiteral("instead of stdin; several times for several messages")},
            {QStringLiteral("ndjson"), QString(), QStringLiteral("a message a line")},
            {QStringLiteral("ttl"), QStringLiteral("SECONDS"),
             QStringLiteral("the message expires after this long")},
            {QStringLiteral("window"), QStringLiteral("N"),
             QStringLiteral("messages under way at a time, 1 to 64 (6)")},
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

Result<QByteArray> readAll(QFile& file)
{
    QByteArray text = file.read(inputBytesMax + 1);
    if (text.size() > inputBytesMax)
        return Error{Error::Kind::Invalid, "more than " + std::to_string(inputBytesMax >> 20) + " MiB"};
    if (text.endsWith('\n'))
        text.chop(1);
    return text;
}

Result<QByteArray> readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{Error::Kind::Invalid,
                     "cannot open " + path.toStdString() + ": " + file.errorString().toStdString()};
    return readAll(file);
}

Result<QByteArray> asPayload(const QByteArray& text, bool isValue)
{
    if (!isValue)
        return client::jsonString(QString::fromUtf8(text));
    if (client::isJsonValue(text))
        return text.trimmed();
    return Error{Error::Kind::Invalid, "--value wants exactly one JSON value"};
}

/// What there is to send; complains and returns nothing when the command line is wrong.
std::unique_ptr<Drafts> drafts(const CommandLine& line, const client::Draft& common)
{
    const bool isValue = line.isSet("value");
    const QStringList files = line.texts("file");
    const auto wrong = [&line](const QString& what) {
        line.wrongUsage(what);
        return nullptr;
    };
    if (!line.positional().isEmpty() && (!files.isEmpty() || line.isSet("ndjson")))
        return wrong(QStringLiteral("TEXT goes with neither --file nor --ndjson"));
    if (line.isSet("ndjson")) {
        if (isValue || line.isSet("ttl"))
            return wrong(QStringLiteral("--ndjson goes with neither --value nor --ttl; say it in the lines"));
        return std::make_unique<LineDrafts>(common,
                                            files.isEmpty() ? QStringList{QStringLiteral("-")} : files);
    }
    std::vector<GivenDrafts::Payload> payloads;
    for (const QString& path : files)
        payloads.push_back([path, isValue]() -> Result<QByteArray> {
            const auto text = readFile(path);
            return text ? asPayload(*text, isValue) : text;
        });
    if (files.size() > 1 && line.isSet("id"))
        return wrong(QStringLiteral("--id names one message, not %1").arg(files.size()));
    if (!files.isEmpty())
        return std::make_unique<GivenDrafts>(common, std::move(payloads));

    Result<QByteArray> text = line.positional().join(QLatin1Char(' ')).toUtf8();
    if (line.positional().isEmpty()) {
        QFile input;
        if (isatty(STDIN_FILENO) == 1 || !input.open(stdin, QIODevice::ReadOnly))
            return wrong(QStringLiteral("nothing to send: give TEXT, or a message on stdin"));
        text = readAll(input);
    }
    if (text)
        text = asPayload(*text, isValue);
    if (!text)
        return wrong(QString::fromStdString(text.error().text));
    payloads.push_back([payload = *text] { return Result<QByteArray>(payload); });
    return std::make_unique<GivenDrafts>(common, std::move(payloads));
}

int run(const CommandLine& line)
{
    auto options = line.clientOptions();
    const auto window = line.number("window", 6, 1, 64);
    const auto ttl = line.number("ttl", 0, 1, 3153600000);
    if (!options || !window || !ttl)
        return ExitCode::Usage;
    client::Draft common;
    common.msgId = line.text("id");
    common.sender = line.text("from");
    common.recipient = line.text("to");
    if (line.isSet("ttl"))
        common.ttl = double(*ttl);
    const auto source = drafts(line, common);
    if (!source)
        return ExitCode::Usage;
    if (line.isSet("verbose"))
        options->observer = tellAttempt;
    options->window.inFlightMax = int(*window);
    options->clock.enabled = true;

    client::Client client(*options);
    const bool many = line.isSet("ndjson") || line.texts("file").size() > 1;
    SendRun sending(client, *source, {int(*window), line.isSet("json"), many},
                    [](ExitCode code) { QCoreApplication::exit(code); });
    const Interrupt interrupt([&sending] { sending.interrupt(); });
    QMetaObject::invokeMethod(&sending, &SendRun::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace

const Command sendCommand{"send", "send a message", commandLine, run};

} // namespace dsmsg::cli

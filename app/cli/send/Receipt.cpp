// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/send/Receipt.h"

#include <QJsonDocument>
#include <QJsonObject>

#include "app/cli/Console.h"

namespace dsmsg::cli {

using client::SendOutcome;
using client::SendResult;

namespace {

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

} // namespace

ExitCode exitCodeOf(const SendResult& result)
{
    switch (result.outcome) {
    case SendOutcome::Acknowledged:
        return ExitCode::Ok;
    case SendOutcome::Committed:
        return ExitCode::BelowQuorum;
    case SendOutcome::Refused:
        return ExitCode::Refused;
    case SendOutcome::Rejected:
        return ExitCode::Unreachable;
    case SendOutcome::Unknown:
        return ExitCode::Undecided;
    }
    return ExitCode::Undecided;
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

QString failureInWords(const SendResult& result)
{
    const QString reason = printable(result.reason);
    switch (result.outcome) {
    case SendOutcome::Acknowledged:
        break;
    case SendOutcome::Committed:
        return QStringLiteral("stored on a majority, but on fewer nodes than asked for: %1")
            .arg(receiptInWords(result));
    case SendOutcome::Refused:
        return QStringLiteral("refused, not stored: %1").arg(reason);
    case SendOutcome::Rejected:
        return QStringLiteral("not stored after %1 attempts: %2").arg(result.attempts).arg(reason);
    case SendOutcome::Unknown:
        return QStringLiteral(
                   "undecided after %1 attempts, the message may be stored: %2. Safe to repeat with --id %3")
            .arg(result.attempts)
            .arg(reason, printable(result.msgId));
    }
    return {};
}

QByteArray resultJson(const SendResult& result)
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

} // namespace dsmsg::cli

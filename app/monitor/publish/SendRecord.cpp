// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/SendRecord.h"

#include <QCoreApplication>

namespace dsmsg::monitor {

namespace {

using client::SendOutcome;
using Severity = ReceiptWords::Severity;

class ReceiptText
{
    Q_DECLARE_TR_FUNCTIONS(ReceiptText)

public:
    static QString elapsed(double ms)
    {
        if (ms < 100)
            return tr("%1 ms").arg(ms, 0, 'f', 1);
        return ms < 1000 ? tr("%1 ms").arg(ms, 0, 'f', 0) : tr("%1 s").arg(ms / 1000, 0, 'f', 1);
    }

    static QString route(const QList<QUrl>& redirectors, const QUrl& leader)
    {
        if (redirectors.isEmpty())
            return {};
        QStringList names;
        for (const QUrl& url : redirectors)
            names.append(nodeText(url));
        return tr("%1 does not lead and sent it on to %2.")
            .arg(names.join(QLatin1String(", ")), nodeText(leader));
    }

    /// "on disk on n1 n3"
    static QString disks(const client::SendResult& result)
    {
        return result.receipt && !result.receipt->durableOn.isEmpty()
                   ? tr("on disk on %1").arg(result.receipt->durableOn.join(QLatin1Char(' ')))
                   : tr("the node does not say on which disks");
    }

    static QString entry(const client::SendResult& result)
    {
        return result.receipt ? tr("Term %1, index %2.").arg(result.receipt->term).arg(result.receipt->index)
                              : QString();
    }

    static QString sentence(QString text)
    {
        if (text.isEmpty())
            return text;
        text[0] = text[0].toUpper();
        return text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
    }

    static ReceiptWords acknowledged(const SendRecord& record)
    {
        const client::SendResult& result = record.result;
        if (result.duplicate)
            return {
                Severity::Info,
                tr("duplicate of #%1, nothing new stored, %2").arg(result.seq).arg(elapsed(record.elapsedMs)),
                tr("Duplicate of #%1").arg(result.seq),
                tr("This id was known. Nothing was stored now; the first payload stands.") +
                    QLatin1Char(' ') + sentence(disks(result)),
                tr("To store another message, send it with a new id."),
                {}};
        const QString line = QStringLiteral("#%1, %2, %3");
        if (!result.committed)
            return {
                Severity::Warning,
                line.arg(result.seq).arg(tr("acknowledged before majority"), elapsed(record.elapsedMs)),
                tr("#%1 is acknowledged before majority").arg(result.seq),
                sentence(disks(result)) + QLatin1Char(' ') + entry(result),
                tr("It is lost if that node is lost before a majority has it. Ask for \"quorum\" to wait for "
                   "the majority."),
                {}};
        return {Severity::Good,
                line.arg(result.seq).arg(disks(result), elapsed(record.elapsedMs)),
                tr("#%1 is stored").arg(result.seq),
                sentence(disks(result)) + QLatin1Char(' ') + entry(result),
                {},
                {}};
    }

    static ReceiptWords words(const SendRecord& record)
    {
        const client::SendResult& result = record.result;
        const QString reason = sentence(result.reason);
        const QString took = elapsed(record.elapsedMs);
        if (record.cancelled)
            return {
                Severity::Warning,
                tr("cancelled, may be stored"),
                tr("Cancelled; it may be stored"),
                tr("It was on its way for %1 and no answer had come.").arg(took),
                tr("Send it again with the same id: an id is stored once, whatever happened to this one."),
                {}};
        switch (result.outcome) {
        case SendOutcome::Acknowledged:
            return acknowledged(record);
        case SendOutcome::Committed:
            return {Severity::Warning,
                    tr("#%1, committed, on fewer disks than asked for, %2").arg(result.seq).arg(took),
                    tr("#%1 is committed, on fewer disks than asked for").arg(result.seq),
                    tr("A majority holds it, so it will not be lost.") + QLatin1Char(' ') +
                        sentence(disks(result)) + QLatin1Char(' ') + reason,
                    tr("Nothing to do; do not send it again."),
                    {}};
        case SendOutcome::Rejected:
            return {Severity::Critical,
                    tr("not stored: %1").arg(result.reason),
                    tr("Not stored"),
                    tr("%1 Given up after %2.").arg(reason, took),
                    tr("Send it again when the cluster can take it."),
                    {}};
        case SendOutcome::Unknown:
            return {
                Severity::Warning,
                tr("may be stored: %1").arg(result.reason),
                tr("It may be stored"),
                tr("%1 No certain answer within %2.").arg(reason, took),
                tr("Send it again with the same id: an id is stored once, whatever happened to this one."),
                {}};
        case SendOutcome::Refused:
            break;
        }
        return {Severity::Critical,
                tr("refused: %1").arg(result.reason),
                tr("Refused, not stored"),
                reason,
                tr("The cluster will not take this message as it is. Change it, then send it."),
                {}};
    }
};

} // namespace

QString severityName(Severity severity)
{
    switch (severity) {
    case Severity::Good:
        return QStringLiteral("good");
    case Severity::Info:
        return QStringLiteral("info");
    case Severity::Warning:
        return QStringLiteral("warning");
    case Severity::Critical:
        break;
    }
    return QStringLiteral("critical");
}

ReceiptWords receiptWords(const SendRecord& record)
{
    ReceiptWords words = ReceiptText::words(record);
    words.route = ReceiptText::route(record.redirectors, record.result.node);
    return words;
}

QString elapsedText(double ms)
{
    return ReceiptText::elapsed(ms);
}

QString nodeText(const QUrl& url)
{
    return url.host() + QLatin1Char(':') + QString::number(url.port(80));
}

} // namespace dsmsg::monitor

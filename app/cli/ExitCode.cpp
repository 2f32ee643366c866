// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ExitCode.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace dsmsg::cli {

namespace {

constexpr ExitCodeText table[] = {
    {ExitCode::Ok, "ok", "done"},
    {ExitCode::Refused, "refused", "refused for good; soak, verify, doctor, bench: the verdict is not clean"},
    {ExitCode::Usage, "usage", "wrong command line; nothing was done"},
    {ExitCode::Unreachable, "unreachable", "no usable answer in time, and certainly nothing stored"},
    {ExitCode::Undecided, "undecided",
     "a message may or may not be stored; safe to send again with the same --id"},
    {ExitCode::BelowQuorum, "below_quorum",
     "stored on a majority, but on fewer nodes than the cluster's --quorum asks for"},
    {ExitCode::OutputLost, "output_lost", "stdout could not be written, as on a full disk"},
    {ExitCode::Interrupted, "interrupted",
     "Ctrl+C or SIGTERM before the end; what there was until then is printed"},
};

} // namespace

std::span<const ExitCodeText> exitCodes()
{
    return table;
}

QString exitCodesPage()
{
    QStringList lines;
    for (const ExitCodeText& entry : table)
        lines.append(QStringLiteral("  %1  %2  %3")
                         .arg(int(entry.code), 3)
                         .arg(QLatin1String(entry.name), -12)
                         .arg(QLatin1String(entry.meaning)));
    return lines.join(QLatin1Char('\n'));
}

QByteArray exitCodesJson()
{
    QJsonArray array;
    for (const ExitCodeText& entry : table)
        array.append(QJsonObject{{QStringLiteral("code"), int(entry.code)},
                                 {QStringLiteral("name"), QLatin1String(entry.name)},
                                 {QStringLiteral("meaning"), QLatin1String(entry.meaning)}});
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

ExitCode exitCodeOf(const Error& error)
{
    return error.kind == Error::Kind::Invalid ? ExitCode::Refused : ExitCode::Unreachable;
}

} // namespace dsmsg::cli

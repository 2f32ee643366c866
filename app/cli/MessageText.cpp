// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/MessageText.h"

#include <QDateTime>

#include "app/cli/Console.h"

namespace dsmsg::cli {

QString messageInWords(const client::Message& message, client::Order order)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(qint64(message.correctedTs * 1000));
    return QStringLiteral("%1  %2  %3 -> %4  %5")
        .arg(message.number(order), 6)
        .arg(time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")), printable(message.sender),
             printable(message.recipient), printable(message.payloadText()));
}

QByteArray messageJson(const client::Message& message)
{
    return QByteArray(message.json).replace('\n', ' ').replace('\r', ' ');
}

} // namespace dsmsg::cli

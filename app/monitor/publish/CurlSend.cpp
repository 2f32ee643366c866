// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/CurlSend.h"

namespace dsmsg::monitor {

QString shellQuoted(const QString& text)
{
    QString quoted = text;
    quoted.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

QByteArray sendBody(const client::Draft& draft)
{
    QByteArray body;
    const auto add = [&body](const char* name, const QByteArray& json) {
        body += (body.isEmpty() ? QByteArray("{\"") : QByteArray(",\"")) + name + "\":" + json;
    };
    const auto addName = [&add](const char* name, const QString& text) {
        if (!text.isEmpty())
            add(name, client::jsonString(text));
    };
    addName("msg_id", draft.msgId);
    addName("sender", draft.sender);
    addName("recipient", draft.recipient);
    if (draft.ts)
        add("ts", QByteArray::number(*draft.ts, 'f', 6));
    if (draft.ttl)
        add("ttl", QByteArray::number(*draft.ttl, 'g', 12));
    if (!draft.payload.isEmpty())
        add("payload", draft.payload);
    return body.isEmpty() ? QByteArray("{}") : body + '}';
}

QString curlSend(const QUrl& node, const client::Draft& draft)
{
    QUrl url = node;
    url.setPath(QStringLiteral("/send"));
    static const char* const levels[] = {"", "ack=leader", "ack=quorum", "ack=all"};
    const QString level = QString::fromLatin1(levels[std::size_t(draft.ack)]);
    if (!level.isEmpty())
        url.setQuery(level);
    // A body of other origin could begin with @, which curl takes for a file's name; ours is an object.
    return QStringLiteral("curl --noproxy '*' -sL -H 'Content-Type: application/json' --data-binary %1 %2")
        .arg(shellQuoted(QString::fromUtf8(sendBody(draft))), shellQuoted(url.toString(QUrl::FullyEncoded)));
}

} // namespace dsmsg::monitor

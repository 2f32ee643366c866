// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/CurlSend.h"

#include "app/monitor/cluster/CurlLine.h"

namespace dsmsg::monitor {

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
    static const char* const levels[] = {"", "ack=leader", "ack=quorum", "ack=all"};
    client::HttpRequest request;
    request.method = client::HttpRequest::Method::Post;
    request.url = node;
    request.url.setPath(QStringLiteral("/send"));
    if (draft.ack != client::Ack::Configured)
        request.url.setQuery(QString::fromLatin1(levels[std::size_t(draft.ack)]));
    request.body = sendBody(draft);
    return curlLine(request);
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/NodeClient.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace dsmsg::test {

namespace {

constexpr Milliseconds readPatience{10'000};

quint64 unsignedOf(const QJsonValue& value)
{
    return static_cast<quint64>(value.toInteger());
}

} // namespace

quint64 SendReply::index() const
{
    return unsignedOf(json[QLatin1String("receipt")][QLatin1String("index")]);
}

QString SendReply::text() const
{
    return QStringLiteral("%1 %2 %3").arg(http.status).arg(http.error, QString::fromUtf8(http.body));
}

QJsonValue payloadOf(const QString& id, int padding)
{
    QJsonObject payload{{QStringLiteral("for"), id}};
    if (padding > 0)
        payload.insert(QStringLiteral("padding"), id.repeated(padding / id.size() + 1));
    return payload;
}

QJsonObject messageOf(const QString& id, int padding)
{
    return {{QStringLiteral("msg_id"), id}, {QStringLiteral("payload"), payloadOf(id, padding)}};
}

SendReply NodeClient::send(const QJsonObject& message, Milliseconds patience)
{
    return sendRaw("/send", QJsonDocument(message).toJson(QJsonDocument::Compact), patience);
}

SendReply NodeClient::sendRaw(const QByteArray& target, const QByteArray& body, Milliseconds patience)
{
    SendReply reply;
    reply.http = http_.post(target, body, patience);
    reply.json = reply.http.json();
    reply.seq = unsignedOf(reply.json.value(QLatin1String("seq")));
    reply.outcome = reply.json.value(QLatin1String("outcome")).toString();
    return reply;
}

std::optional<StatusReply> NodeClient::status(Milliseconds patience)
{
    const HttpReply reply = http_.get("/status", patience);
    if (reply.status != 200)
        return std::nullopt;
    StatusReply status;
    const QJsonObject json = reply.json();
    status.json = json;
    const QJsonObject consensus = json[QLatin1String("consensus")].toObject();
    status.nodeId = json[QLatin1String("node_id")].toString();
    status.role = consensus[QLatin1String("role")].toString();
    status.term = unsignedOf(consensus[QLatin1String("current_term")]);
    status.leaderId = consensus[QLatin1String("leader_id")].toString();
    status.leaderUrl = consensus[QLatin1String("leader_url")].toString();
    status.serving = consensus[QLatin1String("serving")].toBool();
    status.commitIndex = unsignedOf(json[QLatin1String("commit_index")]);
    status.appliedIndex = unsignedOf(json[QLatin1String("applied_index")]);
    status.lastLogIndex = unsignedOf(json[QLatin1String("last_log_index")]);
    status.committedSeq = unsignedOf(json[QLatin1String("committed_seq")]);
    status.deliveredSeq = unsignedOf(json[QLatin1String("delivered_seq")]);
    status.stateHash = json[QLatin1String("state_hash")].toString();
    status.incarnation = json[QLatin1String("incarnation")].toString();
    const QJsonObject peers = json[QLatin1String("peer_status")].toObject();
    for (auto peer = peers.begin(); peer != peers.end(); ++peer)
        status.peerAlive[peer.key()] = peer.value()[QLatin1String("alive")].toBool();
    return status;
}

QStringList NodeClient::voters()
{
    const QJsonObject answer = http_.get("/cluster/members", Milliseconds(1000)).json();
    QStringList ids;
    for (const QJsonValue& member : answer[QLatin1String("members")].toArray()) {
        if (member[QLatin1String("role")].toString() == QLatin1String("voter"))
            ids << member[QLatin1String("id")].toString();
    }
    ids.sort();
    return answer[QLatin1String("changing")].toBool() ? QStringList() : ids;
}

std::optional<QByteArray> NodeClient::rawPage(quint64 after)
{
    HttpReply reply = http_.get("/messages?limit=1000&after=" + QByteArray::number(after), readPatience);
    return reply.status == 200 ? std::optional(std::move(reply.body)) : std::nullopt;
}

std::optional<std::vector<ReadPage>> NodeClient::readAll()
{
    std::vector<ReadPage> pages;
    quint64 after = 0;
    for (;;) {
        std::optional<QByteArray> body = rawPage(after);
        if (!body)
            return std::nullopt;
        ReadPage next = parsePage(std::move(*body));
        if (next.messages.empty())
            return pages;
        after = next.messages.back().seq;
        pages.push_back(std::move(next));
    }
}

ReadPage parsePage(QByteArray body)
{
    ReadPage page;
    const QJsonArray messages = QJsonDocument::fromJson(body).object()[QLatin1String("messages")].toArray();
    page.messages.reserve(static_cast<std::size_t>(messages.size()));
    for (const QJsonValue& message : messages) {
        page.messages.push_back({unsignedOf(message[QLatin1String("seq")]),
                                 message[QLatin1String("msg_id")].toString(),
                                 message[QLatin1String("payload")]});
    }
    page.body = std::move(body);
    return page;
}

} // namespace dsmsg::test

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The routes of API.md that the tests use, as calls with values. Knows nothing of the client library on
// purpose: the contract is checked against a second reading of it.
#pragma once

#include <QMap>
#include <optional>
#include <vector>

#include "tests/support/process/HttpClient.h"

namespace dsmsg::test {

constexpr Milliseconds sendPatience{10'000};

struct SendReply
{
    HttpReply http;
    QJsonObject json;
    quint64 seq = 0; ///< 0: none in the answer
    QString outcome; ///< of a 503

    bool ok() const { return http.status == 200 && seq > 0; }
    bool flag(const char* name) const { return json[QLatin1String(name)].toBool(); }
    quint64 index() const; ///< of the receipt
    QString text() const;  ///< for the message of a failed check
};

struct StatusReply
{
    QString nodeId;
    QString role;
    quint64 term = 0;
    QString leaderId;
    QString leaderUrl;
    bool serving = false;
    quint64 commitIndex = 0;
    quint64 appliedIndex = 0;
    quint64 lastLogIndex = 0;
    quint64 committedSeq = 0;
    quint64 deliveredSeq = 0;
    QString stateHash;
    QString incarnation;
    QMap<QString, bool> peerAlive; ///< by URL
    QJsonObject json;

    bool leads() const { return role == QLatin1String("Leader"); }
};

struct ReadMessage
{
    quint64 seq = 0;
    QString id;
    QJsonValue payload;
};

struct ReadPage
{
    QByteArray body; ///< as it came, to compare nodes byte by byte
    std::vector<ReadMessage> messages;
};

class NodeClient
{
public:
    explicit NodeClient(const QString& baseUrl)
        : http_(baseUrl)
    {
    }

    SendReply send(const QJsonObject& message, Milliseconds patience = sendPatience);
    /// `target` as in a Location: "/send", perhaps with a query.
    SendReply sendRaw(const QByteArray& target, const QByteArray& body, Milliseconds patience = sendPatience);
    std::optional<StatusReply> status(Milliseconds patience = Milliseconds(1000));
    /// The ids of the voters, sorted; empty while a change of members is under way, or without an answer.
    QStringList voters();
    /// The page of up to 1000 messages after that seq, as it came; nullopt when it could not be read.
    std::optional<QByteArray> rawPage(quint64 after);
    /// Every page from the first message on; nullopt when one could not be read.
    std::optional<std::vector<ReadPage>> readAll();
    HttpClient& http() { return http_; }

private:
    HttpClient http_;
};

ReadPage parsePage(QByteArray body);

/// {"msg_id": id, "payload": payloadOf(id, padding)}
QJsonObject messageOf(const QString& id, int padding = 0);
/// A payload that tells whose it is, so that a mix-up between messages is seen, and about `padding` bytes
/// longer.
QJsonValue payloadOf(const QString& id, int padding = 0);

} // namespace dsmsg::test

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a program says to a cluster and hears from it, as plain values. A payload stays the JSON text it is
// from end to end: through QJsonDocument 12345678901234567890 or 1.0 would come back as another number
// (QT.md).
#pragma once

#include <optional>

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include "core/base/Clock.h"

namespace dsmsg::client {

/// `text` as a JSON string, quotes included.
QByteArray jsonString(const QString& text);
/// Whether `text` is exactly one JSON value, of any kind.
bool isJsonValue(const QByteArray& text);

/// Whose disks must hold a message before it counts as acknowledged.
enum class Ack
{
    Configured, ///< as the cluster's replication mode says
    Leader,
    Quorum,
    All,
};

/// A message to send. Names and ids are up to 256 bytes of UTF-8, a payload up to 1 MiB, or as the nodes are
/// set. Empty names are left to the cluster's defaults: "unknown" sends, "all" receive.
struct Draft
{
    QString msgId; ///< stored once, for ever: a repeat gets the first one's seq; empty: the client draws one
    QString sender;
    QString recipient;
    QByteArray payload;        ///< one JSON value, sent byte for byte; jsonString() makes one of a text
    std::optional<double> ts;  ///< seconds since the Unix epoch, by the own wall clock; none: now
    std::optional<double> ttl; ///< seconds until it expires; none: as long as the cluster keeps messages
    Ack ack = Ack::Configured;
};

/// Where and on which disks a message is.
struct Receipt
{
    quint64 term = 0;
    quint64 index = 0;
    QStringList durableOn; ///< node ids
};

enum class SendOutcome
{
    Acknowledged, ///< stored as the cluster's replication mode promises
    Committed,    ///< a majority holds it, the wider quorum asked for does not: it will not be lost, nor be
                  ///< rejected
    Rejected,     ///< certainly not stored by any attempt
    Unknown,      ///< may be stored; sending it again with the same id is safe
    Refused,      ///< the cluster will never take this message as it is; certainly not stored
};

struct SendResult
{
    SendOutcome outcome = SendOutcome::Rejected;
    QString msgId;
    quint64 seq = 0;        ///< Acknowledged and Committed only
    bool duplicate = false; ///< the id was known: seq and receipt are the first copy's
    bool committed = false; ///< false when a single node vouches for it (replication mode async)
    std::optional<Receipt> receipt;
    QUrl node;      ///< who gave the last answer
    QString reason; ///< in words; empty when acknowledged
    int attempts = 0;
    Milliseconds elapsed{0}; ///< from the call to send() to now, waits included
    QByteArray body;         ///< the last answer as received; empty when there was none
};

/// The numbers by which messages are read.
enum class Order
{
    Seq,      ///< as they were committed
    Delivery, ///< as they were sent, by the cluster's time; what still waits for its delivery is left out
};

struct MessagesQuery
{
    Order order = Order::Seq;
    std::optional<quint64> after;  ///< only messages with a greater number in that order
    std::optional<quint64> before; ///< only with a smaller one, the newest first; excludes `after`
    quint32 limit = 50;            ///< at most; a node may return fewer, see Page::nextAfter
    QString sender;                ///< exact; empty: any
    QString recipient;             ///< exact; empty: any
    QString msgId;                 ///< only the message of this id; empty: any
    std::optional<double> fromTs;  ///< only from this time on: seconds since the Unix epoch, corrected
    std::optional<double> toTs;    ///< only before this time
    std::optional<quint64> minSeq; ///< from a node that has at least this seq: one's own writes are seen
    Milliseconds wait{0};          ///< up to 60 s: an empty page waits so long for a first message
};

struct Message
{
    quint64 seq = 0;
    quint64 deliverySeq = 0; ///< 0: not delivered yet
    QString msgId;
    QString sender;
    QString recipient;
    QByteArray payload;     ///< the JSON value as it was sent
    double correctedTs = 0; ///< seconds since the Unix epoch
    QByteArray json;        ///< the whole message as the node wrote it

    /// The payload for a person: a string without its quotes, everything else as it is.
    QString payloadText() const;
    quint64 number(Order order) const { return order == Order::Seq ? seq : deliverySeq; }
};

struct Page
{
    QList<Message> messages;           ///< ascending by seq, or by deliverySeq; descending with `before`
    std::optional<quint64> nextAfter;  ///< `after` for the next page
    std::optional<quint64> nextBefore; ///< `before` for the next page; none: there is no older one
    QUrl node;
};

/// One node's answer to GET /status.
struct NodeStatus
{
    QString nodeId;
    QString role; ///< "Leader", "Follower" or "Candidate"
    quint64 term = 0;
    QString leaderId; ///< empty when it knows none
    QUrl leaderUrl;   ///< same
    quint64 commitIndex = 0;
    quint64 committedSeq = 0;            ///< the seq of the last message this node can show
    std::optional<quint64> deliveredSeq; ///< how many of them it has delivered, where it tells
    QString mode;
    int peersAlive = 0;
    int peers = 0;
    QString explain; ///< why something does not go on; empty when all is well
    quint64 appliedIndex = 0;
    QString stateHash; ///< running hash of the state at appliedIndex; empty when the node does not tell
    QByteArray json;   ///< the whole answer
};

} // namespace dsmsg::client

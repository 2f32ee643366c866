// SPDX-License-Identifier: GPL-3.0-or-later
//
// What /trace knows of one message, laid out as a waterfall: a bar for each step, from what had to come
// before it to when it was done. A message is on a majority's disks after milliseconds and delivered after
// seconds, so the axis is broken between the two where they lie far apart; within each part it is linear.
#pragma once

#include <optional>

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace dsmsg::monitor {

struct LifeStage
{
    enum class Kind
    {
        Received,
        Appended,
        Durable, ///< on the disk of `node`
        Committed,
        Applied,
        Delivered
    };
    Kind kind = Kind::Received;
    QString node;               ///< Durable only
    std::optional<double> atMs; ///< since the first known time
    double from = 0;            ///< the bar, as parts of the axis, 0 to 1
    double to = 0;
};

struct LifeTick
{
    double at = 0; ///< part of the axis
    double ms = 0;
};

struct LifeLine
{
    quint64 seq = 0;
    QString msgId;
    QList<LifeStage> stages; ///< in the order of a message's life; unknown ones too
    QList<LifeTick> ticks;
    double breakAt = -1;       ///< part of the axis; -1: it is not broken
    double startTs = 0;        ///< the first known time; 0: none
    bool fromReceived = false; ///< ... is that of its receipt
    quint64 deliverySeq = 0;   ///< 0: not delivered yet
    QStringList heldBy;        ///< who holds it now, as the leader knows
    bool complete = false;
    QString missing; ///< why it is not complete, in the node's words
    QString nodeId;  ///< who told
    QString leaderUrl;

    /// How many of the stages are known.
    int known() const;
};

/// The body of a 200; none: it is no trace.
std::optional<LifeLine> lifeLineOf(const QByteArray& body);

} // namespace dsmsg::monitor

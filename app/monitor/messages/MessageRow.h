// SPDX-License-Identifier: GPL-3.0-or-later
//
// One message as a list shows it: everything that a row draws is worked out once, in the thread that read it,
// so that scrolling costs the GUI thread nothing but drawing. Of a large payload only the beginning is kept:
// the window holds 2 000 rows, and a payload may be 1 MiB.
#pragma once

#include <optional>

#include <QByteArray>
#include <QDate>
#include <QList>
#include <QMetaType>
#include <QString>

#include "core/client/Types.h"

namespace dsmsg::monitor {

struct MessageRow
{
    static constexpr qsizetype payloadKept = 2048; ///< bytes

    quint64 seq = 0;
    quint64 deliverySeq = 0; ///< 0: not delivered yet
    quint64 term = 0;
    quint64 index = 0;
    double correctedTs = 0; ///< seconds since the Unix epoch
    double originalTs = 0;  ///< what the sender said
    double receiveTs = 0;   ///< when the leader got it
    bool late = false;
    bool clamped = false;
    bool verified = false; ///< the sender stated its clock's offset
    QString msgId;
    QString sender;
    QString recipient;
    QByteArray payload; ///< the first payloadKept bytes, as sent
    qsizetype payloadBytes = 0;
    QString preview;
    QString timeText;  ///< local, corrected: 14:03:07.512; with its day when that is not today
    QString shiftText; ///< corrected minus original: "+1.2 ms"; empty when it was not changed

    quint64 number(client::Order order) const { return order == client::Order::Seq ? seq : deliverySeq; }
    /// Whether ids, names or the kept payload have this text, in any case.
    bool contains(const QString& text) const;
};

MessageRow rowOf(const client::Message& message, QDate today);

/// One page of GET /messages.
struct MessageRows
{
    QList<MessageRow> rows;          ///< in rising order of their position, whichever way they were read
    std::optional<quint64> next;     ///< where the same reading goes on
    std::optional<quint64> firstSeq; ///< the oldest message that is kept
    QString error;                   ///< why there is none, in words; empty: there is
};

/// Reads the answer to GET /messages; any thread.
MessageRows readRows(const QByteArray& body, client::Order order, QDate today);

/// "14:03:07.512", or with its day; what is no time that a calendar knows comes out as a number.
QString timeTextOf(double ts, QDate today);
/// "+1.2 ms", "-3.04 s"; empty for less than a microsecond.
QString shiftTextOf(double seconds);

} // namespace dsmsg::monitor

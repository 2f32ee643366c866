// SPDX-License-Identifier: GPL-3.0-or-later
//
// What became of one send, and how it is told. The words are made in one place, from what is known and
// nothing else, because a receipt that claims too much is worse than none.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include "core/client/Types.h"

namespace dsmsg::monitor {

struct SendRecord
{
    client::SendResult result;
    double elapsedMs = 0;
    bool cancelled = false;  ///< by the person, before there was an answer
    QList<QUrl> redirectors; ///< who sent it on to another node, in order
};

struct ReceiptWords
{
    enum class Severity
    {
        Good,
        Info,
        Warning,
        Critical,
    };
    Severity severity = Severity::Good;
    QString line;   ///< everything in one line: "#1204, on disk on n1 n3, 2.1 ms"
    QString title;  ///< "#1204 is stored"
    QString detail; ///< what is known of it, a sentence or two
    QString advice; ///< what to do; empty: nothing
    QString route;  ///< how it got to the leader; empty: directly
};
/// "good", "info", "warning", "critical"
QString severityName(ReceiptWords::Severity severity);
ReceiptWords receiptWords(const SendRecord& record);

/// 2.1 ms, 640 ms, 3.2 s.
QString elapsedText(double ms);
/// host:port
QString nodeText(const QUrl& url);

} // namespace dsmsg::monitor

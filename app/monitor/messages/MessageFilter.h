// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which messages are asked for, and how that is said in a URL of GET /messages and GET /events.
#pragma once

#include <optional>

#include <QDateTime>
#include <QString>
#include <QUrl>

#include "core/client/Types.h"

namespace dsmsg::monitor {

struct MessageFilter
{
    client::Order order = client::Order::Seq;
    QString sender;               ///< exact; empty: any
    QString recipient;            ///< exact; empty: any
    QString msgId;                ///< only this message; excludes everything else
    std::optional<quint64> after; ///< only greater positions
    std::optional<double> fromTs; ///< corrected time, seconds
    std::optional<double> toTs;   ///< excluded

    /// Whether some messages do not pass.
    bool isNarrow() const;
    friend bool operator==(const MessageFilter&, const MessageFilter&) = default;
};

/// Where in the order to read, and which way.
struct PagePlace
{
    enum class Direction
    {
        Newer, ///< beyond the position, ascending
        Older  ///< before it, the newest first
    };
    Direction direction = Direction::Older;
    quint64 position = newest;
    int limit = 200;

    static constexpr quint64 newest = 9'223'372'036'854'775'807; ///< beyond every message there is
};

QUrl pageUrl(const QUrl& node, const MessageFilter& filter, const PagePlace& place);
QUrl streamUrl(const QUrl& node, const MessageFilter& filter);
/// A line for a shell. `options` go before the URL: "-s", "-sN".
QString curlOf(const QUrl& url, const QString& options);

/// A time as a person types it: "14:03", "14:03:07.5" (today), "2026-11-23", "2026-11-23 14:03", "5 min ago",
/// "-90s", or seconds since the Unix epoch. None: it is none.
std::optional<double> timeFromText(const QString& text, const QDateTime& now);

} // namespace dsmsg::monitor

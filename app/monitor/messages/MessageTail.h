// SPDX-License-Identifier: GPL-3.0-or-later
//
// Messages as they come, however fast: read and parsed in the thread of Requests, handed to the GUI thread at
// most ten times a second. What comes faster than a window of rows can show is left out, newest kept, and
// told. While nobody looks at the end of the log it only counts.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QObject>
#include <QUrl>

#include "app/monitor/messages/MessageFilter.h"
#include "app/monitor/messages/MessageRow.h"

namespace dsmsg::monitor {

class Requests;
class TailReader;
struct TailShared;

/// What came since the last time.
struct TailBatch
{
    QList<MessageRow> rows;          ///< none while only counting
    quint64 leftOut = 0;             ///< older than `rows`, for want of room
    quint64 counted = 0;             ///< messages that came, shown or not
    bool streaming = false;          ///< the node streams
    bool refused = false;            ///< it refused for good
    QString problem;                 ///< why it does not stream, in words
    std::optional<quint64> position; ///< that of the newest
};

class MessageTail : public QObject
{
    Q_OBJECT

public:
    struct From
    {
        QUrl node;
        MessageFilter filter;         ///< of it: order, sender, recipient
        std::optional<quint64> after; ///< position; none: from now on
        bool counting = false;
    };
    using Receiver = std::function<void(TailBatch)>;

    /// Starts at once. `receiver` is called in this thread, later, and not after the destruction. `requests`
    /// outlives it.
    MessageTail(Requests& requests, From from, Receiver receiver);
    ~MessageTail() override;

    /// From now on rows are only counted. Those that were not handed out yet are counted too.
    void count();

private:
    void take();

    std::shared_ptr<TailShared> shared_;
    TailReader* reader_; ///< lives in the other thread, and ends there
    Receiver receiver_;
};

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages of GET /messages, one reading at a time. A node ends a filtered search after a bounded amount of
// work, with an empty page that says where to go on; the loader goes on until there are rows or the log ends.
#pragma once

#include <functional>

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>

#include "app/monitor/messages/MessageFilter.h"
#include "app/monitor/messages/MessageRow.h"

namespace dsmsg::monitor {

class Requests;

class PageLoader : public QObject
{
    Q_OBJECT

public:
    struct Answer
    {
        MessageRows page;
        bool end = false; ///< there is nothing more in this direction
    };
    using Receiver = std::function<void(Answer)>;

    /// `requests` outlives it.
    explicit PageLoader(Requests& requests);

    /// Cancels the reading under way. `receiver` is called later, once.
    void load(const QUrl& node, const MessageFilter& filter, const PagePlace& place, Receiver receiver);
    void cancel();
    bool busy() const { return busy_; }
    /// Where the search has come to; 0: at its first page.
    quint64 searchedTo() const { return searchedTo_; }

Q_SIGNALS:
    void progressed();

private:
    void ask(const QUrl& node, const MessageFilter& filter, const PagePlace& place, Receiver receiver);
    void read(MessageRows page, const QUrl& node, const MessageFilter& filter, PagePlace place,
              const Receiver& receiver);

    Requests& requests_;
    bool busy_ = false;
    quint64 searchedTo_ = 0;
    quint64 generation_ = 0; ///< of the reading under way: an answer to an older one is none
};

} // namespace dsmsg::monitor

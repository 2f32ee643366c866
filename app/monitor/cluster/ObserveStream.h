// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads one node's /observe in the thread of the requests and leaves what it reads in a box that the GUI
// thread empties. The box holds the newest sample only and a bounded number of events, so that a slow GUI
// costs samples, never memory.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include <QObject>
#include <QUrl>

#include "app/monitor/cluster/Sample.h"
#include "core/client/EventConnection.h"

namespace dsmsg::monitor {

/// What the GUI thread takes out at once.
struct Observed
{
    bool opened = false;
    SamplePtr sample; ///< null: none
    QList<RaftEvent> events;
    std::optional<QString> ended; ///< why
};

/// Between the two threads.
class ObservedBox
{
public:
    static constexpr std::size_t eventsMax = 10'000; ///< what a node keeps
    static constexpr qsizetype eventsAtOnce = 500;

    /// `filled` is called in the writing thread, once until take() has emptied the box.
    explicit ObservedBox(std::function<void()> filled)
        : filled_(std::move(filled))
    {
    }
    /// From now on nothing is taken and nobody is called.
    void close();
    void putOpened();
    void putSample(Sample&& sample);
    void putEvent(RaftEvent&& event);
    void putEnd(const QString& why);
    /// At most eventsAtOnce events; `filled` is called again at once when there are more.
    Observed take();

private:
    void call(); ///< with mutex_ held

    std::mutex mutex_;
    std::function<void()> filled_; ///< empty: closed
    bool called_ = false;
    bool opened_ = false;
    SamplePtr sample_;
    std::deque<RaftEvent> events_;
    std::optional<QString> ended_;
};

class ObserveStream : public QObject
{
    Q_OBJECT

public:
    /// Asks `url`, with its query, as soon as it is in its thread.
    ObserveStream(const QUrl& url, std::shared_ptr<ObservedBox> box);

    Q_INVOKABLE void open();

private:
    void read();

    const QUrl url_;
    const std::shared_ptr<ObservedBox> box_;
    std::unique_ptr<client::EventConnection> connection_;
};

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The connection to one node: first its /status, to know who it is, then its event stream, and /status again
// every few seconds. When the stream ends, /status says what became of the node: refused is down, unanswered
// is silent. GUI thread; what comes is read and parsed in the thread of the requests.
#pragma once

#include <memory>

#include <QObject>
#include <QTimer>

#include "app/monitor/cluster/NodeState.h"
#include "app/monitor/cluster/StatusAnswer.h"
#include "core/client/Backoff.h"

namespace dsmsg::monitor {

class ObservedBox;
class ObserveStream;
class Requests;

class NodeClient : public QObject
{
    Q_OBJECT

public:
    /// `state` and `requests` outlive it.
    NodeClient(NodeState& state, Requests& requests, QObject* parent);
    ~NodeClient() override;

    NodeState& state() { return state_; }
    /// Off: the stream and the polls stop, refresh() still works.
    void setRunning(bool running);
    /// Samples come once a second instead of four times, and /status seldom: nobody looks.
    void setSparing(bool sparing);
    /// Takes what has come since waiting() was said.
    void takeWaiting();
    /// Asks for /status now.
    void refresh();
    /// The node belongs to another cluster: only /status is asked for, in case that changes.
    void setForeign(const QString& problem);
    /// For good: it will be deleted.
    void stop();
    /// Silence is noticed, and the next poll is due or not; every second at least.
    void tick(qint64 nowMs);

Q_SIGNALS:
    /// It is a node of ours and this is what it says; not yet in state(): the receiver decides.
    void answered(const QJsonObject& status);
    void linkChanged();
    /// Something has come on the stream; said once until takeWaiting().
    void waiting();
    void sampled(const dsmsg::monitor::SamplePtr& sample);
    void happened(const dsmsg::monitor::RaftEvent& event);

private:
    void take(const StatusAnswer& answer);
    void openStream();
    void closeStream();
    void takeSample(const SamplePtr& sample);
    void streamEnded(const QString& why);
    void setLink(NodeState::Link link, const QString& problem);

    NodeState& state_;
    Requests& requests_;
    bool running_ = true;
    bool sparing_ = false;
    bool foreign_ = false; ///< of another cluster, or stopped
    bool asking_ = false;
    bool askAgain_ = false;
    qint64 nextPollMs_ = 0;
    qint64 nextStreamMs_ = 0; ///< not before
    qint64 lastHeardMs_ = 0;
    qint64 streamSince_ = 0;
    quint64 lastEventId_ = 0;
    QString run_;
    bool streamOpen_ = false;
    client::Backoff backoff_;
    std::shared_ptr<ObservedBox> box_;
    ObserveStream* stream_ = nullptr; ///< lives in the thread of the requests, ended by deleteLater()
};

} // namespace dsmsg::monitor

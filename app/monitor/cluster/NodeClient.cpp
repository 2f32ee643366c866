// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/NodeClient.h"

#include <QRandomGenerator>
#include <QUrlQuery>

#include "app/monitor/cluster/ObserveStream.h"
#include "app/monitor/cluster/Requests.h"

namespace dsmsg::monitor {

namespace {

constexpr qint64 pollMs = 3500; ///< of a node that answers
constexpr qint64 sparingPollMs = 4 * pollMs;
constexpr qint64 retryMs = 1000;  ///< of one that does not
constexpr qint64 silentMs = 2000; ///< from which on silence is a state
constexpr Milliseconds statusTimeout(2000);
constexpr client::Backoff::Settings streamBackoff{Milliseconds(1000), Milliseconds(4000)};

} // namespace

NodeClient::NodeClient(NodeState& state, Requests& requests, QObject* parent)
    : QObject(parent)
    , state_(state)
    , requests_(requests)
    , backoff_(streamBackoff, QRandomGenerator::global()->generate64())
{
    refresh();
}

NodeClient::~NodeClient()
{
    closeStream();
}

void NodeClient::setRunning(bool running)
{
    if (running_ == running)
        return;
    running_ = running;
    if (running) {
        refresh();
        return;
    }
    closeStream();
    if (state_.link() == NodeState::Link::Live)
        setLink(NodeState::Link::Polling, tr("Auto-refresh is off. Refresh to see what is new."));
}

void NodeClient::setSparing(bool sparing)
{
    if (sparing_ == sparing)
        return;
    sparing_ = sparing;
    // What /status said last may be a quarter of a minute old.
    if (!sparing && running_)
        refresh();
    if (!streamOpen_)
        return;
    // It goes on where it was; until the first sample comes this is still a live node.
    closeStream();
    openStream();
    streamOpen_ = true;
}

void NodeClient::stop()
{
    running_ = false;
    foreign_ = true;
    askAgain_ = false;
    closeStream();
}

void NodeClient::setForeign(const QString& problem)
{
    foreign_ = true;
    closeStream();
    setLink(NodeState::Link::WrongCluster, problem);
}

void NodeClient::refresh()
{
    if (asking_) {
        askAgain_ = true;
        return;
    }
    asking_ = true;
    client::HttpRequest request;
    request.url = state_.url().resolved(QUrl(QStringLiteral("/status")));
    request.timeout = statusTimeout;
    requests_.start<StatusAnswer>(request, this, &readStatusAnswer, [this](const StatusAnswer& answer) {
        asking_ = false;
        take(answer);
        if (std::exchange(askAgain_, false))
            refresh();
    });
}

void NodeClient::take(const StatusAnswer& answer)
{
    const qint64 now = monotonicMs();
    nextPollMs_ = now + (!answer.live() ? retryMs : sparing_ && streamOpen_ ? sparingPollMs : pollMs);
    if (!answer.live()) {
        // A stream that goes on says more than an answer that does not come in time.
        if (answer.link == NodeState::Link::Silent && streamOpen_ && now - lastHeardMs_ < silentMs)
            return;
        if (answer.link != NodeState::Link::Silent)
            closeStream();
        setLink(answer.link, answer.problem);
        return;
    }
    foreign_ = false;
    lastHeardMs_ = now;
    Q_EMIT answered(answer.status);
    if (foreign_)
        return;
    if (running_ && !stream_ && now >= nextStreamMs_)
        openStream();
    if (streamOpen_)
        return;
    state_.take(std::make_shared<const Sample>(answer.sample));
    // At first the stream needs a moment: no word of polling before it has failed.
    if (!stream_ || state_.link() != NodeState::Link::Connecting)
        setLink(NodeState::Link::Polling,
                running_ ? tr("Its event stream is not open: its figures are up to %1 s old.")
                               .arg(double(pollMs) / 1000)
                         : tr("Auto-refresh is off. Refresh to see what is new."));
}

void NodeClient::openStream()
{
    QUrl url = state_.url().resolved(QUrl(QStringLiteral("/observe")));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("every_ms"), sparing_ ? QStringLiteral("1000") : QStringLiteral("250"));
    query.addQueryItem(QStringLiteral("after"), QString::number(lastEventId_));
    url.setQuery(query);
    // Called in the other thread, under the box's lock: after close() nobody calls any more.
    box_ = std::make_shared<ObservedBox>(
        [this] { QMetaObject::invokeMethod(this, &NodeClient::waiting, Qt::QueuedConnection); });
    stream_ = new ObserveStream(url, box_);
    stream_->moveToThread(&requests_.thread());
    streamSince_ = monotonicMs();
    QMetaObject::invokeMethod(stream_, &ObserveStream::open, Qt::QueuedConnection);
}

void NodeClient::closeStream()
{
    streamOpen_ = false;
    if (!stream_)
        return;
    box_->close();
    box_.reset();
    stream_->deleteLater();
    stream_ = nullptr;
}

void NodeClient::takeWaiting()
{
    if (!box_)
        return;
    const Observed observed = box_->take();
    if (observed.opened)
        streamOpen_ = true;
    for (const RaftEvent& event : observed.events) {
        lastEventId_ = std::max(lastEventId_, event.id);
        Q_EMIT happened(event);
    }
    if (observed.sample)
        takeSample(observed.sample);
    if (observed.ended)
        streamEnded(*observed.ended);
}

void NodeClient::takeSample(const SamplePtr& sample)
{
    lastHeardMs_ = sample->receivedMs;
    backoff_.reset();
    // Another process answers there: its status may be another's too.
    if (!run_.isEmpty() && run_ != sample->run)
        refresh();
    run_ = sample->run;
    if (sample->nodeId != state_.id()) {
        closeStream();
        refresh();
        return;
    }
    // What /status says besides, such as the cluster that was just formed, is asked for when something
    // turned.
    const SamplePtr before = state_.sample();
    if (before && (before->term != sample->term || before->leaderId != sample->leaderId ||
                   before->serving != sample->serving))
        refresh();
    state_.take(sample);
    setLink(NodeState::Link::Live, QString());
    Q_EMIT sampled(sample);
}

void NodeClient::streamEnded(const QString&)
{
    const qint64 now = monotonicMs();
    // One that broke after a while is opened again at once, should the node answer.
    nextStreamMs_ = now - streamSince_ > streamBackoff.greatest.count() ? now : now + backoff_.next().count();
    closeStream();
    refresh();
}

void NodeClient::tick(qint64 nowMs)
{
    const NodeState::Link link = state_.link();
    const bool heard = link == NodeState::Link::Live || (link == NodeState::Link::Polling && running_);
    const qint64 patience = link == NodeState::Link::Polling ? pollMs + silentMs : silentMs;
    if (running_ && heard && nowMs - lastHeardMs_ > patience) {
        setLink(NodeState::Link::Silent,
                streamOpen_ ? tr("The connection is open, but the node says nothing. It may be paused, or "
                                 "busy with its disk.")
                            : tr("It does not answer."));
        refresh();
    }
    if (running_ && nowMs >= nextPollMs_ && !asking_)
        refresh();
}

void NodeClient::setLink(NodeState::Link link, const QString& problem)
{
    if (link == state_.link() && problem == state_.problem())
        return;
    state_.setLink(link, problem);
    Q_EMIT linkChanged();
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/embedded/EmbeddedNode.h"

#include "app/monitor/embedded/NodeHost.h"

namespace dsmsg::monitor {

EmbeddedNode::EmbeddedNode(const http::ServerOptions& options, QObject* parent)
    : QObject(parent)
    , name_(QString::fromStdString(options.node.id))
    , url_(QString::fromStdString(options.node.advertiseUrl))
    , directory_(options.node.dataDirectory)
    , host_(new NodeHost(options))
{
    thread_.setObjectName(QStringLiteral("dsmsg-") + name_);
    host_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, host_, &QObject::deleteLater);
    connect(host_, &NodeHost::started, this, [this] { become(Running); });
    connect(host_, &NodeHost::failed, this, [this](const QString& why) { become(Failed, why); });
    connect(host_, &NodeHost::ended, this, [this] {
        become(endsAs_);
        if (std::exchange(startsAgain_, false))
            start();
    });
    connect(host_, &NodeHost::stoppedWriting, this, [this](const QString& why) {
        become(ReadOnly, tr("Its storage failed, so it serves reads only. Start it anew. %1").arg(why));
    });
    connect(host_, &NodeHost::startedOver, this, [this](const QString& why) {
        become(Running, tr("Its data was damaged and set aside; it catches up from the others. %1").arg(why));
    });
    thread_.start();
}

EmbeddedNode::~EmbeddedNode()
{
    host_->disconnect(this);
    QMetaObject::invokeMethod(host_, &NodeHost::stop, Qt::BlockingQueuedConnection);
    thread_.quit();
    thread_.wait();
}

void EmbeddedNode::start()
{
    if (busy() || running())
        return;
    become(Starting);
    order(&NodeHost::start);
}

void EmbeddedNode::stop()
{
    startsAgain_ = false;
    if (state_ == Stopping || !(running() || busy()))
        return;
    endsAs_ = Stopped;
    become(Stopping);
    order(&NodeHost::stop);
}

void EmbeddedNode::kill()
{
    if (!running())
        return;
    endsAs_ = Killed;
    become(Stopping);
    order(&NodeHost::kill);
}

void EmbeddedNode::restart()
{
    if (!running())
        return start();
    stop();
    startsAgain_ = true;
}

QString EmbeddedNode::stateText() const
{
    switch (state_) {
    case Stopped:
        return tr("Stopped");
    case Starting:
        return tr("Starting");
    case Running:
        return tr("Running");
    case ReadOnly:
        return tr("Reads only");
    case Stopping:
        return endsAs_ == Killed ? tr("Being killed") : tr("Stopping");
    case Killed:
        return tr("Killed");
    case Failed:
        break;
    }
    return tr("Did not start");
}

void EmbeddedNode::become(State state, const QString& problem)
{
    // An order that came later counts: what is heard of an earlier one is history.
    if (state_ == Stopping && state != Stopped && state != Killed)
        return;
    state_ = state;
    problem_ = problem;
    Q_EMIT changed();
}

void EmbeddedNode::order(void (NodeHost::*what)())
{
    QMetaObject::invokeMethod(host_, what, Qt::QueuedConnection);
}

} // namespace dsmsg::monitor

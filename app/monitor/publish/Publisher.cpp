// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/Publisher.h"

#include <QUuid>

#include "app/monitor/publish/CurlSend.h"

namespace dsmsg::monitor {

Publisher::Publisher(ClusterMonitor& cluster, const QString& folder, QObject* parent)
    : QObject(parent)
    , cluster_(cluster)
    , worker_(new SendWorker)
    , disk_(new QObject)
{
    network_.setObjectName(QStringLiteral("publish"));
    files_.setObjectName(QStringLiteral("publish-files"));
    worker_->moveToThread(&network_);
    disk_->moveToThread(&files_);
    connect(&network_, &QThread::finished, worker_, &QObject::deleteLater);
    connect(&files_, &QThread::finished, disk_, &QObject::deleteLater);
    connect(worker_, &SendWorker::done, this, &Publisher::finished);
    connect(worker_, &SendWorker::redirected, &cluster_, &ClusterMonitor::noteRedirect);
    network_.start();
    files_.start();

    history_ = new SendHistory(folder + QStringLiteral("/publish-history.json"), *disk_, this);
    templates_ = new TemplateStore(folder + QStringLiteral("/publish-templates.json"), *disk_, this);
    for (StateFile* file : {&history_->file(), &templates_->file()})
        connect(file, &StateFile::failed, this, [this](const QString& why) {
            fileProblem_ = why;
            Q_EMIT fileProblemChanged();
        });

    connect(&cluster_, &ClusterMonitor::changed, this, &Publisher::situationChanged);
    connect(&cluster_, &ClusterMonitor::changed, this, &Publisher::updateNode);
    connect(&cluster_, &ClusterMonitor::targetChanged, this, &Publisher::updateNode);
    connect(&cluster_, &ClusterMonitor::connectedAnew, this, &Publisher::cancel);
    quickForm_.setText(tr("Hello, number {{n}}"));
    updateNode();
}

Publisher::~Publisher()
{
    // Their files are written in a thread that must still run.
    delete history_;
    delete templates_;
    files_.quit();
    network_.quit();
    files_.wait();
    network_.wait();
}

QList<QUrl> Publisher::nodes() const
{
    QList<QUrl> nodes = cluster_.urls();
    if (const NodeState* picked = cluster_.selected()) {
        nodes.removeAll(picked->url());
        nodes.prepend(picked->url());
    }
    return nodes;
}

void Publisher::updateNode()
{
    const QList<QUrl> all = nodes();
    const QUrl first = all.isEmpty() ? QUrl() : all.first();
    form_.setNode(first);
    quickForm_.setNode(first);
}

bool Publisher::canSend() const
{
    return cluster_.connected() && !cluster_.urls().isEmpty();
}

QString Publisher::situation() const
{
    if (!canSend())
        return cluster_.stateText().isEmpty() ? tr("Not connected to a cluster.") : cluster_.stateText();
    if (cluster_.leader() != nullptr)
        return {};
    const QString why = cluster_.whyNoLeader();
    return (why.isEmpty() ? tr("There is no leader.") : why) + QLatin1Char(' ') +
           tr("A message sent now waits up to %1 s for a leader.").arg(SendWorker::patience.count() / 1000);
}

bool Publisher::send(MessageForm* form)
{
    auto draft = form->take();
    if (!draft || !canSend())
        return false;
    start(*draft, form->receipt());
    return true;
}

void Publisher::repeat(MessageForm* form)
{
    const QString id = form->receipt()->msgId();
    for (int row = 0; row < history_->count(); ++row)
        if (history_->entry(row).draft.msgId == id)
            return sendAgain(row, true, form);
}

void Publisher::sendAgain(int row, bool sameId, MessageForm* form)
{
    if (!canSend())
        return;
    client::Draft draft = history_->entry(row).draft;
    if (!sameId)
        draft.msgId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    start(draft, form->receipt());
}

void Publisher::edit(int row, MessageForm* form)
{
    form->show(history_->entry(row).draft);
}

QString Publisher::curlOf(int row) const
{
    const QList<QUrl> all = nodes();
    return all.isEmpty() ? QString() : curlSend(all.first(), history_->entry(row).draft);
}

void Publisher::start(const client::Draft& draft, Receipt* receipt)
{
    const quint64 ticket = nextTicket_++;
    underWay_[ticket] = {receipt, draft, toSeconds(SystemClock().wall())};
    receipt->begin(draft.msgId);
    QMetaObject::invokeMethod(
        worker_, [worker = worker_, ticket, nodes = nodes(), draft] { worker->send(ticket, nodes, draft); });
    Q_EMIT underWayChanged();
}

void Publisher::finished(quint64 ticket, const SendRecord& record)
{
    const auto found = underWay_.find(ticket);
    if (found == underWay_.end())
        return;
    UnderWay mine = std::move(found->second);
    underWay_.erase(found);
    // A receipt shows the last send; an earlier one that ends later is in the history.
    if (mine.receipt && mine.receipt->state() == Receipt::Sending &&
        mine.receipt->msgId() == mine.draft.msgId)
        mine.receipt->take(record);
    history_->add({mine.sentTs, mine.draft, record});
    Q_EMIT underWayChanged();
    Q_EMIT sent(record);
}

void Publisher::cancel()
{
    QMetaObject::invokeMethod(worker_, [worker = worker_] { worker->cancelAll(); });
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sends single messages and remembers them: what the Publish page and Overview's quick send share. The client
// works in one thread and files are written in another; here are only words and models.
#pragma once

#include <map>

#include <QObject>
#include <QPointer>
#include <QThread>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/publish/MessageForm.h"
#include "app/monitor/publish/SendHistory.h"
#include "app/monitor/publish/SendWorker.h"
#include "app/monitor/publish/TemplateStore.h"

namespace dsmsg::monitor {

class Publisher : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.publisher")
    Q_PROPERTY(dsmsg::monitor::MessageForm* form READ form CONSTANT)           ///< of the Publish page
    Q_PROPERTY(dsmsg::monitor::MessageForm* quickForm READ quickForm CONSTANT) ///< of Overview
    Q_PROPERTY(dsmsg::monitor::SendHistory* history READ history CONSTANT)
    Q_PROPERTY(dsmsg::monitor::TemplateStore* templates READ templates CONSTANT)
    Q_PROPERTY(bool canSend READ canSend NOTIFY situationChanged)
    /// Why a message would not be stored now, or not as usual, and what to do; "" when all is well.
    Q_PROPERTY(QString situation READ situation NOTIFY situationChanged)
    Q_PROPERTY(int underWay READ underWay NOTIFY underWayChanged)
    Q_PROPERTY(
        QString fileProblem READ fileProblem NOTIFY fileProblemChanged) ///< "" when files can be written

public:
    /// `folder` is for what is kept across starts. `cluster` outlives it.
    Publisher(ClusterMonitor& cluster, const QString& folder, QObject* parent = nullptr);
    ~Publisher() override;

    /// Sends the form's message; its receipt tells what becomes of it. False when the form is not ok.
    Q_INVOKABLE bool send(dsmsg::monitor::MessageForm* form);
    /// The form's last message once more under its id, after an answer that left it undecided.
    Q_INVOKABLE void repeat(dsmsg::monitor::MessageForm* form);
    /// A message of the history once more; under its own id it is a duplicate. The receipt is `form`'s.
    Q_INVOKABLE void sendAgain(int row, bool sameId, dsmsg::monitor::MessageForm* form);
    /// Puts a message of the history into the form, to be changed.
    Q_INVOKABLE void edit(int row, dsmsg::monitor::MessageForm* form);
    Q_INVOKABLE void cancel();                 ///< breaks off what is under way
    Q_INVOKABLE QString curlOf(int row) const; ///< of a message of the history

    MessageForm* form() { return &form_; }
    MessageForm* quickForm() { return &quickForm_; }
    SendHistory* history() { return history_; }
    TemplateStore* templates() { return templates_; }
    bool canSend() const;
    QString situation() const;
    int underWay() const { return int(underWay_.size()); }
    QString fileProblem() const { return fileProblem_; }
    ClusterMonitor& cluster() { return cluster_; }
    /// Whom to ask: the node that is picked, else the leader, first.
    QList<QUrl> nodes() const;

Q_SIGNALS:
    void situationChanged();
    void underWayChanged();
    void fileProblemChanged();
    void sent(const dsmsg::monitor::SendRecord& record); ///< has its answer

private:
    struct UnderWay
    {
        QPointer<Receipt> receipt;
        client::Draft draft;
        double sentTs = 0;
    };
    void start(const client::Draft& draft, Receipt* receipt);
    void finished(quint64 ticket, const SendRecord& record);
    void updateNode();

    ClusterMonitor& cluster_;
    QThread network_;
    QThread files_;
    SendWorker* worker_; ///< of network_
    QObject* disk_;      ///< of files_
    SendHistory* history_;
    TemplateStore* templates_;
    MessageForm form_;
    MessageForm quickForm_;
    std::map<quint64, UnderWay> underWay_;
    quint64 nextTicket_ = 1;
    QString fileProblem_;
};

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/Requests.h"

namespace dsmsg::monitor {

Requests::Requests(QObject* parent)
    : QObject(parent)
{
    thread_.setObjectName(QStringLiteral("requests"));
    here_.moveToThread(&thread_);
    thread_.start();
    QMetaObject::invokeMethod(
        &here_, [this] { http_ = std::make_unique<client::Http>(QNetworkProxy::NoProxy); },
        Qt::BlockingQueuedConnection);
}

Requests::~Requests()
{
    QMetaObject::invokeMethod(
        &here_, [this] { http_.reset(); }, Qt::BlockingQueuedConnection);
    thread_.quit();
    thread_.wait();
}

void Requests::start(const client::HttpRequest& request, QObject* owner,
                     std::function<void(client::HttpReply)> answer)
{
    startIn(request, owner, [answer = std::move(answer)](client::HttpReply reply) {
        return std::function<void()>([answer, reply = std::move(reply)] { answer(reply); });
    });
}

void Requests::startIn(const client::HttpRequest& request, QObject* owner,
                       std::function<std::function<void()>(client::HttpReply)> work)
{
    // The pointer is looked into in the GUI thread only, where its object lives and ends.
    auto inThread = [this, owner = QPointer<QObject>(owner), request, work = std::move(work)] {
        http_->start(request, http_.get(), [this, owner, work](client::HttpReply reply) {
            QMetaObject::invokeMethod(
                this,
                [owner, rest = work(std::move(reply))] {
                    if (owner)
                        rest();
                },
                Qt::QueuedConnection);
        });
    };
    QMetaObject::invokeMethod(&here_, std::move(inThread), Qt::QueuedConnection);
}

} // namespace dsmsg::monitor

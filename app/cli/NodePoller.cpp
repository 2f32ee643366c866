// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/NodePoller.h"

#include <QJsonDocument>

namespace dsmsg::cli {

QString PolledNode::address() const
{
    return url.toString(QUrl::RemoveScheme).mid(2);
}

NodePoller::NodePoller(client::Client& client, QString path, Milliseconds every)
    : client_(client)
    , path_(std::move(path))
    , every_(every)
{
    clock_.start();
    for (const QUrl& url : client.endpoints())
        nodes_.append(PolledNode(url));
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &NodePoller::askAll);
}

void NodePoller::start()
{
    timer_.start(every_);
    askAll();
}

void NodePoller::stop()
{
    timer_.stop();
}

bool NodePoller::isStale(const PolledNode& node) const
{
    return !node.problem.isEmpty() || now() - node.lastMs > 2 * every_.count() + 500;
}

void NodePoller::askAll()
{
    for (qsizetype i = 0; i < nodes_.size(); ++i) {
        if (nodes_[i].asking)
            continue;
        nodes_[i].asking = true;
        const client::Call::Request request{client::HttpRequest::Method::Get, path_, QString(), {}};
        client_.requestFrom(nodes_[i].url, request, [this, i](const Result<QByteArray>& body) {
            PolledNode& node = nodes_[i];
            node.asking = false;
            const QJsonObject object = body ? QJsonDocument::fromJson(*body).object() : QJsonObject();
            node.problem.clear();
            if (!body) {
                node.problem = QString::fromStdString(body.error().text);
            } else if (object.isEmpty()) {
                node.problem = node.address() + QLatin1String(": the answer is not a dsmsg node's");
            } else {
                node.beforeLast = std::exchange(node.last, object);
                node.beforeLastMs = std::exchange(node.lastMs, now());
                node.body = *body;
            }
            if (onChange)
                onChange(node);
        });
    }
}

} // namespace dsmsg::cli

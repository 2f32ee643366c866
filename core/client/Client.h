// SPDX-License-Identifier: GPL-3.0-or-later
//
// A program's connection to a cluster: asynchronous, in one thread, without blocking. Give it any nodes; it
// finds the leader by their redirects, keeps to it, and looks for the next one when it is gone. A send is
// repeated under one message id until the cluster has answered for certain or the time is up, which is safe
// because an id is stored once, for ever; its result then says truthfully whether the message is stored, is
// not, or may be.
#pragma once

#include <functional>
#include <memory>

#include <QNetworkProxy>
#include <QObject>

#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/client/Call.h"
#include "core/client/Types.h"

namespace dsmsg::client {

class Client : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QList<QUrl> endpoints; ///< base URLs, at least one; see parseEndpoints()
        Call::Limits limits;
        QNetworkProxy proxy =
            QNetworkProxy::NoProxy; ///< the environment's proxy is for the web, not for a cluster
        std::uint64_t seed = 0;     ///< of the jitter; systemSeed() in programs
        Call::Observer observer;    ///< hears of every attempt; may be empty
    };

    explicit Client(Options options);
    /// Calls under way are broken off; their receivers are not called.
    ~Client() override;

    /// Each receiver is called once, later, in this thread.
    void send(const Draft& draft, std::function<void(SendResult)> receiver);
    /// From whichever node answers; it may lag behind the leader.
    void messages(const MessagesQuery& query, std::function<void(Result<Page>)> receiver);
    /// From this node only, one attempt within the attempt limit.
    void status(const QUrl& node, std::function<void(Result<NodeStatus>)> receiver);

    /// Whom a request is for.
    enum class To
    {
        Leader,
        AnyNode
    };
    /// Any other request, repeated like a read until it has an answer: the body of a 200 or 206. Invalid:
    /// refused for good. Only for what does no harm when it is done twice.
    void request(Call::Request request, To to, std::function<void(Result<QByteArray>)> receiver);

    /// The same of this node only, one attempt within the attempt limit.
    void requestFrom(const QUrl& node, const Call::Request& request,
                     std::function<void(Result<QByteArray>)> receiver);

    const QList<QUrl>& endpoints() const { return endpoints_.all(); }

private:
    Call* newCall(Endpoints& endpoints, Call::Request request, Call::Limits limits);

    Options options_;
    Random random_;
    Endpoints endpoints_; ///< for sends: follows the leader
    Endpoints readers_;   ///< for reads: any node will do
    Http http_;
    QObject calls_; ///< parent of the calls under way; the last member, so that they go first
};

} // namespace dsmsg::client

// SPDX-License-Identifier: GPL-3.0-or-later
//
// A program's connection to a cluster: asynchronous, in one thread, without blocking. Give it any nodes; it
// finds the leader by their redirects, keeps to it, and looks for the next one when it is gone. A send is
// repeated under one message id until the cluster has answered for certain or the time is up, which is safe
// because an id is stored once, for ever; its result then says truthfully whether the message is stored, is
// not, or may be.
//
// From the first send on it measures its clock against the cluster's and states the result with each message
// (API.md, `clock`), so that the cluster can order messages by when they were sent, with an error it knows.
#pragma once

#include <functional>
#include <memory>

#include <QNetworkProxy>
#include <QObject>

#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/client/Call.h"
#include "core/client/ClockMeter.h"
#include "core/client/Inbox.h"
#include "core/client/SendQueue.h"
#include "core/client/Subscription.h"
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
        SendWindow window;
        ClockMeter::Settings clock;
        EventConnection::Settings stream; ///< of subscriptions; its proxy is `proxy`
    };

    explicit Client(Options options);
    /// Calls under way are broken off; their receivers are not called.
    ~Client() override;

    /// Each receiver is called once, later, in this thread.
    ///
    /// Beyond the window sends wait for their turn; beyond its bound they are rejected. The time limit begins
    /// here.
    void send(const Draft& draft, std::function<void(SendResult)> receiver);
    /// Sends without a result.
    qsizetype sendsUnderWay() const { return queue_.inFlight() + queue_.waiting(); }
    /// From whichever node answers; it may lag behind the leader.
    void messages(const MessagesQuery& query, std::function<void(Result<Page>)> receiver);
    /// From this node only, one attempt within the attempt limit.
    void status(const QUrl& node, std::function<void(Result<NodeStatus>)> receiver);

    /// Messages as they come. The subscription belongs to the caller, ends with its destruction, and needs
    /// this client no more.
    std::unique_ptr<Subscription> subscribe(const SubscribeQuery& query, Subscription::Receiver receiver,
                                            Subscription::Observer observer = {});

    /// From whichever node answers, linearizable: what was acknowledged before is not seen again.
    void inbox(const QString& recipient, const InboxQuery& query,
               std::function<void(Result<InboxPage>)> receiver);
    /// Acknowledges everything through this seq; the receiver gets the cursor, which never goes back.
    /// Invalid: the seq is beyond the last message.
    void acknowledgeInbox(const QString& recipient, quint64 seq,
                          std::function<void(Result<quint64>)> receiver);

    /// Measures the own clock now, whatever the options say; `receiver` gets what is known then.
    void measureClock(std::function<void(std::optional<ClockOffset>)> receiver);
    /// What the next message would state; none while nothing is known.
    std::optional<ClockOffset> clockOffset() const;

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
    struct Sending;

    void ask(Endpoints& endpoints, Call::Request request, Call::Limits limits,
             std::function<void(Result<QByteArray>)> receiver);
    Call* newCall(Endpoints& endpoints, Call::Request request, Call::Limits limits);
    void startSend(const std::shared_ptr<Sending>& sending, Milliseconds waited);
    void rejectSend(const std::shared_ptr<Sending>& sending, Milliseconds waited, const QString& reason);

    Options options_;
    Random random_;
    SystemClock clock_;
    Endpoints endpoints_; ///< for sends: follows the leader
    Endpoints readers_;   ///< for reads: any node will do
    Http http_;
    ClockMeter meter_;
    SendQueue queue_;
    QObject calls_; ///< parent of the calls under way; the last member, so that they go first
};

} // namespace dsmsg::client

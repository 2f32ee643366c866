// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Gateway of a real node: carries values between the front's thread and the Raft thread by queued calls.
#pragma once

#include <atomic>
#include <memory>

#include <QObject>

#include "core/node/Gateway.h"

namespace dsmsg::node {

class RaftDriver;

class NodeGateway : public QObject, public Gateway
{
    Q_OBJECT
public:
    /// In the front's thread. `driver` and `committedSeq` outlive the gateway.
    NodeGateway(RaftDriver& driver, const std::atomic<std::uint64_t>& committedSeq);
    ~NodeGateway() override;

    void setOutcomeReceiver(std::function<void(std::vector<Outcome>)> receiver) override;
    void submit(std::vector<Submission> submissions) override;
    void requestStatus(std::function<void(NodeStatus)> answer) override;
    void requestVote(JsonVoteRequest request, std::function<void(JsonVoteReply)> answer) override;
    void appendEntries(JsonAppendRequest request, std::function<void(JsonAppendReply)> answer) override;
    Seq committedSeq() const override { return Seq(committedSeq_.load(std::memory_order_acquire)); }

private:
    RaftDriver& driver_;
    const std::atomic<std::uint64_t>& committedSeq_;
    std::function<void(std::vector<Outcome>)> receiver_;
    /// Where answers are posted to. Closures in the Raft thread share it, so that it outlives the gateway if
    /// need be; `alive` is only used in the front's thread.
    struct Mailbox
    {
        QObject context;
        bool alive = true;
    };
    std::shared_ptr<Mailbox> mailbox_;
};

} // namespace dsmsg::node

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Gateway of a real node: carries values between the front's thread and the Raft thread by queued calls.
#pragma once

#include <memory>

#include <QObject>

#include "core/node/Gateway.h"
#include "core/node/KeptSeqs.h"

namespace dsmsg::node {

class FaultController;
class RaftDriver;

class NodeGateway : public QObject, public Gateway, private FaultDesk
{
    Q_OBJECT
public:
    /// In the front's thread. All three outlive the gateway; `faults` is null without fault injection.
    NodeGateway(RaftDriver& driver, const KeptSeqs& seqs, FaultController* faults);
    ~NodeGateway() override;

    void setOutcomeReceiver(std::function<void(std::vector<Outcome>)> receiver) override;
    void submit(std::vector<Submission> submissions) override;
    void setProgressReceiver(std::function<void(Progress)> receiver) override;
    void requestStatus(std::function<void(NodeStatus)> answer) override;
    void requestVote(JsonVoteRequest request, std::function<void(JsonVoteReply)> answer) override;
    void appendEntries(JsonAppendRequest request, std::function<void(JsonAppendReply)> answer) override;
    void awaitRead(ReadWish wish, std::function<void(Result<void>)> answer) override;
    void changeMembers(std::vector<raft::MemberChange> changes,
                       std::function<void(Administered)> answer) override;
    void transferLeadership(std::string to, std::function<void(Administered)> answer) override;
    void compactNow(std::function<void(Result<LogIndex>)> answer) override;
    void requestOrdering(std::function<void(Result<OrderingStatus>)> answer) override;
    void forceDelivery(std::function<void(std::variant<ForcedDelivery, Redirected, Error>)> answer) override;
    void ackInbox(messaging::MoveCursor wish,
                  std::function<void(std::variant<Seq, Redirected, Error>)> answer) override;
    void setRetention(
        messaging::RetentionRule rule,
        std::function<void(std::variant<messaging::RetentionRule, Redirected, Error>)> answer) override;
    void requestRetention(std::function<void(Result<RetentionStatus>)> answer) override;
    void readState(Seq after, std::function<void(Result<std::string>)> answer) override;
    void findId(std::string msgId, std::function<void(Result<std::optional<Seq>>)> answer) override;
    void damageFound(std::string what) override;
    void requestTime(std::function<void(TimeStatus)> answer) override;
    void syncTime(std::function<void(TimeRound)> answer) override;
    void resetTimeStatistics(std::function<void(TimeStatus)> answer) override;
    void correctTime(UnixTime timestamp,
                     std::function<void(Result<timesync::CorrectedTime>)> answer) override;
    void observe(ObserveWish wish, std::function<void(Observation)> answer) override;
    void requestHistory(HistoryQuery query, std::function<void(HistoryPage)> answer) override;
    void requestTrace(TraceQuery query, std::function<void(Trace)> answer) override;
    void requestMetrics(std::function<void(Metrics)> answer) override;
    FaultDesk* faultDesk() override { return faults_ != nullptr ? this : nullptr; }
    Seq committedSeq() const override { return Seq(seqs_.last.load(std::memory_order_acquire)); }
    Seq firstSeq() const override { return Seq(seqs_.first.load(std::memory_order_acquire)); }

private:
    void list(std::function<void(std::vector<ActiveFault>)> answer) override;
    void inject(FaultOrder order, std::function<void(Result<ActiveFault>)> answer) override;
    void heal(std::optional<std::uint64_t> id, std::function<void(std::size_t)> answer) override;

    RaftDriver& driver_;
    const KeptSeqs& seqs_;
    FaultController* const faults_;
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

// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node that does what a test tells it to: answers each write by a function, at once or when the test lets
// go, in any order. Lives in the HTTP thread like the real gateway's front side.
#pragma once

#include <QObject>
#include <functional>
#include <vector>

#include "core/messaging/Store.h"
#include "core/node/Gateway.h"

namespace dsmsg::test {

class FakeGateway final : public QObject, public node::Gateway
{
    Q_OBJECT

public:
    using Result = std::variant<node::Accepted, node::Redirected, node::Unavailable>;

    /// What each submission gets; the default accepts with the next seq.
    std::function<Result(const node::Submission&)> decide;
    bool hold = false; ///< collect submissions in `held` instead of answering
    std::vector<node::Submission> held;
    std::vector<std::size_t> batches; ///< sizes of the submit() calls
    node::NodeStatus status;
    bool holdStatus = false;
    std::vector<std::function<void(node::NodeStatus)>> heldStatus;
    node::JsonVoteRequest lastVote;
    node::JsonAppendRequest lastAppend;
    std::vector<node::ReadWish> wishes;
    std::optional<Error> readRefusal; ///< for every wish
    std::vector<raft::MemberChange> lastChanges;
    std::string lastSuccessor;
    node::Administered administered = raft::Configuration{};         ///< the answer to every order
    node::TimeRound timeRound;                                       ///< the answer to syncTime
    std::optional<dsmsg::Result<timesync::CorrectedTime>> corrected; ///< none: a correction by nothing
    std::vector<UnixTime> toCorrect;
    bool holdTime = false; ///< collect requests for the time in `heldTime` instead of answering
    std::vector<std::function<void(node::TimeStatus)>> heldTime;
    int timeResets = 0;
    node::OrderingStatus ordering;
    std::variant<node::ForcedDelivery, node::Redirected, Error> forced;
    node::FaultDesk* desk = nullptr; ///< none: started without fault injection

    FakeGateway();
    /// Answers what is held, the newest first when `reversed`.
    void release(bool reversed);

    void setOutcomeReceiver(std::function<void(std::vector<node::Outcome>)> receiver) override;
    void submit(std::vector<node::Submission> submissions) override;
    void requestStatus(std::function<void(node::NodeStatus)> answer) override;
    void requestVote(node::JsonVoteRequest request, std::function<void(node::JsonVoteReply)> answer) override;
    void appendEntries(node::JsonAppendRequest request,
                       std::function<void(node::JsonAppendReply)> answer) override;
    void awaitRead(node::ReadWish wish, std::function<void(dsmsg::Result<void>)> answer) override;
    void changeMembers(std::vector<raft::MemberChange> changes,
                       std::function<void(node::Administered)> answer) override;
    void transferLeadership(std::string to, std::function<void(node::Administered)> answer) override;
    void compactNow(std::function<void(dsmsg::Result<LogIndex>)> answer) override;
    void requestOrdering(std::function<void(dsmsg::Result<node::OrderingStatus>)> answer) override;
    void forceDelivery(
        std::function<void(std::variant<node::ForcedDelivery, node::Redirected, Error>)> answer) override;
    void readState(Seq after, std::function<void(dsmsg::Result<std::string>)> answer) override;
    void damageFound(std::string) override {}
    void requestTime(std::function<void(node::TimeStatus)> answer) override;
    void syncTime(std::function<void(node::TimeRound)> answer) override { answer(timeRound); }
    void resetTimeStatistics(std::function<void(node::TimeStatus)> answer) override;
    void correctTime(UnixTime timestamp,
                     std::function<void(dsmsg::Result<timesync::CorrectedTime>)> answer) override;
    node::FaultDesk* faultDesk() override { return desk; }
    Seq committedSeq() const override { return Seq(lastSeq_); }

    node::Accepted accept(const node::Submission& submission);

private:
    std::function<void(std::vector<node::Outcome>)> receiver_;
    std::uint64_t lastSeq_ = 0;
};

/// Messages from a vector.
class FakeReader final : public messaging::MessageReader
{
public:
    explicit FakeReader(const std::vector<messaging::StoredMessage>& messages)
        : messages_(messages)
    {
    }
    Result<messaging::Page> page(const messaging::PageQuery& query) override;
    /// What has a delivery seq, by that.
    Result<messaging::DeliveryPage> deliveries(const messaging::DeliveryQuery& query) override;
    Result<std::optional<messaging::StoredMessage>> bySeq(Seq seq) override;
    Result<messaging::AppliedState> applied() override { return messaging::AppliedState{}; }
    Result<std::optional<Seq>> cursor(const std::string&) override { return std::optional<Seq>(); }

private:
    const std::vector<messaging::StoredMessage>& messages_;
};

} // namespace dsmsg::test

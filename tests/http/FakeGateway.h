// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node that does what a test tells it to: answers each write by a function, at once or when the test lets
// go, in any order. Lives in the HTTP thread like the real gateway's front side.
#pragma once

#include <QObject>
#include <functional>
#include <map>
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
    std::function<void(node::Progress)> progressReceiver; ///< call it, in the HTTP thread, to tell of news
    std::map<std::string, Seq> ids;                       ///< what findId() knows
    node::Observation observation;   ///< of now; observe() gives the events that it is asked for
    node::EventRing events{1000, 5}; ///< ids from 1001 on
    bool holdObservations = false;   ///< collect questions in `heldObservations` instead of answering
    std::vector<std::function<void()>> heldObservations;
    int observations = 0; ///< questions so far
    node::HistoryPage historyPage;
    node::HistoryQuery lastHistory;
    node::Trace trace;
    node::TraceQuery lastTrace;
    node::Metrics metrics;
    std::map<std::string, Seq> cursors;                              ///< of inboxes
    std::variant<Seq, node::Redirected, Error> acknowledged = Seq(); ///< a Seq: the cursor moves as wished
    std::optional<std::variant<node::Redirected, Error>> retentionRefusal;
    node::RetentionStatus retention; ///< with the rules that were set
    node::FaultDesk* desk = nullptr; ///< none: started without fault injection

    FakeGateway();
    /// Answers what is held, the newest first when `reversed`.
    void release(bool reversed);

    void setOutcomeReceiver(std::function<void(std::vector<node::Outcome>)> receiver) override;
    void setProgressReceiver(std::function<void(node::Progress)> receiver) override
    {
        progressReceiver = std::move(receiver);
    }
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
    void ackInbox(messaging::MoveCursor wish,
                  std::function<void(std::variant<Seq, node::Redirected, Error>)> answer) override;
    void setRetention(
        messaging::RetentionRule rule,
        std::function<void(std::variant<messaging::RetentionRule, node::Redirected, Error>)> answer) override;
    void requestRetention(std::function<void(dsmsg::Result<node::RetentionStatus>)> answer) override
    {
        answer(retention);
    }
    void readState(Seq after, std::function<void(dsmsg::Result<std::string>)> answer) override;
    void findId(std::string msgId, std::function<void(dsmsg::Result<std::optional<Seq>>)> answer) override;
    void damageFound(std::string) override {}
    void requestTime(std::function<void(node::TimeStatus)> answer) override;
    void syncTime(std::function<void(node::TimeRound)> answer) override { answer(timeRound); }
    void resetTimeStatistics(std::function<void(node::TimeStatus)> answer) override;
    void correctTime(UnixTime timestamp,
                     std::function<void(dsmsg::Result<timesync::CorrectedTime>)> answer) override;
    void observe(node::ObserveWish wish, std::function<void(node::Observation)> answer) override;
    void requestHistory(node::HistoryQuery query, std::function<void(node::HistoryPage)> answer) override;
    void requestTrace(node::TraceQuery query, std::function<void(node::Trace)> answer) override;
    void requestMetrics(std::function<void(node::Metrics)> answer) override;
    node::FaultDesk* faultDesk() override { return desk; }
    Seq committedSeq() const override { return Seq(lastSeq_); }
    Seq firstSeq() const override { return retention.kept.first; }

    node::Accepted accept(const node::Submission& submission);

private:
    std::function<void(std::vector<node::Outcome>)> receiver_;
    std::uint64_t lastSeq_ = 0;
};

/// Messages from a vector, cursors from a map.
class FakeReader final : public messaging::MessageReader
{
public:
    FakeReader(const std::vector<messaging::StoredMessage>& messages,
               const std::map<std::string, Seq>& cursors)
        : messages_(messages)
        , cursors_(cursors)
    {
    }
    Result<messaging::Page> page(const messaging::PageQuery& query) override;
    /// What has a delivery seq, by that.
    Result<messaging::DeliveryPage> deliveries(const messaging::DeliveryQuery& query) override;
    Result<std::optional<messaging::StoredMessage>> bySeq(Seq seq) override;
    /// How far the messages go, in both orders.
    Result<messaging::AppliedState> applied() override;
    Result<std::optional<Seq>> cursor(const std::string& recipient) override;
    Result<messaging::InboxSummary> inboxes(std::size_t limit) override;

private:
    const std::vector<messaging::StoredMessage>& messages_;
    const std::map<std::string, Seq>& cursors_;
};

} // namespace dsmsg::test

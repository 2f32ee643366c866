// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Raft thread: owns the core and the links to the peers, and keeps the order of persist, send, apply,
// answer. All inputs of one turn of the event loop share one write (group commit). Nothing here waits for
// anything.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QObject>
#include <QTimer>

#include "core/net/PeerHub.h"
#include "core/node/ApplyWorker.h"
#include "core/node/DeliveryPacer.h"
#include "core/node/DivergenceWatch.h"
#include "core/node/EntryWaits.h"
#include "core/node/InboxAcks.h"
#include "core/node/JsonRaft.h"
#include "core/node/LogGauge.h"
#include "core/node/LogWorker.h"
#include "core/node/NodeOptions.h"
#include "core/node/Observer.h"
#include "core/node/Proposals.h"
#include "core/node/ReadWaits.h"
#include "core/node/RecoveryWatch.h"
#include "core/node/RetentionPacer.h"
#include "core/node/Timekeeper.h"

namespace dsmsg::node {

class RaftDriver : public QObject
{
    Q_OBJECT
public:
    struct Workers
    {
        LogWorker* log = nullptr;
        ApplyWorker* apply = nullptr;
    };

    /// In the Raft thread. Clock and workers outlive the driver's last callback.
    RaftDriver(NodeOptions options, raft::Identity identity, raft::Restored restored, ApplyReport applied,
               const Clock& clock, std::uint64_t seed);
    ~RaftDriver() override;

    void start(Workers workers);
    /// Closes links, answers what is open, steps no more. After silence() it answers nobody and leaves
    /// nothing to be written.
    void stop();
    /// From now on nobody hears of this node, nor it of anybody. Any thread: the Raft thread may be paused.
    void silence();

    /// Where outcomes go; called in the Raft thread. Empty: nowhere.
    void setOutcomeSink(std::function<void(std::vector<Outcome>)> sink);
    void submit(std::vector<Submission> submissions);
    NodeStatus status();
    void requestVote(JsonVoteRequest request, std::function<void(JsonVoteReply)> answer);
    void appendEntries(JsonAppendRequest request, std::function<void(JsonAppendReply)> answer);
    void adoptPeerSocket(QTcpSocket* socket);
    void awaitRead(const ReadWish& wish, ReadWaits::Answer answer);
    void changeMembers(std::vector<raft::MemberChange> changes, std::function<void(Administered)> answer);
    void transferLeadership(const std::string& to, std::function<void(Administered)> answer);
    void compactNow(std::function<void(Result<LogIndex>)> answer);
    void readState(Seq after, std::function<void(Result<std::string>)> answer);
    /// Called in the apply thread from now on; empty: nobody hears.
    void setProgressSink(std::function<void(const Progress&)> sink);
    /// Answered in the apply thread, which alone has the newest ids.
    void findId(std::string msgId, std::function<void(Result<std::optional<Seq>>)> answer);
    /// The applied state is damaged, as somebody else found out.
    void damageFound(const std::string& what);
    void requestTime(const std::function<void(TimeStatus)>& answer);
    void syncTime(std::function<void(TimeRound)> answer);
    void resetTimeStatistics(const std::function<void(TimeStatus)>& answer);
    void correctTime(UnixTime timestamp, const std::function<void(Result<timesync::CorrectedTime>)>& answer);
    using ForceAnswer = std::function<void(std::variant<ForcedDelivery, Redirected, Error>)>;
    void forceDelivery(ForceAnswer answer);
    using AckAnswer = std::function<void(std::variant<Seq, Redirected, Error>)>;
    void ackInbox(messaging::MoveCursor wish, AckAnswer answer);
    using RetentionAnswer = std::function<void(std::variant<messaging::RetentionRule, Redirected, Error>)>;
    void setRetention(const messaging::RetentionRule& rule, RetentionAnswer answer);
    /// Answered in the apply thread; the next one too.
    void requestRetention(std::function<void(Result<RetentionStatus>)> answer);
    void requestOrdering(std::function<void(Result<OrderingStatus>)> answer);
    /// Fault injection: what is wrong with the links from now on, and what the status shows.
    void faultsChanged(std::vector<ActiveFault> active);

    // For those who watch (DriverObserve.cpp); answered within the call.
    void observe(const ObserveWish& wish, const std::function<void(Observation)>& answer);
    void requestHistory(const HistoryQuery& query, const std::function<void(HistoryPage)>& answer);
    void requestTrace(const TraceQuery& query, const std::function<void(Trace)>& answer);
    void requestMetrics(const std::function<void(Metrics)>& answer);

    // From the workers, by queued call.
    void persisted(WriteId through, Duration sync);
    void logRead(const raft::LogReadRequest& request, std::vector<raft::EntryPtr> entries);
    void diskSpace(std::uint64_t freeBytes, bool sufficient);
    void applied(ApplyReport report);
    void delivered(std::vector<RecentDelivery> recent) { recent_ = std::move(recent); }
    void lookedUp(Seq seq, const std::optional<messaging::StoredMessage>& first);
    void admitted(std::uint64_t epoch, std::vector<Foreseen> foreseen);
    void stateRead(ServerId forPeer, std::uint64_t position, std::string chunk, LogIndex finishedAt);
    void snapshotStored(std::uint64_t position, LogIndex finishedAt);
    void snapshotInstalled(ApplyReport report);
    void failed(const std::string& why);

Q_SIGNALS:
    /// This node stopped writing for good; the process should end with an error.
    void stoppedWriting(const QString& why);
    void peerIdentified(const QString& url, const QString& id);

private:
    raft::Ready step(raft::Input input);
    void handle(raft::Ready ready);
    void peerSaid(ServerId from, raft::Message message);
    void logEvents(const std::vector<raft::Event>& events);
    ObservedEvent eventNow(std::string_view kind, std::string text);
    void noteFaults(const std::vector<ActiveFault>& before);
    void observeProgress();
    void observeSecond();
    Sample sample();
    std::vector<PeerSample> samplePeers(const raft::Status& status);
    void endOfTurn();
    void scheduleEndOfTurn();
    void feedApply();
    void serveSnapshots(raft::Ready& ready);
    void compactIfLong();
    void followMembers();
    void tellState();
    void stateTold(ServerId from, const net::StateMark& mark);
    void compareStates();
    void settleOrders();
    void orderApplied(const ApplyReport& report);
    void armDelivery();
    void deliverDue();
    std::optional<raft::Proposed> moveWatermark(UnixTime watermark);
    void askHeld(std::size_t kept, std::function<void(std::optional<UnixTime>)> answer);
    std::optional<std::variant<Redirected, Error>> cannotOrder();
    std::optional<raft::Proposed> proposeOrders(const std::vector<messaging::Order>& orders,
                                                UnixTime watermark);
    void pumpAcks();
    void armRetention();
    void searchRetention();
    void removalsFound(RetentionPacer::Ticket ticket, const messaging::RetentionScan::Found& found,
                       LogIndex seen);
    static Administered cannotLead(const std::variant<Redirected, Unavailable>& elsewhere);
    bool mayPump() const;
    void pump();
    void offer(Proposals::Batch batch);
    void propose(const Proposals::Batch& batch);
    std::optional<Unavailable> refusalFor(raft::Refusal refusal);
    /// Why this node cannot be asked what only a leader does; none: it leads.
    std::optional<std::variant<Redirected, Unavailable>> notLeading() const;
    /// Same, and why it takes nothing new into the log.
    std::optional<std::variant<Redirected, Unavailable>> cannotServe() const;
    void settle();
    void deliverOutcomes();
    void leadershipChanged();
    Proposals::Facts facts() const;
    const raft::Member* leaderMember() const;
    AckLevel levelOf(AckLevel asked) const;
    UnixTime stamp();
    messaging::Correction correctionOf(const Draft& draft);
    void timeTold(ServerId peer, const net::TimeExchange& told);
    void timeTick();
    void announceClock();
    std::string explain(const raft::Status& status) const;
    bool stopped() const { return stopped_ || !failure_.empty(); }

    const NodeOptions options_;
    const raft::Identity identity_;
    const Clock& clock_;
    raft::Raft raft_;
    net::PeerHub hub_;
    Timekeeper timekeeper_;
    QTimer timeTimer_;
    Proposals proposals_;
    JsonRaft json_;
    RecoveryWatch recovery_;
    ReadWaits reads_;
    LogGauge gauge_;
    Workers workers_;
    std::function<void(std::vector<Outcome>)> outcomeSink_;

    QTimer raftTimer_;
    QTimer expiryTimer_;
    bool endOfTurnPosted_ = false;
    std::vector<raft::Write> turnWrites_;
    Instant lastNow_;

    // Apply
    LogIndex applyThrough_;
    LogIndex applySent_;
    bool applyReadPending_ = false;
    messaging::AppliedState appliedState_;
    std::vector<RecentDelivery> recent_;
    std::size_t held_ = 0;    ///< messages that wait for their delivery
    bool installing_ = false; ///< the log begins anew; the state is being replaced
    LogIndex stateDurable_;   ///< the applied state is on disk up to here
    DivergenceWatch divergence_;
    std::string diverged_; ///< what nobody could decide; empty: nothing
    QTimer tellTimer_;

    // Delivery
    DeliveryPacer pacer_;
    QTimer deliveryTimer_;
    bool relieving_ = false; ///< the buffer is too full, and what to do is being worked out

    // Orders in the log
    EntryWaits entryWaits_;
    InboxAcks acks_;
    RetentionPacer retention_;
    QTimer retentionTimer_;

    // Orders of an administrator, under way
    struct Order
    {
        std::function<void(Administered)> answer;
        Instant deadline;
        LogIndex entry; ///< 0: a transfer, done when another leads
    };
    std::vector<Order> orders_;
    std::uint64_t membersVersion_ = UINT64_MAX; ///< what the links follow

    // Leadership
    bool led_ = false;
    Term ledTerm_;
    std::uint64_t epoch_ = 0; ///< of admissions; a later one makes earlier answers void
    std::deque<Proposals::Batch> admitting_;
    LogIndex admissionsResumeAt_; ///< after a refused admission: not before this is applied
    LogIndex lastProposed_;

    // Disk
    DiskStatus disk_;
    std::string failure_;
    bool stopped_ = false;
    std::atomic<bool> silent_ = false; ///< it plays the end of a killed process

    std::vector<ActiveFault> faults_; ///< injected on purpose
    Observer observer_;
};

} // namespace dsmsg::node

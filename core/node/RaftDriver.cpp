// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/RaftDriver.h"

#include <algorithm>

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcRaft, "dsmsg.raft")

namespace dsmsg::node {

namespace {

constexpr Milliseconds expiryInterval{20};
constexpr Milliseconds tellInterval{1000};
constexpr Milliseconds jsonReplyTime{1000};
constexpr std::size_t applyBytesMax = 4u << 20;

net::Self selfOf(const NodeOptions& options, const raft::Identity& identity, ClusterId announced)
{
    net::Self self;
    self.hello.nodeId = options.id;
    self.hello.url = options.advertiseUrl;
    self.hello.server = identity.server;
    self.hello.initialUrls = identity.initialUrls;
    self.hello.mode = toString(options.mode);
    self.hello.quorum = options.quorum;
    self.secret = options.secret;
    self.hello.cluster = announced;
    return self;
}

/// A guess from the share of all entries that the log still has; the gauge needs no more.
std::uint64_t messagesIn(const raft::Restored& restored, const messaging::AppliedState& state)
{
    const std::uint64_t kept = restored.lastIndex - restored.base.index;
    return restored.lastIndex ? state.lastSeq.value / restored.lastIndex.value * kept : 0;
}

} // namespace

RaftDriver::RaftDriver(NodeOptions options, raft::Identity identity, raft::Restored restored,
                       ApplyReport applied, const Clock& clock, std::uint64_t seed)
    : options_(std::move(options))
    , identity_(std::move(identity))
    , clock_(clock)
    , raft_(options_.raft, identity_, restored, seed, clock.now())
    , hub_(selfOf(options_, identity_, raft_.announcedCluster()), options_.peerUrls, clock, seed ^ 1,
           options_.peers,
           {[this](ServerId from, raft::Message message) { peerSaid(from, std::move(message)); },
            [this](raft::PeerIdentified peer) {
                Q_EMIT peerIdentified(QString::fromStdString(peer.url), QString::fromStdString(peer.id));
                handle(step(std::move(peer)));
            },
            [this](ServerId server) { handle(step(raft::PeerDisconnected{server})); },
            [this](ServerId from, const net::StateMark& mark) { stateTold(from, mark); },
            [this](ServerId peer) { timekeeper_.asked(peer); },
            [this](ServerId peer, const net::TimeExchange& told) { timeTold(peer, told); }})
    , timekeeper_(identity_.server, options_.id, clock, options_.time, Random(seed ^ 3).next(),
                  [this] { hub_.probeAll(); })
    , timeTimer_(this)
    , proposals_({options_.writeTimeout, options_.batchBytesMax, options_.batchMessagesMax,
                  options_.entriesInFlightMax})
    , json_(options_.secret)
    , reads_(options_.readsWaitingMax)
    , gauge_(options_.logKept)
    , raftTimer_(this)
    , expiryTimer_(this)
    , lastNow_(clock.now())
    , applyThrough_(applied.state.index)
    , applySent_(applied.state.index)
    , appliedState_(applied.state)
    , recent_(std::move(applied.recent))
    , held_(applied.held)
    , tellTimer_(this)
    , pacer_(options_.orderingWindow)
    , deliveryTimer_(this)
    , acks_({options_.ordersPerEntryMax, options_.inboxAcksWaitingMax, options_.writeTimeout})
    , retention_(options_.retentionInterval)
    , retentionTimer_(this)
    , observer_({clock.wall(), clock.now(), applied.state.index, applied.state.delivery.last})
{
    disk_.reserveBytes = options_.diskReserveBytes;
    raftTimer_.setSingleShot(true);
    raftTimer_.setTimerType(Qt::PreciseTimer);
    connect(&raftTimer_, &QTimer::timeout, this, [this] { handle(step(raft::Tick{})); });
    expiryTimer_.setInterval(expiryInterval);
    connect(&expiryTimer_, &QTimer::timeout, this, [this] {
        proposals_.expire(facts(), clock_.now());
        json_.expire(clock_.now(), raft_.term(), false);
        reads_.expire(clock_.now());
        settleOrders();
        acks_.expire(clock_.now());
        entryWaits_.expire(clock_.now());
        if (acks_.wantsEntry())
            scheduleEndOfTurn();
        deliverOutcomes();
    });
    deliveryTimer_.setSingleShot(true);
    connect(&deliveryTimer_, &QTimer::timeout, this, &RaftDriver::deliverDue);
    retentionTimer_.setSingleShot(true);
    connect(&retentionTimer_, &QTimer::timeout, this, &RaftDriver::searchRetention);
    pacer_.applied(applied.state.delivery.watermark, applied.oldestHeld);
    connect(&tellTimer_, &QTimer::timeout, this, [this] {
        if (raft_.role() == raft::Role::Leader)
            divergence_.announce();
        tellState();
        observeSecond();
    });
    tellTimer_.start(tellInterval);
    connect(&timeTimer_, &QTimer::timeout, this, &RaftDriver::timeTick);
    timeTimer_.start(Timekeeper::tickInterval);
    announceClock();
    reads_.applied(applied.state.index, applied.state.lastSeq);
    gauge_.restored(restored.base.index, applied.state.index, applied.logBytes,
                    messagesIn(restored, applied.state));
    followMembers();
}

RaftDriver::~RaftDriver() = default;

void RaftDriver::start(Workers workers)
{
    workers_ = workers;
    QMetaObject::invokeMethod(workers_.log, &LogWorker::startWatching, Qt::QueuedConnection);
    scheduleEndOfTurn();
}

void RaftDriver::stop()
{
    stopped_ = true;
    hub_.shutDown();
    timeTimer_.stop();
    timekeeper_.stop();
    tellTimer_.stop();
    raftTimer_.stop();
    expiryTimer_.stop();
    deliveryTimer_.stop();
    retentionTimer_.stop();
    if (silent_) {
        outcomeSink_ = {};
        turnWrites_.clear();
    }
    proposals_.leadershipLost("this node is shutting down");
    acks_.leadershipLost("this node is shutting down");
    entryWaits_.giveUp();
    reads_.refuseAll("this node is shutting down");
    settleOrders();
    json_.expire(clock_.now(), raft_.term(), true);
    deliverOutcomes();
    // What the core still wanted on disk goes there: a promise already made must outlive the stop.
    if (!turnWrites_.empty() && failure_.empty()) {
        QMetaObject::invokeMethod(
            workers_.log,
            [log = workers_.log, writes = std::exchange(turnWrites_, {})] { log->write(writes); },
            Qt::QueuedConnection);
    }
}

void RaftDriver::silence()
{
    silent_ = true;
    hub_.silence();
}

void RaftDriver::setOutcomeSink(std::function<void(std::vector<Outcome>)> sink)
{
    outcomeSink_ = std::move(sink);
}

void RaftDriver::adoptPeerSocket(QTcpSocket* socket)
{
    hub_.adopt(socket);
}

void RaftDriver::faultsChanged(std::vector<ActiveFault> active)
{
    const std::vector<ActiveFault> before = std::exchange(faults_, std::move(active));
    noteFaults(before);
    hub_.setFaults(linkRules(faults_));
}

// --- the core and its turn ---

raft::Ready RaftDriver::step(raft::Input input)
{
    if (stopped())
        return {};
    // A boot clock that a virtual machine set back must not make the core's time go back.
    lastNow_ = std::max(lastNow_, clock_.now());
    return raft_.step(std::move(input), lastNow_);
}

void RaftDriver::handle(raft::Ready ready)
{
    if (stopped())
        return;
    logEvents(ready.events);
    for (const raft::Envelope& envelope : ready.messages) {
        if (!json_.waiting() || !json_.intercept(envelope))
            observer_.sent(envelope.to, envelope.message, hub_.send(envelope.to, envelope.message));
    }
    observeProgress();
    serveSnapshots(ready);
    if (ready.write)
        turnWrites_.push_back(std::move(*ready.write));
    for (raft::LogReadRequest& request : ready.logReads) {
        QMetaObject::invokeMethod(
            workers_.log, [log = workers_.log, request] { log->read(request); }, Qt::QueuedConnection);
    }
    for (const raft::ReadReady& read : ready.reads)
        reads_.indexKnown(read);
    applyThrough_ = std::max(applyThrough_, ready.applyThrough);
    hub_.setCluster(raft_.announcedCluster());
    followMembers();
    leadershipChanged();
    scheduleEndOfTurn();
}

void RaftDriver::scheduleEndOfTurn()
{
    if (!std::exchange(endOfTurnPosted_, true))
        QMetaObject::invokeMethod(this, &RaftDriver::endOfTurn, Qt::QueuedConnection);
}

void RaftDriver::endOfTurn()
{
    endOfTurnPosted_ = false;
    if (stopped())
        return;
    pump();
    pumpAcks();
    if (!turnWrites_.empty()) {
        QMetaObject::invokeMethod(
            workers_.log,
            [log = workers_.log, writes = std::exchange(turnWrites_, {})]() mutable {
                log->write(std::move(writes));
            },
            Qt::QueuedConnection);
    }
    feedApply();
    // Here and not on a report from apply: who missed nothing while away has nothing to apply.
    recovery_.applied(appliedState_.index, clock_.wall());
    settle();
    const Duration wait = raft_.deadline() - clock_.now();
    const auto milliseconds = std::chrono::ceil<Milliseconds>(std::max(wait, Duration::zero()));
    raftTimer_.start(milliseconds);
}

void RaftDriver::leadershipChanged()
{
    const bool leads = raft_.role() == raft::Role::Leader;
    if (!raft_.leader())
        recovery_.leaderLost();
    else if (leads)
        recovery_.leaderHeard(raft_.commitIndex());
    if (leads == led_ && (!leads || raft_.term() == ledTerm_))
        return;
    if (led_) {
        proposals_.leadershipLost("the leader stepped down before it took the message");
        acks_.leadershipLost("the leader stepped down before it took the acknowledgement");
        admitting_.clear();
        ++epoch_;
        // Indexes of a lost leadership may never be reached by the log that follows.
        admissionsResumeAt_ = {};
        lastProposed_ = {};
        QMetaObject::invokeMethod(workers_.apply, &ApplyWorker::dropAdmissions, Qt::QueuedConnection);
    }
    led_ = leads;
    ledTerm_ = raft_.term();
    if (leads)
        observer_.trace().leadershipBegan(ledTerm_);
    else
        observer_.trace().leadershipEnded();
    pacer_.restart();
    armDelivery();
    retention_.restart(clock_.now());
    armRetention();
}

// --- disk and apply ---

void RaftDriver::persisted(WriteId through, Duration sync)
{
    disk_.lastSync = sync;
    observer_.synced(sync);
    handle(step(raft::Persisted{through}));
}

void RaftDriver::diskSpace(std::uint64_t freeBytes, bool sufficient)
{
    disk_.freeBytes = freeBytes;
    if (disk_.sufficient != sufficient) {
        observer_.happened(
            sufficient ? eventNow("disk_recovered", "The disk has space again: writes are taken.")
                       : eventNow("disk_full", "The disk is below its reserve: no writes are taken."));
        if (sufficient)
            qCInfo(lcRaft, "The disk has space again: writes are taken.");
        else
            qCWarning(
                lcRaft,
                "Only %llu bytes are free, below the reserve of %llu: no writes are taken until there is space.",
                static_cast<unsigned long long>(freeBytes),
                static_cast<unsigned long long>(options_.diskReserveBytes));
    }
    disk_.sufficient = sufficient;
    handle(step(raft::DiskSpace{sufficient}));
}

void RaftDriver::logRead(const raft::LogReadRequest& request, std::vector<raft::EntryPtr> entries)
{
    if (request.forPeer) {
        handle(step(raft::LogRead{request.forPeer, std::move(entries)}));
        return;
    }
    applyReadPending_ = false;
    if (installing_ || entries.empty() || entries.front()->index != applySent_.next())
        return scheduleEndOfTurn();
    applySent_ = entries.back()->index;
    QMetaObject::invokeMethod(
        workers_.apply,
        [apply = workers_.apply, batch = std::move(entries)]() mutable { apply->apply(std::move(batch)); },
        Qt::QueuedConnection);
}

void RaftDriver::feedApply()
{
    while (applySent_ < applyThrough_ && !applyReadPending_ && !installing_) {
        // A bound on what is under way: the rest follows when this is applied.
        constexpr std::uint64_t entriesUnderWayMax = 256;
        if (applySent_ - appliedState_.index >= entriesUnderWayMax)
            return;
        auto entries = raft_.entries(applySent_.next(), applyThrough_, applyBytesMax);
        if (entries.empty()) {
            applyReadPending_ = true;
            const raft::LogReadRequest request{{}, applySent_.next(), applyThrough_, applyBytesMax};
            QMetaObject::invokeMethod(
                workers_.log, [log = workers_.log, request] { log->read(request); }, Qt::QueuedConnection);
            return;
        }
        applySent_ = entries.back()->index;
        QMetaObject::invokeMethod(
            workers_.apply,
            [apply = workers_.apply, batch = std::move(entries)]() mutable {
                apply->apply(std::move(batch));
            },
            Qt::QueuedConnection);
    }
}

void RaftDriver::applied(ApplyReport report)
{
    appliedState_ = report.state;
    held_ = report.held;
    proposals_.applied(report.entries);
    reads_.applied(appliedState_.index, appliedState_.lastSeq);
    std::uint64_t messages = 0;
    bool marked = false;
    for (const messaging::AppliedEntry& entry : report.entries) {
        messages += entry.messages.size();
        divergence_.applied({entry.index, entry.stateHash});
        marked = marked || DivergenceWatch::isMark(entry.index);
    }
    if (marked) {
        tellState();
        compareStates();
    }
    gauge_.applied(appliedState_.index, report.bytes, messages);
    stateDurable_ = std::max(stateDurable_, report.durable);
    handle(step(raft::Applied{report.state.index}));
    observer_.applied(report.state, report.entries.size(), messages, report.took, lastNow_);
    orderApplied(report);
    entryWaits_.applied(report.entries);
    retention_.applied(report.state.index, clock_.now());
    armRetention();
    compactIfLong();
}

void RaftDriver::damageFound(const std::string& what)
{
    QMetaObject::invokeMethod(
        workers_.apply, [apply = workers_.apply, what] { apply->condemn(what); }, Qt::QueuedConnection);
}

void RaftDriver::failed(const std::string& why)
{
    if (!failure_.empty() || silent_)
        return;
    failure_ = why;
    disk_.failure = why;
    observer_.happened(
        eventNow("storage_failed", "This node stops writing, voting and acknowledging: " + why));
    qCCritical(lcRaft, "This node stops writing, voting and acknowledging: %s", why.c_str());
    proposals_.leadershipLost("this node's storage failed: " + why);
    acks_.leadershipLost("this node's storage failed: " + why);
    entryWaits_.giveUp();
    reads_.refuseAll("this node's storage failed: " + why);
    json_.expire(clock_.now(), raft_.term(), true);
    raftTimer_.stop();
    hub_.shutDown();
    deliverOutcomes();
    Q_EMIT stoppedWriting(QString::fromStdString(why));
}

// --- the routes that reach into the core ---

void RaftDriver::requestVote(JsonVoteRequest request, std::function<void(JsonVoteReply)> answer)
{
    const auto from =
        json_.speaker(raft_.configuration(), request.candidateId, request.clusterId, request.secret);
    if (!from || stopped())
        return answer({raft_.term(), false});
    json_.expectVote(*from, clock_.now() + jsonReplyTime, std::move(answer));
    expiryTimer_.start();
    handle(step(raft::Received{*from, raft::RequestVote{raft::Ballot::Vote, request.term,
                                                        request.lastLogIndex, request.lastLogTerm}}));
}

void RaftDriver::appendEntries(JsonAppendRequest request, std::function<void(JsonAppendReply)> answer)
{
    const auto from =
        json_.speaker(raft_.configuration(), request.leaderId, request.clusterId, request.secret);
    if (!from || stopped())
        return answer({raft_.term(), false, {}});
    json_.expectAppend(*from, clock_.now() + jsonReplyTime, std::move(answer));
    expiryTimer_.start();
    handle(step(
        raft::Received{*from, raft::AppendEntries{request.term, request.prevLogIndex, request.prevLogTerm,
                                                  request.leaderCommit, std::move(request.entries)}}));
}

} // namespace dsmsg::node

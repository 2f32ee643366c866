// SPDX-License-Identifier: GPL-3.0-or-later
//
// The apply thread: runs committed entries through the state machine, looks up first copies, admits for
// asynchronous leaders, and uses idle time for the store's background work.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QObject>
#include <QTimer>

#include "core/messaging/RetentionScan.h"
#include "core/messaging/StateMachine.h"
#include "core/node/Admission.h"
#include "core/node/Gateway.h"
#include "core/node/NodeStatus.h"
#include "core/node/OrderingStatus.h"
#include "core/node/RetentionStatus.h"
#include "core/storage/SnapshotStaging.h"
#include "core/storage/StateStore.h"

namespace dsmsg::node {

struct ApplyReport
{
    std::vector<messaging::AppliedEntry> entries;
    messaging::AppliedState state;
    std::vector<RecentDelivery> recent; ///< at open: the newest, up to 5, newest last
    std::size_t held = 0;               ///< messages that wait for their delivery
    std::optional<UnixTime> oldestHeld; ///< time of the first of them
    std::uint64_t bytes = 0;            ///< of the entries' data
    Duration took{};                    ///< the transaction
    LogIndex durable{};                 ///< the state is on disk up to here
    std::uint64_t logBytes = 0;         ///< at open: the size of the log on disk
};

class ApplyWorker : public QObject
{
    Q_OBJECT
public:
    /// Called in the apply thread; the receiver passes them on to its own.
    struct Callbacks
    {
        std::function<void(ApplyReport report)> applied;
        /// The newest, up to 5, newest last; at most a few times a second.
        std::function<void(std::vector<RecentDelivery> recent)> delivered;
        std::function<void(Seq seq, std::optional<messaging::StoredMessage> first)> lookedUp;
        std::function<void(std::uint64_t epoch, std::vector<Foreseen> foreseen)> admitted;
        /// A piece of the state for a follower; empty when it could not be read.
        std::function<void(ServerId forPeer, std::uint64_t position, std::string chunk, LogIndex finishedAt)>
            stateRead;
        std::function<void(std::uint64_t position, LogIndex finishedAt)> snapshotStored;
        std::function<void(ApplyReport report)> snapshotInstalled;
        std::function<void(std::string why)> failed;
    };

    /// `scrubInterval`: see NodeOptions.
    ApplyWorker(const storage::DataDirectory& directory, Milliseconds scrubInterval, Callbacks callbacks);
    ~ApplyWorker() override;

    /// In the apply thread, before anything else.
    Result<ApplyReport> open();

    // In the apply thread, by queued call.
    void apply(std::vector<raft::EntryPtr> entries);
    void lookUp(std::vector<Seq> seqs);
    void admit(std::uint64_t epoch, std::vector<messaging::IdHash> ids);
    void dropAdmissions();
    void readState(ServerId forPeer, std::uint64_t position);
    void readChunk(Seq after, const std::function<void(Result<std::string>)>& answer);
    /// Hears of every change of the state from now on, and at once how it stands.
    void setProgressSink(std::function<void(const Progress&)> sink);
    void findId(const std::string& msgId, const std::function<void(Result<std::optional<Seq>>)>& answer);
    void syncState(const std::function<void(Result<LogIndex>)>& answer);
    void storeSnapshot(std::uint64_t position, const std::string& chunk);
    void installSnapshot(LogIndex index);
    /// The lowest watermark that leaves at most `count` messages undelivered; none when no more are.
    std::optional<UnixTime> watermarkLeaving(std::size_t count) const;
    Result<OrderingStatus> ordering(UnixTime now, Duration window, std::uint64_t heldMax);
    /// What retention and ttl say is to go at `now`, in the cluster's time, and the last entry that this
    /// takes into account.
    std::pair<messaging::RetentionScan::Found, LogIndex> findRemovals(UnixTime now);
    Result<RetentionStatus> retention();
    /// The state is wrong, as others have found out.
    void condemn(const std::string& why) { fail({Error::Kind::Corrupt, why}); }
    void close();

private:
    void applyPending();
    void waitForSpace(std::vector<raft::EntryPtr> entries);
    bool discardStaged();
    void countRemoved(const std::vector<messaging::AppliedEntry>& entries);
    void maintain();
    void tellProgress() const;
    void scrub();
    Result<std::vector<RecentDelivery>> readRecent();
    void tellRecent();
    Result<ApplyReport> openState();
    void fail(const Error& error);

    const storage::DataDirectory& directory_;
    const Milliseconds scrubInterval_;
    Callbacks callbacks_;
    std::function<void(const Progress&)> progressSink_;
    std::unique_ptr<storage::StateStore> store_;
    std::unique_ptr<messaging::MessageReader> reader_;
    std::unique_ptr<messaging::StateMachine> machine_;
    std::unique_ptr<Admission> admission_;
    std::unique_ptr<messaging::RetentionScan> scan_;
    std::uint64_t removedMessages_ = 0;                 ///< since the start
    std::uint64_t removedBytes_ = 0;                    ///< same
    std::unique_ptr<storage::SnapshotStaging> staging_; ///< while a snapshot comes in
    std::vector<raft::EntryPtr> pending_;
    bool applyPosted_ = false;
    bool maintenancePosted_ = false;
    DeliverySeq toldThrough_; ///< what was delivered after it is told when recentTimer_ fires
    QTimer recentTimer_;
    QTimer scrubTimer_;
};

} // namespace dsmsg::node

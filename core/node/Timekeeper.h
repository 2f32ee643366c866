// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node's knowledge of time, in the Raft thread: its own clock, what it knows of its peers' clocks, and the
// cluster time made of them (CORE.md, Time). Exchanges come in by calls, the clock is read through Clock, and
// what happened is handed out as events; no thread, no timer, no socket, so that the simulator runs it as it
// is. Exchanges happen each second; the round of the contract (30 s) only counts whether they do.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/node/TimeStatus.h"
#include "core/raft/Configuration.h"
#include "core/timesync/ClusterClock.h"
#include "core/timesync/LocalClock.h"

namespace dsmsg::node {

struct TimeOptions
{
    Milliseconds roundInterval{30'000};
    double driftMaxPpm = 500; ///< see timesync::Assumptions
    timesync::CorrectionMethod method = timesync::CorrectionMethod::Hybrid;
};

struct TimeEvent
{
    enum class Kind : std::uint8_t
    {
        ClockJump,
        Synchronized,
        SynchronizationLost,
    };
    Kind kind = Kind::ClockJump;
    std::string text; ///< a sentence for the log
};

class Timekeeper
{
public:
    using Done = std::function<void(TimeRound)>;

    static constexpr Milliseconds tickInterval{1000};
    /// Who wait for one round; others are told at once that nothing was done.
    static constexpr std::size_t waitingMax = 1024;
    /// A round that not everybody has answered is over after this.
    static constexpr Duration roundPatience = std::chrono::milliseconds(1500);
    /// From the start of the node; see mayStamp().
    static constexpr Duration stampPatience = std::chrono::seconds(10);
    /// Peers beyond this are not measured.
    static constexpr std::size_t peersMax = 64;

    /// `run`: random, another one at each start. `askAll` sends a probe to every peer that can be reached,
    /// each told by asked() before it returns. `clock` outlives this.
    Timekeeper(ServerId self, std::string nodeId, const Clock& clock, TimeOptions options, std::uint64_t run,
               std::function<void()> askAll);

    /// What this node answers to those that ask for its time.
    const timesync::ClockState& mark() const { return local_.state(); }
    void setMembers(const raft::Configuration& members);
    void asked(ServerId peer);
    void told(ServerId peer, const timesync::Exchange& exchange);
    /// Each second. What happened since the last time.
    std::vector<TimeEvent> tick();

    /// Never goes back once the node is synchronised.
    UnixTime clusterNow();
    /// What a leader stamps a message with: the cluster's time, but never before what any leader has stamped.
    /// `newestStamped`: in the applied state, complete once this node serves. Where that lies ahead of the
    /// cluster's time, because a majority of clocks was wrong once, stamps go on from there a little slower
    /// than time does: standing still they would hold every delivery up until time has caught up.
    UnixTime stamp(UnixTime newestStamped);
    /// Whether a leader may stamp messages. Not before the first synchronisation, when the cluster's time is
    /// only the own clock: one that is years ahead would make every later message late for good. But a
    /// cluster whose clocks cannot be compared still serves, after stampPatience.
    bool mayStamp();
    /// Of clusterNow(); none while nothing is known of a majority.
    std::optional<Duration> bound();
    /// Cluster time minus the own clock.
    Duration offset();
    /// Counted in the figures. The times of messages are fixed by this on the leader.
    timesync::CorrectedTime correct(UnixTime timestamp,
                                    const std::optional<timesync::StatedClock>& stated = std::nullopt);
    /// The same, unless the timestamp is too old or from the future (timesync::checkTimestamp).
    Result<timesync::CorrectedTime> correctRecent(UnixTime timestamp);

    TimeStatus status();
    /// Of that peer's clock, as in the status; none before the first good exchange.
    std::optional<timesync::Estimate> estimateOf(ServerId peer);
    /// Drawn at the start of the node, another one each time.
    std::uint64_t run() const { return local_.state().run; }
    /// A round now, or the one that is under way; `done` is called once, maybe at once.
    void syncNow(Done done);
    /// No round will be finished any more: those who wait for one are answered.
    void stop();
    /// Forgets all figures, but nothing that time is told by.
    void resetStatistics();

private:
    struct Round
    {
        Instant begun;
        std::set<ServerId> asked;
        std::set<ServerId> answered; ///< of those
        std::vector<Done> waiting;
    };

    Instant now();
    void update(Instant now);
    void checkForJump(std::vector<TimeEvent>& events);
    void checkSynchronization(Instant now, std::vector<TimeEvent>& events);
    std::size_t votersHeard(Instant now) const;
    void beginRound(Instant now, std::vector<Done> waiting);
    void finishRound();
    timesync::CorrectionBasis basis(Instant now) const;
    PeerTime describe(ServerId server, const timesync::PeerClock& peer, Instant now) const;

    const ServerId self_;
    const std::string nodeId_;
    const Clock& clock_;
    const TimeOptions options_;
    const std::function<void()> askAll_;
    timesync::LocalClock local_;
    Instant lastNow_;
    const Instant startedAt_;
    timesync::ClusterClock cluster_;
    UnixTime lastStamp_{};
    Instant stampedAt_; ///< when `lastStamp_` was given out
    raft::Configuration members_;
    std::map<ServerId, timesync::PeerClock> peers_;

    std::optional<Round> round_;
    std::optional<Instant> lastRound_; ///< when it began
    std::uint64_t rounds_ = 0;
    std::uint64_t goodRounds_ = 0;

    bool synchronized_ = false;
    std::optional<UnixTime> lastSync_;
    timesync::OffsetHistory skew_;
    timesync::CorrectionStatistics corrections_;
};

} // namespace dsmsg::node

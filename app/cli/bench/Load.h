// SPDX-License-Identifier: GPL-3.0-or-later
//
// The load itself: one thread, one epoll, many connections. Closed loop: every connection sends its next
// message when it has its answer. Open loop: messages are due by a schedule, whatever comes back. A message
// is repeated under its id until its fate is certain or the patience is over, as a client does that must not
// lose it; so what is acknowledged at the end is what is stored.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/cli/bench/Connection.h"
#include "app/cli/bench/Schedule.h"
#include "app/cli/bench/Tally.h"
#include "core/base/Random.h"

namespace dsmsg::bench {

struct Plan
{
    std::size_t connections = 64;
    std::function<std::unique_ptr<Protocol>()> protocol;
    std::size_t atOnce = 1;                      ///< most messages written at a time
    std::optional<double> perSecond;             ///< open loop; none: closed
    Milliseconds ramp{0};                        ///< until all connections are open, or the rate is reached
    Milliseconds warmup{1000};                   ///< behind the ramp, sent and not measured
    Milliseconds duration{10000};                ///< measured
    std::uint64_t messagesMax = 999'999'999'999; ///< ends earlier when these are sent
    Milliseconds attempt{6000};   ///< without an answer for this long a message is tried elsewhere
    Milliseconds patience{20000}; ///< after the end, for what is still under way
    std::uint64_t seed = 0;
};

class Load
{
public:
    struct Hooks
    {
        std::function<void(const SecondFigures&, double seconds)> second;
        std::function<void()> measuringBegins;
        std::function<void()> measuringEnds;
    };

    /// `targets` has at least one and outlives this.
    Load(Plan plan, Targets& targets);
    ~Load();
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;

    /// Until the load is over; sooner when `stop`, a descriptor, becomes readable (-1: none): then nothing
    /// new is sent and what is under way gets a second. An Error when the system gives no epoll.
    Result<void> run(int stop, const Hooks& hooks);

    const Tally& tally() const { return tally_; }
    bool interrupted() const { return interrupted_; }
    /// How long was measured.
    double measuredSeconds() const { return measuredSeconds_; }
    const std::string& lastProblem() const { return lastProblem_; }

private:
    struct Lane
    {
        std::unique_ptr<Connection> connection;
        Moment notBefore{}; ///< nothing is tried earlier
        Moment openedAt{};
        int failures = 0;      ///< in a row
        bool isIdle = false;   ///< in idle_
        bool isPaused = false; ///< waits for notBefore
    };

    // Load.cpp: the time, and what is due.
    void wait(int stop);
    void interrupt(int stop);
    void keepTime(Moment now, const Hooks& hooks);
    bool nextTask(Task& task, Moment now);
    std::uint64_t due(Moment now) const;
    Moment nextEvent() const;
    bool finished(Moment now) const;
    void endMeasuring(Moment now, const Hooks& hooks);
    void countLeftovers(Moment now);
    // LoadLanes.cpp: the connections, and what comes back on them.
    void wakeLanes(Moment now);
    void openLane(std::size_t at, Moment now);
    void handle(std::size_t at, std::uint32_t events);
    void settle(const Task& task, const Reply& reply, std::size_t target, Moment now);
    void follow(std::size_t at, Moment now);
    void laneBroke(std::size_t at, Moment now);
    void pause(std::size_t at, Moment now);
    void feed(std::size_t at, Moment now);
    void feedIdle(Moment now);
    void repeat(Task task);

    Plan plan_;
    Targets& targets_;
    std::optional<Schedule> schedule_;
    Random random_;
    Tally tally_;
    int epoll_ = -1;
    std::vector<Lane> lanes_;
    std::vector<std::size_t> idle_; ///< lanes that could send and had nothing
    std::deque<Task> repeats_;
    std::size_t underWay_ = 0; ///< messages sent and not settled, those in repeats_ included
    std::vector<Task> batch_;
    Incoming incoming_;
    std::string lastProblem_;
    std::size_t rejectedNow_ = 0, redirectedNow_ = 0; ///< of the answers of one turn of one lane
    std::size_t paused_ = 0;                          ///< lanes
    Moment start_, measureFrom_, end_, nextSecond_, nextWake_;
    enum class Phase
    {
        Before,
        Measuring,
        After
    } phase_ = Phase::Before;
    bool interrupted_ = false;
    double measuredSeconds_ = 0;
};

} // namespace dsmsg::bench

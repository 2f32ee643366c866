// SPDX-License-Identifier: GPL-3.0-or-later
//
// The driver's and the peer link's part in time, around the real node::Timekeeper: when peers are asked, how
// an answer finds its question, what leaders stamp messages with (core/net/OutgoingLink.cpp,
// core/net/HubTraffic.cpp, core/node/DriverTime.cpp).
#include <algorithm>

#include "tests/support/sim/SimProcess.h"

namespace dsmsg::sim {

using std::chrono::milliseconds;

namespace {

/// As in the peer link: older ones are not waited for.
constexpr std::size_t openQuestionsMax = 8;

} // namespace

UnixTime SimProcess::stamp()
{
    const UnixTime stamped = timekeeper_.stamp(machine_.view.state.applied.newestReceive);
    if (stamped > timekeeper_.clusterNow())
        lab_.coverage.seen(Kind::TimeHeldBack);
    machine_.view.time.stamped = stamped;
    return stamped;
}

void SimProcess::followMembers()
{
    const raft::Configuration& members = raft_->configuration();
    if (std::exchange(membersVersion_, raft_->membersVersion()) == raft_->membersVersion() ||
        !members.formed())
        return;
    timekeeper_.setMembers(members);
    std::erase_if(marks_, [&](const auto& mark) { return members.find(mark.first) == nullptr; });
    std::vector<ServerId>& voters = machine_.view.time.voters;
    voters.clear();
    for (const raft::Member& member : members.members) {
        if (member.role == raft::MemberRole::Voter)
            voters.push_back(member.server);
    }
    std::ranges::sort(voters);
}

// --- when ---

void SimProcess::afterOwn(Duration duration, Work work)
{
    const SimTime due = machine_.clock->when(now() + duration) + Duration(random_.between(1, 2000));
    lab_.events.at(due, [weak = weak_from_this(), work = std::move(work)]() mutable {
        if (const auto self = weak.lock())
            self->run(std::move(work));
    });
}

void SimProcess::awaitTimeTick()
{
    afterOwn(node::Timekeeper::tickInterval, [this] {
        timeTick();
        awaitTimeTick();
    });
}

void SimProcess::timeTick()
{
    for (const node::TimeEvent& event : timekeeper_.tick()) {
        constexpr std::array kinds{Kind::ClockJumpNoticed, Kind::TimeSynchronized,
                                   Kind::TimeSynchronizationLost};
        lab_.coverage.seen(kinds[static_cast<std::size_t>(event.kind)]);
        lab_.trace.line(nameOfSlot(machine_.view.slot), ": ", event.text);
        if (event.kind == node::TimeEvent::Kind::ClockJump)
            jumpedAt_ = now();
    }
    // As an operator does (POST /time/sync).
    if (random_.chance(1, 4)) {
        later(Duration(random_.between(0, 1000000)), [this] {
            timekeeper_.syncNow([this](const node::TimeRound& round) {
                lab_.coverage.seen(round.good ? Kind::TimeRoundGood : Kind::TimeRoundBad);
            });
        });
    }
    machine_.view.time.wallAhead =
        clock_.wall().time_since_epoch() - now().time_since_epoch() - timekeeper_.mark().anchor;
    lookAtTime();
    machine_.view.time.wallAhead.reset();
}

void SimProcess::awaitProbes()
{
    afterOwn(milliseconds(random_.between(875, 1126)), [this] {
        probeAll();
        awaitProbes();
    });
}

// --- questions and answers ---

void SimProcess::met(ServerId peer)
{
    run([this, peer] { probe(peer); });
}

void SimProcess::probeAll()
{
    for (const ServerId peer : host_.connectedTo(machine_.view.slot))
        probe(peer);
}

void SimProcess::probe(ServerId peer)
{
    std::deque<Question>& open = questions_[peer];
    open.push_back({++lastQuestion_, now()});
    if (open.size() > openQuestionsMax)
        open.pop_front();
    timekeeper_.asked(peer);
    host_.transmitTime(machine_.view.slot, peer, TimeProbe{lastQuestion_});
}

void SimProcess::timeArrived(ServerId from, const TimeFrame& frame)
{
    run([this, from, frame] {
        if (const auto* asked = std::get_if<TimeProbe>(&frame))
            answerProbe(from, asked->number);
        else
            timeTold(from, std::get<TimeReply>(frame));
    });
}

void SimProcess::answerProbe(ServerId from, std::uint64_t number)
{
    const auto answer = [this, from, number, received = now()] {
        host_.transmitTime(machine_.view.slot, from, TimeReply{number, received, now(), timekeeper_.mark()});
    };
    if (random_.chance(1, 4))
        later(Duration(random_.between(1, 2000)), answer);
    else
        answer();
}

void SimProcess::timeTold(ServerId from, const TimeReply& reply)
{
    const Instant arrived = now();
    std::deque<Question>& open = questions_[from];
    const auto question = std::ranges::find(open, reply.number, &Question::number);
    if (question == open.end())
        return lab_.coverage.seen(Kind::TimeReplyUnasked);
    const Question asked = *question;
    open.erase(question);

    const bool slow = arrived - asked.sent > timesync::Assumptions{}.delayMax;
    const timesync::PeerClock::Counters before = lastKnown_[from].exchanges;
    timekeeper_.told(from, {asked.sent, reply.received, reply.sent, arrived, reply.clock});
    const node::TimeStatus status = timekeeper_.status();
    // Nobody listens to a peer that became a member only after it was asked.
    const bool heard = std::ranges::find(status.peers, from, &node::PeerTime::server) != status.peers.end();
    const bool peerJumped = heard && noteMark(from, reply.clock);
    lookAtTime(status);
    const timesync::PeerClock::Counters& after = lastKnown_[from].exchanges;
    const bool taken = after.accepted > before.accepted;
    const bool outlier = after.outliers > before.outliers;
    const bool acrossJump = peerJumped || asked.sent < jumpedAt_;
    if (taken)
        lab_.coverage.seen(Kind::TimeTaken);
    else if (outlier)
        lab_.coverage.seen(Kind::TimeOutlier);
    else if (after.rejected > before.rejected)
        lab_.coverage.seen(slow ? Kind::TimeTooSlow : Kind::TimeOfAnotherTime);
    lab_.judge.exchange(machine_.view, {from, acrossJump, taken, outlier});
}

bool SimProcess::noteMark(ServerId from, const timesync::ClockState& told)
{
    const auto [mark, first] = marks_.try_emplace(from, told);
    if (first || mark->second == told)
        return false;
    const bool newRun = mark->second.run != told.run;
    if (!newRun && told.epoch < mark->second.epoch)
        return true;
    lab_.coverage.seen(newRun ? Kind::TimeOfNewRun : Kind::TimeJumpTold);
    mark->second = told;
    return !newRun;
}

// --- what is seen from above ---

void SimProcess::lookAtTime(const node::TimeStatus& status)
{
    TimeView& view = machine_.view.time;
    view.mark = timekeeper_.mark();
    view.boot = now();
    view.cluster = status.clusterTime;
    view.bound = status.bound;
    view.synchronized = status.synchronized;
    view.peers.clear();
    lastKnown_.clear();
    for (const node::PeerTime& peer : status.peers) {
        lastKnown_.emplace(peer.server, peer);
        const auto mark = marks_.find(peer.server);
        if (!peer.estimate || mark == marks_.end())
            continue;
        const SimClock& clock = *lab_.clocks.at(mark->second.run);
        view.peers.push_back({peer.server, mark->second, clock.at(lab_.events.now()), *peer.estimate});
    }
    const bool inPart = std::ranges::any_of(view.voters, [&](ServerId voter) {
        return voter != machine_.view.server && view.find(voter) == nullptr;
    });
    if (view.bound && inPart)
        lab_.coverage.seen(Kind::TimeKnownInPart);
    lab_.judge.time(machine_.view);
}

} // namespace dsmsg::sim

// SPDX-License-Identifier: GPL-3.0-or-later
//
// How things travel between nodes, and between clients and nodes.
#include <utility>

#include "tests/support/sim/Describe.h"
#include "tests/support/sim/World.h"

namespace dsmsg::sim {

using std::chrono::milliseconds;
using std::chrono::seconds;

int World::slotOf(ServerId server) const
{
    const NodeView* view = server ? lab_.cluster.find(server) : nullptr;
    return view ? view->slot : -1;
}

void World::transmit(int from, const raft::Envelope& envelope)
{
    const int to = slotOf(envelope.to);
    if (to == from)
        lab_.judge.condemn(
            {"Transport", text(nameOfSlot(from), " sends to itself: ", describe(envelope.message))});
    if (to < 0 || to == from || !links_->connected(from, to)) {
        lab_.coverage.seen(kindOf(Fate::Dropped, envelope.message));
        return;
    }
    network_->send(from, to, countedAs(envelope.message),
                   [this, from, to, sender = node(from).server(), receiver = envelope.to,
                    run = node(to).view().run,
                    message = envelope.message] { deliver(from, to, sender, receiver, run, message); });
}

void World::deliver(int from, int to, ServerId sender, ServerId receiver, std::uint32_t run,
                    const raft::Message& message)
{
    SimNode& target = node(to);
    const bool there = target.up() && target.server() == receiver;
    const bool restarted = target.view().run != run;
    if (!there || (restarted && !random_.chance(1, 2))) {
        lab_.coverage.seen(kindOf(Fate::Dropped, message));
        return;
    }
    if (restarted)
        lab_.coverage.seen(Kind::DeliveredLate);
    lab_.trace.line(nameOfSlot(from), " -> ", nameOfSlot(to), "  ", describe(message));
    target.process()->input(raft::Received{sender, message});
}

/// Over one connection of the two processes or not at all: an answer never meets another run of who asked or
/// of who was asked.
void World::transmitTime(int from, ServerId receiver, const TimeFrame& frame)
{
    const bool asks = std::holds_alternative<TimeProbe>(frame);
    const Counted counted = asks ? Counted{Kind::SentTimeProbe, Kind::DroppedTimeProbe, Kind::TwiceTimeProbe}
                                 : Counted{Kind::SentTimeReply, Kind::DroppedTimeReply, Kind::TwiceTimeReply};
    const int to = slotOf(receiver);
    const auto session = to < 0 ? std::nullopt : links_->session(from, to);
    if (!session)
        return lab_.coverage.seen(counted.dropped);
    network_->send(from, to, counted,
                   [this, from, to, session, frame, counted, sender = node(from).server()] {
                       if (links_->session(from, to) == session)
                           node(to).process()->timeArrived(sender, frame);
                       else
                           lab_.coverage.seen(counted.dropped);
                   });
}

std::vector<ServerId> World::connectedTo(int slot) const
{
    std::vector<ServerId> peers;
    for (int other = 0; other < count_; ++other) {
        if (other != slot && links_->connected(slot, other))
            peers.push_back(node(other).server());
    }
    return peers;
}

void World::lookAtClocksLater()
{
    lab_.events.after(Duration(random_.between(20000, 400000)), [this] {
        for (const auto& each : nodes_) {
            if (each->up())
                each->process()->lookAtTime();
        }
        lab_.judge.clocks();
        lookAtClocksLater();
    });
}

void World::helloChanged(int slot)
{
    // From within a step: the peers hear of it when the step is over.
    lab_.events.after(Duration(1), [this, slot] {
        if (node(slot).up())
            links_->greetAgain(slot);
    });
}

std::function<void()> World::hello(int from, int to)
{
    const SimNode& speaker = node(from);
    raft::PeerIdentified said{speaker.identity().url, speaker.identity().id, speaker.server(),
                              speaker.process()->announcedCluster()};
    return [this, to, said = std::move(said)] {
        if (!node(to).up())
            return;
        lab_.coverage.seen(Kind::Hello);
        lab_.trace.line(nameOfSlot(to), " meets ", said.id, said.cluster.isZero() ? ", not formed" : "");
        node(to).process()->input(said);
        node(to).process()->met(said.server);
    };
}

bool World::compatible(int a, int b) const
{
    const ClusterId one = node(a).process()->announcedCluster();
    const ClusterId other = node(b).process()->announcedCluster();
    return one.isZero() || other.isZero() || one == other;
}

void World::installing(int slot, InstallStage stage)
{
    faults_->installing(slot, stage);
}

void World::call(int slot, const Request& request, const Answer& answer)
{
    // Clients sit elsewhere: no cut of the cluster's links concerns them, but now and then a request or reply
    // is lost.
    const auto delay = [this] { return Duration(random_.between(100, 3000)); };
    if (random_.chance(1, 100))
        return;
    lab_.events.after(delay(), [this, slot, request, answer, delay] {
        const auto reply = [this, answer, delay](const Reply& what) {
            if (!random_.chance(1, 100))
                lab_.events.after(delay(), [answer, what] { answer(what); });
        };
        if (node(slot).up())
            node(slot).process()->request(request, reply);
        else
            reply({Reply::Kind::Rejected, Seq{}, -1});
    });
}

void World::callForRead(int slot, const ReadDemand& demand, const ReadAnswer& answer)
{
    lab_.events.after(Duration(random_.between(100, 3000)), [this, slot, demand, answer] {
        const auto reply = [this, answer](std::optional<Seq> seq) {
            lab_.events.after(Duration(random_.between(100, 3000)), [answer, seq] { answer(seq); });
        };
        if (node(slot).up())
            node(slot).process()->read(demand, reply);
        else
            reply(std::nullopt);
    });
}

void World::callForInbox(int slot, const InboxDemand& demand, const InboxAnswer& answer)
{
    lab_.events.after(Duration(random_.between(100, 3000)), [this, slot, demand, answer] {
        const auto reply = [this, answer](const std::optional<InboxView>& page) {
            lab_.events.after(Duration(random_.between(100, 3000)), [answer, page] { answer(page); });
        };
        if (node(slot).up())
            node(slot).process()->readInbox(demand, reply);
        else
            reply(std::nullopt);
    });
}

void World::callForOrder(int slot, std::function<void(SimProcess&, OrderAnswer)> order,
                         const OrderAnswer& answer)
{
    if (random_.chance(1, 100))
        return;
    lab_.events.after(Duration(random_.between(100, 3000)), [this, slot, order = std::move(order), answer] {
        const auto reply = [this, answer](const OrderReply& what) {
            if (!random_.chance(1, 100))
                lab_.events.after(Duration(random_.between(100, 3000)), [answer, what] { answer(what); });
        };
        if (node(slot).up())
            order(*node(slot).process(), reply);
        else
            reply({OrderReply::Kind::Refused, Seq{}, -1});
    });
}

void World::checkpointLater(SimNode& each)
{
    lab_.events.after(Duration(random_.between(200000, 5000000)), [this, &each] {
        each.checkpoint();
        checkpointLater(each);
    });
}

/// At moments of its own: the state has applied more since its last checkpoint, which the log must still
/// have.
void World::compactLater(SimNode& each)
{
    lab_.events.after(Duration(random_.between(200000, 5000000)), [this, &each] {
        const LogIndex durable = each.view().state.durable;
        if (each.up() && durable.value > *compactKeeps_)
            each.process()->input(raft::Compact{LogIndex(durable.value - *compactKeeps_)});
        compactLater(each);
    });
}

} // namespace dsmsg::sim

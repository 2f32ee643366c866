// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/SimNode.h"

#include <utility>

namespace dsmsg::sim {

SimNode::SimNode(Lab& lab, NodeHost& host, const Options& options)
    : lab_(lab)
    , host_(host)
    , machine_{.view = lab.cluster.nodes[static_cast<std::size_t>(options.slot)],
               .identity = {},
               .settings = options.settings,
               .limits = options.limits,
               .quorumAsked = options.quorumAsked,
               .snapshotChunkBytes = options.snapshotChunkBytes,
               .orderingWindow = options.orderingWindow,
               .acks = options.acks,
               .retentionInterval = options.retentionInterval,
               .time = options.time,
               .clock = std::make_shared<SimClock>(Duration(lab.random.between(0, 1000000000))),
               .state = nullptr,
               .disk = nullptr}
{
    machine_.clock->setRate(lab.events.now(), options.clockRate);
    machine_.clock->setWall(lab.events.now(), trueTime(lab.events.now()) + options.wallError);
    machine_.view.slot = options.slot;
    machine_.identity.id = nameOfSlot(options.slot);
    machine_.identity.url = options.url;
    machine_.identity.joinsOnly = options.initialUrls.empty();
    machine_.identity.initialUrls = options.initialUrls;
    if (machine_.identity.joinsOnly)
        machine_.identity.initialUrls = {options.url};
    newIncarnation();
}

void SimNode::newIncarnation()
{
    if (machine_.disk)
        lostDisks_.push_back(std::move(machine_.disk));
    machine_.identity.server = ServerId(lab_.random.next() | 1);
    machine_.disk =
        std::make_unique<SimDisk>(lab_.events, lab_.dice(), lab_.coverage,
                                  SimDisk::Hooks{.durable = [this] { lab_.judge.durable(machine_.view); },
                                                 .persisted =
                                                     [this](WriteId write) {
                                                         if (process_)
                                                             process_->input(raft::Persisted{write});
                                                     }});
    NodeView& view = machine_.view;
    view = NodeView{};
    view.slot = static_cast<int>(&view - lab_.cluster.nodes.data());
    view.server = machine_.identity.server;
    view.disk = &machine_.disk->view();
    machine_.state = std::make_unique<SimState>(view.state);
    lab_.cluster.disks[view.server] = view.disk;
}

void SimNode::start()
{
    machine_.view.up = true;
    machine_.view.run = ++lab_.runs;
    frozen_ = false;
    lab_.trace.line(nameOfSlot(slot()), " starts as ", toHex(server()), ", log ends at ",
                    disk().view().durable.lastIndex(), ", applied ", applied().index);
    process_ = std::make_shared<SimProcess>(lab_, machine_, host_);
    process_->start();
}

void SimNode::down()
{
    process_.reset();
    frozen_ = false;
    machine_.view.up = false;
    machine_.view.role = raft::Role::Follower;
    machine_.disk->crash();
}

void SimNode::kill()
{
    lab_.trace.line(nameOfSlot(slot()), " is killed");
    down();
}

void SimNode::cutPower()
{
    lab_.trace.line(nameOfSlot(slot()), " loses power");
    down();
    const LogIndex before = applied().index;
    machine_.state->cutPower();
    if (applied().index < before)
        lab_.coverage.seen(Kind::Replayed);
    const SimTime now = lab_.events.now();
    const auto old = std::exchange(
        machine_.clock, std::make_shared<SimClock>(Duration(lab_.random.between(0, 1000000000)) - now));
    machine_.clock->setRate(now, old->rate());
    machine_.clock->setWall(now, old->wallAt(now));
}

void SimNode::wipe()
{
    newIncarnation();
    lab_.trace.line(nameOfSlot(slot()), " is wiped and will be ", toHex(server()));
}

void SimNode::freeze()
{
    if (!process_)
        return;
    frozen_ = true;
    process_->freeze();
}

void SimNode::thaw()
{
    if (!frozen_)
        return;
    frozen_ = false;
    process_->thaw();
}

void SimNode::setDiskSpace(bool sufficient)
{
    machine_.diskSpace = sufficient;
    if (process_)
        process_->input(raft::DiskSpace{sufficient});
}

void SimNode::setClockRate(std::int64_t ppm)
{
    machine_.clock->setRate(lab_.events.now(), ppm);
    if (process_)
        process_->armTimer();
}

void SimNode::leapClock(Duration forward)
{
    machine_.clock->leap(lab_.events.now(), forward);
    if (process_)
        process_->armTimer();
}

void SimNode::setWall(Duration forward)
{
    const SimTime now = lab_.events.now();
    machine_.clock->setWall(now, machine_.clock->wallAt(now) + forward);
}

} // namespace dsmsg::sim

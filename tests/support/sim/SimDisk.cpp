// SPDX-License-Identifier: GPL-3.0-or-later
//
// One group at a time, as LogStore::write does it: everything in the queue when the disk becomes free, or
// sometimes only a part, so that completions of one and of many writes both occur.
#include "tests/support/sim/SimDisk.h"

#include <algorithm>

namespace dsmsg::sim {

SimDisk::SimDisk(EventQueue& events, Random random, Coverage& coverage, Hooks hooks)
    : events_(events)
    , random_(random)
    , coverage_(coverage)
    , hooks_(std::move(hooks))
{
}

void SimDisk::write(const raft::Write& write)
{
    view_.written.perform(write);
    queue_.push_back(write);
    handedIn_.push_back(events_.now());
    if (groupSize_ == 0)
        startGroup();
}

void SimDisk::startGroup()
{
    groupSize_ = random_.chance(3, 4) ? queue_.size() : 1 + random_.below(queue_.size());
    const Duration sync(random_.between(speed_.syncMin.count(), speed_.syncMax.count() + 1));
    const SimTime done = std::max(events_.now(), stalledUntil_) + sync;
    events_.at(done, [this, generation = generation_] { finish(generation); });
}

void SimDisk::finish(std::uint64_t generation)
{
    if (generation != generation_)
        return;
    if (events_.now() < stalledUntil_) {
        events_.at(stalledUntil_, [this, generation] { finish(generation); });
        return;
    }
    const WriteId last = queue_[groupSize_ - 1].id;
    if (groupSize_ > 1)
        coverage_.seen(Kind::GroupCommit);
    commitGroup();
    if (!queue_.empty())
        startGroup();
    const Duration report(random_.between(0, speed_.reportMax.count() + 1));
    events_.after(report, [this, generation, last] {
        if (generation == generation_)
            hooks_.persisted(last);
    });
}

void SimDisk::commitGroup()
{
    for (; groupSize_ > 0; --groupSize_) {
        view_.durable.perform(queue_.front());
        queue_.pop_front();
        handedIn_.pop_front();
    }
    hooks_.durable();
}

std::vector<raft::EntryPtr> SimDisk::read(LogIndex first, LogIndex last, std::size_t bytesMax) const
{
    std::vector<raft::EntryPtr> entries;
    std::size_t bytes = 0;
    const DiskImage& disk = view_.durable;
    if (first <= disk.base.index)
        return entries;
    for (LogIndex index = first; index <= last && index <= disk.lastIndex(); ++index) {
        const raft::EntryPtr& entry = disk.log[index - disk.base.index - 1];
        bytes += entry->data.size();
        if (!entries.empty() && bytes > bytesMax)
            break;
        entries.push_back(entry);
    }
    return entries;
}

Duration SimDisk::readDelay()
{
    const Duration own(random_.between(speed_.syncMin.count(), speed_.syncMax.count() + 1));
    return std::max(stalledUntil_ - events_.now(), Duration{}) + own;
}

void SimDisk::stall(SimTime until)
{
    stalledUntil_ = std::max(stalledUntil_, until);
}

void SimDisk::crash()
{
    ++generation_;
    if (groupSize_ > 0 && random_.chance(1, 2)) {
        coverage_.seen(Kind::WriteSurvived);
        commitGroup();
    }
    if (!queue_.empty())
        coverage_.seen(Kind::WriteLost);
    queue_.clear();
    handedIn_.clear();
    groupSize_ = 0;
    view_.written = view_.durable;
}

} // namespace dsmsg::sim

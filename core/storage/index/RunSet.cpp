// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/index/RunSet.h"

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg::storage {

namespace {

constexpr std::size_t fanIn = 8;
constexpr std::ptrdiff_t fanInBehind = 2 * fanIn;

} // namespace

Result<void> RunSet::load(const std::vector<RunTable::Listed>& listed)
{
    for (const RunTable::Listed& item : listed) {
        if (item.kind != kind_)
            continue;
        if (item.state != RunState::Live) {
            garbage_.push_back(item.id);
            continue;
        }
        auto run = table_.load(item.id);
        if (!run)
            return run.error();
        runs_.push_back(std::move(*run));
    }
    return {};
}

Seq RunSet::throughSeq() const
{
    Seq through;
    for (const RunPtr& run : runs_)
        through = std::max(through, run->throughSeq);
    return through;
}

Result<void> RunSet::flush(std::uint64_t runId, const std::vector<IndexEntry>& sorted, Seq throughSeq)
{
    std::uint64_t keys = 1;
    for (std::size_t i = 1; i < sorted.size(); ++i)
        keys += std::uint64_t{sorted[i].key != sorted[i - 1].key};
    RunBuilder builder(table_, runId, kind_, 0, keys);
    if (auto begun = builder.begin(); !begun)
        return begun;
    for (const IndexEntry& entry : sorted) {
        if (auto appended = builder.append(entry); !appended)
            return appended;
    }
    if (auto flushed = builder.flushPage(); !flushed)
        return flushed;
    if (auto written = builder.writeParts(SIZE_MAX); !written)
        return written.error();
    auto run = builder.publish(throughSeq);
    if (!run)
        return run.error();
    runs_.push_back(std::move(*run));
    return {};
}

std::vector<RunPtr> RunSet::freeRuns(std::uint32_t level) const
{
    std::vector<RunPtr> found;
    for (const RunPtr& run : runs_) {
        const bool taken = std::any_of(merges_.begin(), merges_.end(), [&](const auto& merge) {
            return std::find(merge->inputs().begin(), merge->inputs().end(), run) != merge->inputs().end();
        });
        if (run->level == level && !taken)
            found.push_back(run);
    }
    return found;
}

RunMerge* RunSet::mergeBelow(std::uint32_t level) const
{
    RunMerge* lowest = nullptr;
    for (const auto& merge : merges_) {
        if (merge->inputs().front()->level < level &&
            (!lowest || merge->inputs().front()->level < lowest->inputs().front()->level))
            lowest = merge.get();
    }
    return lowest;
}

std::optional<std::uint32_t> RunSet::dueLevel() const
{
    std::optional<std::uint32_t> due;
    for (const RunPtr& run : runs_) {
        if ((!due || run->level < *due) && freeRuns(run->level).size() >= fanIn)
            due = run->level;
    }
    return due;
}

bool RunSet::hasWork() const
{
    return !merges_.empty() || !garbage_.empty() || dueLevel().has_value();
}

bool RunSet::isBehind() const
{
    // Counts the inputs of a running merge too: work goes on until it has replaced them.
    return std::any_of(runs_.begin(), runs_.end(), [this](const RunPtr& run) {
        const auto same = [&](const RunPtr& other) { return other->level == run->level; };
        return std::count_if(runs_.begin(), runs_.end(), same) >= fanInBehind;
    });
}

Result<void> RunSet::step(std::uint64_t newRunId)
{
    DSMSG_ASSERT(before_.has_value() && !stepped_, "one step a transaction");
    const auto due = dueLevel();
    RunMerge* merge = mergeBelow(due.value_or(UINT32_MAX));
    // A level whose merge is under way waits for it, so that there is at most one a level.
    if (due && !merge) {
        const auto same = std::find_if(merges_.begin(), merges_.end(), [&](const auto& running) {
            return running->inputs().front()->level == *due;
        });
        merge = same != merges_.end() ? same->get() : &startMerge(*due, newRunId);
    }
    if (merge)
        return stepMerge(*merge);
    return garbage_.empty() ? Result<void>() : sweepOne();
}

RunMerge& RunSet::startMerge(std::uint32_t level, std::uint64_t outputId)
{
    std::vector<RunPtr> inputs = freeRuns(level);
    inputs.resize(fanIn);
    merges_.push_back(std::make_unique<RunMerge>(table_, outputId, std::move(inputs)));
    return *merges_.back();
}

Result<void> RunSet::stepMerge(RunMerge& merge)
{
    stepped_ = &merge;
    auto output = merge.step();
    if (!output)
        return output.error();
    if (*output) {
        replaceInputs(merge, std::move(*output));
        finished_ = true;
    }
    return {};
}

void RunSet::replaceInputs(const RunMerge& merge, RunPtr output)
{
    for (const RunPtr& input : merge.inputs()) {
        runs_.erase(std::find(runs_.begin(), runs_.end(), input));
        garbage_.push_back(input->id);
    }
    runs_.push_back(std::move(output));
}

Result<void> RunSet::sweepOne()
{
    auto gone = table_.sweep(garbage_.back());
    if (!gone)
        return gone.error();
    if (*gone)
        garbage_.pop_back();
    return {};
}

void RunSet::begin()
{
    before_ = Contents{runs_, garbage_};
    stepped_ = nullptr;
    finished_ = false;
}

void RunSet::committed()
{
    if (finished_)
        drop(stepped_);
    before_.reset();
    stepped_ = nullptr;
}

void RunSet::rolledBack()
{
    DSMSG_ASSERT(before_.has_value(), "begin() comes first");
    runs_ = std::move(before_->runs);
    garbage_ = std::move(before_->garbage);
    before_.reset();
    if (stepped_) { // its place in the inputs is lost; what earlier steps wrote is garbage
        garbage_.push_back(stepped_->outputId());
        drop(stepped_);
    }
    stepped_ = nullptr;
}

void RunSet::drop(const RunMerge* merge)
{
    std::erase_if(merges_, [merge](const auto& running) { return running.get() == merge; });
}

} // namespace dsmsg::storage

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/index/RunMerge.h"

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg::storage {

namespace {

// Each about two milliseconds of work and some hundred kilobytes of WAL.
constexpr std::size_t entriesPerStep = 8192;
constexpr std::size_t partsPerStep = 4;

std::uint64_t totalKeys(const std::vector<RunPtr>& runs)
{
    std::uint64_t total = 0;
    for (const RunPtr& run : runs)
        total += run->keys;
    return total;
}

} // namespace

RunMerge::RunMerge(RunTable& table, std::uint64_t outputId, std::vector<RunPtr> inputs)
    : table_(table)
    , inputs_(std::move(inputs))
    , sources_(inputs_.size())
    , outputId_(outputId)
    , output_(table, outputId, inputs_.front()->kind, inputs_.front()->level + 1, totalKeys(inputs_))
{
    DSMSG_ASSERT(inputs_.size() >= 2, "merging one run would only copy it");
}

Result<RunPtr> RunMerge::step()
{
    if (phase_ == Phase::Start) {
        if (auto started = start(); !started)
            return started.error();
        phase_ = Phase::Entries;
    }
    if (phase_ == Phase::Entries) {
        auto done = mergeEntries();
        if (!done)
            return done.error();
        if (*done)
            phase_ = Phase::Parts;
        return RunPtr();
    }
    auto written = output_.writeParts(partsPerStep);
    if (!written)
        return written.error();
    return *written ? finish() : Result<RunPtr>(RunPtr());
}

Result<void> RunMerge::start()
{
    if (auto begun = output_.begin(); !begun)
        return begun;
    for (std::size_t input = 0; input < sources_.size(); ++input) {
        if (auto loaded = load(input); !loaded)
            return loaded;
    }
    return {};
}

Result<bool> RunMerge::mergeEntries()
{
    for (std::size_t count = 0; count < entriesPerStep; ++count) {
        // Eight inputs: looking at each is as fast as a heap.
        std::size_t least = sources_.size();
        for (std::size_t input = 0; input < sources_.size(); ++input) {
            const auto& current = sources_[input].current;
            if (current && (least == sources_.size() || *current < *sources_[least].current))
                least = input;
        }
        if (least == sources_.size()) {
            if (auto flushed = output_.flushPage(); !flushed)
                return flushed.error();
            return true;
        }
        if (auto appended = output_.append(*sources_[least].current); !appended)
            return appended.error();
        if (auto advanced = advance(least); !advanced)
            return advanced.error();
    }
    return false;
}

Result<RunPtr> RunMerge::finish()
{
    Seq through;
    for (const RunPtr& input : inputs_) {
        through = std::max(through, input->throughSeq);
        if (auto retired = table_.retire(input->id); !retired)
            return retired.error();
    }
    return output_.publish(through);
}

Result<void> RunMerge::load(std::size_t input)
{
    Source& source = sources_[input];
    source.page.reset();
    source.current.reset();
    if (source.pageNumber == inputs_[input]->fences.size())
        return {};
    auto page = table_.page(*inputs_[input], source.pageNumber);
    if (!page)
        return page.error();
    source.page = std::move(*page);
    source.position = 0;
    source.current = source.page->at(0);
    return {};
}

Result<void> RunMerge::advance(std::size_t input)
{
    Source& source = sources_[input];
    if (++source.position < source.page->size()) {
        source.current = source.page->at(source.position);
        return {};
    }
    ++source.pageNumber;
    return load(input);
}

} // namespace dsmsg::storage

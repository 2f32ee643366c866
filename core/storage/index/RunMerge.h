// SPDX-License-Identifier: GPL-3.0-or-later
//
// Several runs of one level into one of the next, a bounded step at a time, each step in a transaction of its
// caller. Nothing changes for readers before the last step, which makes the output live and the inputs
// obsolete in one transaction; until then a crash leaves only an unfinished output.
#pragma once

#include <optional>
#include <vector>

#include "core/storage/index/RunBuilder.h"

namespace dsmsg::storage {

class RunMerge
{
public:
    /// `inputs`: at least two live runs of one kind and level.
    RunMerge(RunTable& table, std::uint64_t outputId, std::vector<RunPtr> inputs);

    /// The finished output with the last step, else null. After an error the merge is to be abandoned.
    Result<RunPtr> step();

    const std::vector<RunPtr>& inputs() const { return inputs_; }
    std::uint64_t outputId() const { return outputId_; }

private:
    /// Where an input stands.
    struct Source
    {
        std::size_t pageNumber = 0;
        std::size_t position = 0;
        std::optional<RunPage> page;
        std::optional<IndexEntry> current; ///< none: exhausted
    };
    enum class Phase
    {
        Start,
        Entries,
        Parts
    };

    Result<void> start();
    Result<bool> mergeEntries();
    Result<RunPtr> finish();
    Result<void> load(std::size_t input);
    Result<void> advance(std::size_t input);

    RunTable& table_;
    std::vector<RunPtr> inputs_;
    std::vector<Source> sources_;
    std::uint64_t outputId_ = 0;
    RunBuilder output_;
    Phase phase_ = Phase::Start;
};

} // namespace dsmsg::storage

// SPDX-License-Identifier: GPL-3.0-or-later
//
// When a position that only rises (the commit index, what one disk holds) passed which value. One step covers
// every position between two, so that nothing is kept a message, and recording costs the same whatever it
// covers. The oldest steps go.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/Clock.h"

namespace dsmsg::node {

class Milestones
{
public:
    explicit Milestones(std::size_t stepsMax)
        : stepsMax_(stepsMax)
    {
    }

    /// Positions up to `through` were passed at `at`, as far as they were not before.
    void reached(std::uint64_t through, Instant at)
    {
        if (through <= last())
            return;
        if (steps_.size() < stepsMax_) {
            // Not by vector's own doubling, which would end beyond the bound.
            if (steps_.size() == steps_.capacity())
                steps_.reserve(std::min(stepsMax_, std::max<std::size_t>(64, steps_.size() * 2)));
            steps_.push_back({through, at});
            return;
        }
        Step& oldest = steps_[begin_];
        floor_ = oldest.through;
        oldest = {through, at};
        begin_ = (begin_ + 1) % stepsMax_;
    }

    /// Forgets everything; when positions up to `floor` were passed is not known.
    void restart(std::uint64_t floor)
    {
        steps_.clear();
        begin_ = 0;
        floor_ = floor;
    }

    /// When `position` was passed; none when it was not, or when that is not known any more.
    std::optional<Instant> of(std::uint64_t position) const
    {
        const auto step = find(position);
        return step ? std::optional(step->at) : std::nullopt;
    }
    /// The same where a step ended exactly there.
    std::optional<Instant> exactly(std::uint64_t position) const
    {
        const auto step = find(position);
        return step && step->through == position ? std::optional(step->at) : std::nullopt;
    }
    std::uint64_t last() const
    {
        return steps_.empty() ? floor_ : steps_[(begin_ + steps_.size() - 1) % steps_.size()].through;
    }

private:
    struct Step
    {
        std::uint64_t through = 0;
        Instant at;
    };

    std::optional<Step> find(std::uint64_t position) const
    {
        if (position <= floor_ || position > last())
            return std::nullopt;
        std::size_t low = 0;
        std::size_t high = steps_.size() - 1;
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            if (steps_[(begin_ + middle) % steps_.size()].through < position)
                low = middle + 1;
            else
                high = middle;
        }
        return steps_[(begin_ + low) % steps_.size()];
    }

    const std::size_t stepsMax_;
    std::vector<Step> steps_; ///< a ring once it is full; through ascends from begin_ on
    std::size_t begin_ = 0;
    std::uint64_t floor_ = 0;
};

} // namespace dsmsg::node

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command line of dsmsg-sim. Parsed by hand: six options do not need a library, and the simulator runs
// without a Qt application object.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/Result.h"

namespace dsmsg::sim {

struct Arguments
{
    std::uint64_t firstSeed = 1;
    std::uint64_t lastSeed = 500; ///< inclusive
    std::optional<int> nodes;     ///< none: drawn from each seed
    unsigned jobs = 1;
    std::optional<unsigned> minutes; ///< go on with further seeds until then
    bool firstFailureOnly = false;
    bool trace = false;
    bool help = false;
};

/// Invalid: the text says what was wrong and what would be right.
Result<Arguments> parseArguments(int argc, const char* const* argv);
std::string helpText();

} // namespace dsmsg::sim

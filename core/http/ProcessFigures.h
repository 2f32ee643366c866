// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the kernel says of this process, as every Prometheus client shows it. Of the whole process: nodes that
// share one show the same. What cannot be read is none.
#pragma once

#include <cstdint>
#include <optional>

namespace dsmsg::http {

struct ProcessFigures
{
    std::optional<double> cpuSeconds; ///< user and system
    std::optional<double> startTime;  ///< seconds since the Unix epoch
    std::optional<std::uint64_t> residentBytes;
    std::optional<std::uint64_t> virtualBytes;
    std::optional<std::uint64_t> threads;
    std::optional<std::uint64_t> openFiles;
    std::optional<std::uint64_t> openFilesMax;
};

/// Reads /proc, which does not wait for a disk.
ProcessFigures readProcessFigures();

} // namespace dsmsg::http

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the exit codes of `dsmsg` mean: one enumeration, and one table of words that help pages, documentation
// and their test read. Scripts depend on them, so a code never changes its meaning.
#pragma once

#include <span>

#include <QString>

#include "core/base/Result.h"

namespace dsmsg::cli {

enum ExitCode : int
{
    Ok = 0,
    Refused = 1,       ///< refused for good; soak, verify, doctor, bench: a verdict that is not clean
    Usage = 2,         ///< wrong command line
    Unreachable = 3,   ///< no usable answer in time, and certainly nothing stored
    Undecided = 4,     ///< a message may or may not be stored; send it again with the same --id
    BelowQuorum = 5,   ///< stored on a majority, but on fewer nodes than the cluster's --quorum asks for
    OutputLost = 6,    ///< stdout cannot be written, as on a full disk
    Interrupted = 130, ///< Ctrl+C or SIGTERM before the end; what there was until then was printed
};

struct ExitCodeText
{
    ExitCode code;
    const char* name; ///< one word, as in JSON
    const char* meaning;
};

/// All of them, ascending.
std::span<const ExitCodeText> exitCodes();
/// A line each, for people.
QString exitCodesPage();
/// The same as one JSON array.
QByteArray exitCodesJson();

/// What a request that ended with this error amounts to: Refused, or Unreachable.
ExitCode exitCodeOf(const Error& error);

} // namespace dsmsg::cli

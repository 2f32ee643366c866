// SPDX-License-Identifier: GPL-3.0-or-later
//
// The subcommands of `dsmsg`, one file each, and what their exit codes mean. Each takes the arguments after
// its name and runs its own event loop until it is done.
#pragma once

#include <QStringList>

namespace dsmsg::cli {

/// The same in every subcommand, documented in `dsmsg --help`; scripts depend on them.
enum ExitCode : int
{
    Ok = 0,
    Refused = 1,     ///< the cluster refused the request for good; soak: a verdict that is not clean
    Usage = 2,       ///< wrong command line
    Unreachable = 3, ///< no usable answer in time, and certainly nothing stored
    Undecided = 4,   ///< a message may or may not be stored; send it again with the same --id
    BelowQuorum = 5, ///< stored on a majority, but on fewer nodes than the cluster's --quorum asks for
};

int runSend(const QStringList& arguments);
int runMessages(const QStringList& arguments);
int runStatus(const QStringList& arguments);
int runSoak(const QStringList& arguments);
int runCluster(const QStringList& arguments);
/// `cluster retention`: the arguments after both words.
int runRetention(const QStringList& arguments);
int runTime(const QStringList& arguments);
int runOrdering(const QStringList& arguments);
int runBackup(const QStringList& arguments);
int runVerify(const QStringList& arguments);
int runRestore(const QStringList& arguments);
int runRecover(const QStringList& arguments);

} // namespace dsmsg::cli

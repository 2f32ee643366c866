// SPDX-License-Identifier: GPL-3.0-or-later
//
// The subcommands of `dsmsg`, one file each. A command is a value: its name, its command line (from which the
// help pages and the shell completions are made) and what it does.
#pragma once

#include <span>

#include "app/cli/CommandLine.h"
#include "app/cli/ExitCode.h"

namespace dsmsg::cli {

struct Command
{
    const char* name;
    const char* summary; ///< a line of `dsmsg --help`
    CommandLine (*commandLine)();
    /// `line` is parsed. Runs its own event loop until it is done; the exit code.
    int (*run)(const CommandLine& line);
};

/// All of them, in the order of the help page.
std::span<const Command* const> commands();
/// Null when there is none of that name.
const Command* findCommand(const QString& name);

extern const Command sendCommand;
extern const Command messagesCommand;
extern const Command tailCommand;
extern const Command inboxCommand;
extern const Command statusCommand;
extern const Command watchCommand;
extern const Command collectCommand;
extern const Command doctorCommand;
extern const Command soakCommand;
extern const Command benchCommand;
extern const Command clusterCommand;
extern const Command retentionCommand;
extern const Command timeCommand;
extern const Command orderingCommand;
extern const Command backupCommand;
extern const Command verifyCommand;
extern const Command restoreCommand;
extern const Command recoverCommand;
extern const Command completionCommand;

} // namespace dsmsg::cli

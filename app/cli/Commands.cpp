// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Commands.h"

namespace dsmsg::cli {

namespace {

constexpr const Command* all[] = {
    &sendCommand,    &messagesCommand,  &tailCommand,    &inboxCommand,      &statusCommand,
    &watchCommand,   &soakCommand,      &benchCommand,   &collectCommand,    &doctorCommand,
    &clusterCommand, &retentionCommand, &timeCommand,    &orderingCommand,   &backupCommand,
    &verifyCommand,  &restoreCommand,   &recoverCommand, &completionCommand,
};

} // namespace

std::span<const Command* const> commands()
{
    return all;
}

const Command* findCommand(const QString& name)
{
    for (const Command* command : all) {
        if (name == QLatin1String(command->name))
            return command;
    }
    return nullptr;
}

} // namespace dsmsg::cli

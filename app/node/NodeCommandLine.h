// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "app/node/OptionTable.h"

namespace dsmsg::app {

struct CommandLine
{
    bool help = false;
    bool version = false;
    bool check = false;   ///< --check-config: the settings are good, and nothing else was asked for
    bool example = false; ///< --example-config
    NodeSettings settings;
};

/// Command line over DSMSG_* variables over the file of --config. The error has a line for each problem,
/// which names the option or the line of the file.
Result<CommandLine> readCommandLine(const QStringList& arguments);

/// For --help: usage, options with defaults, examples.
std::string helpText();

} // namespace dsmsg::app

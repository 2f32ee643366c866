// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "app/node/OptionTable.h"

namespace dsmsg::app {

struct CommandLine
{
    bool help = false;
    bool version = false;
    NodeSettings settings;
};

/// Command line over DSMSG_* variables over the file of --config. The error is one line that names the option
/// or the line of the file.
Result<CommandLine> readCommandLine(const QStringList& arguments);

/// For --help: usage, options with defaults, examples.
std::string helpText();

} // namespace dsmsg::app

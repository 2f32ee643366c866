// SPDX-License-Identifier: GPL-3.0-or-later
//
// The configuration file of a node: TOML (toml.io), read by toml++, one line an option of the table. It is
// checked as a whole: a person who corrects one line should not meet the next mistake at the next start.
#pragma once

#include <string>
#include <vector>

#include "app/node/OptionTable.h"

namespace dsmsg::app {

struct ConfigLine
{
    const OptionSpec* option = nullptr;
    std::string value;  ///< as it would be given on the command line
    std::string origin; ///< "FILE, line 12"
};

struct ConfigFile
{
    std::vector<ConfigLine> lines;
    std::vector<std::string> problems; ///< each with file and line, in words
};

/// Reads the file. What its values mean is not looked at, only that the option exists and the type is one it
/// takes.
ConfigFile readConfigFile(const std::string& path);

/// A file with every option, each with its meaning and its default, commented out.
std::string exampleConfig();

} // namespace dsmsg::app

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every option of dsmsg-node once: its name, default, meaning and check. The command line, DSMSG_* variables
// and the configuration file all go through this table, in that order of precedence.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/Result.h"
#include "core/http/NodeServer.h"

namespace dsmsg::app {

enum class LogFormat : std::uint8_t
{
    Text,
    Json
};

struct NodeSettings
{
    http::ServerOptions server;
    std::string peers;     ///< as given
    std::string join;      ///< as given
    std::string advertise; ///< as given
    std::string secretFile;
    std::string logLevel = "info";
    LogFormat logFormat = LogFormat::Text;
    bool portGiven = false;
};

struct OptionSpec
{
    std::string name;        ///< with hyphens; underscores are accepted everywhere too
    std::string placeholder; ///< empty: a switch, "on" when given without a value
    std::string defaultText; ///< for --help; empty when there is none
    std::string meaning;
    /// Parses and stores; the error says what is wrong with the text, without naming the option.
    std::function<Result<void>(const std::string& text, NodeSettings& settings)> store;
};

const std::vector<OptionSpec>& optionTable();
/// Null: there is no option of that name, which is given with hyphens.
const OptionSpec* findOption(const std::string& name);

/// "DSMSG_DATA_DIR" for "data-dir".
std::string environmentName(const std::string& option);

} // namespace dsmsg::app

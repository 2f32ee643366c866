// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the command line of `dsmsg bench` asks for, as a plan for the load and in words.
#pragma once

#include <optional>

#include <QJsonObject>

#include "app/cli/CommandLine.h"
#include "app/cli/bench/Load.h"

namespace dsmsg::bench {

struct Settings
{
    Plan plan;
    QString transport;
    quint64 batch = 1, window = 1, size = 128;
    bool hasMessages = false;
};

/// Complains and returns nothing when the command line makes no sense. The plan has no protocol yet.
std::optional<Settings> readSettings(const cli::CommandLine& line);
QJsonObject settingsJson(const Settings& settings);
QString headline(const Settings& settings);

} // namespace dsmsg::bench

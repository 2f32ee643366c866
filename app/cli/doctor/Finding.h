// SPDX-License-Identifier: GPL-3.0-or-later
//
// One thing that `dsmsg doctor` looked at: what it found, whether that is well, and what to do when it is
// not.
#pragma once

#include <vector>

#include <QJsonObject>
#include <QString>

namespace dsmsg::doctor {

enum class Level
{
    Ok,
    Warn, ///< works, but may hurt
    Bad   ///< will hurt, or does not work
};

struct Finding
{
    QString area{}; ///< disk, clock, limits, machine, ports, cluster, timeouts
    QString name{};
    Level level = Level::Ok;
    QString found{};  ///< in words, with units
    QString advice{}; ///< what it means and what to do; empty when all is well
    QJsonObject figures{};
};

using Findings = std::vector<Finding>;

const char* toString(Level level); ///< "ok", "warn", "bad"

} // namespace dsmsg::doctor

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include "core/base/Result.h"

namespace dsmsg::torture {

struct Options
{
    double minutes = 1;
    std::uint64_t seed = 0; ///< always set after readOptions()
    int nodes = 3;          ///< 3 or 5
    int clients = 8;
    bool expectLoss = false; ///< succeed only when the verdict is bad
    QString program;         ///< of the nodes; empty: the build's dsmsg-node
};

/// The error is what to print, with the usage.
Result<Options> readOptions(const QStringList& arguments);
/// The command that runs the same again.
QString commandOf(const Options& options);

} // namespace dsmsg::torture

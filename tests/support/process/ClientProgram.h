// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg`, the command-line client, run as an operator runs it: what it prints, where, and its exit code.
#pragma once

#include <QByteArray>
#include <QStringList>

#include "core/base/Clock.h"

namespace dsmsg::test {

struct ClientRun
{
    int exitCode = -1; ///< -1: it crashed, or was killed because it did not end in time
    QByteArray output;
    QByteArray errors;

    bool ok() const { return exitCode == 0; }
    /// For the message of a failed check.
    QByteArray text() const { return QByteArray::number(exitCode) + ": " + output + errors; }
};

/// Runs it to its end. DSMSG_NODES of the test's own environment is not passed on.
ClientRun runClient(const QStringList& arguments, Milliseconds patience = Milliseconds(60'000));

/// Where the program under test is.
QString clientProgram();

} // namespace dsmsg::test

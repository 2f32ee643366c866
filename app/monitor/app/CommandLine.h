// SPDX-License-Identifier: GPL-3.0-or-later
//
// What dsmsg-monitor was started with. Read before there is an application object, because some options
// decide which platform plug-in it gets, and because --help and --version must work without a display.
#pragma once

#include <optional>

#include <QSize>
#include <QString>
#include <QStringList>

namespace dsmsg::monitor {

struct CommandLine
{
    QString connectTo;   ///< base URLs as typed; "" none
    QString page;        ///< "" what was open last
    int embedded = 0;    ///< nodes of an embedded cluster to start; 0 none
    QString theme;       ///< "light", "dark", "contrast", "system"; "" what the settings say
    QString language;    ///< "en", "de"; "" what the settings say
    QSize size;          ///< of the window; invalid: what was kept
    QString grab;        ///< file for one picture of the window
    double afterS = 2;   ///< when it is taken
    QString screenshots; ///< directory for pictures of everything; "" none
    QString only;        ///< regular expression of their names; "" all
    QString record;      ///< directory for the frames of a recording; "" none
};

/// What to do instead of opening a window: print `text` (to stderr when `exitCode` is not 0) and end.
struct EarlyEnd
{
    int exitCode = 0;
    QString text;
};

/// `arguments` begins with the program's name. An EarlyEnd for --help, --version and wrong usage.
std::optional<EarlyEnd> readCommandLine(const QStringList& arguments, CommandLine& line);

} // namespace dsmsg::monitor

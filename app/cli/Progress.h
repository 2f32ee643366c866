// SPDX-License-Identifier: GPL-3.0-or-later
//
// Says on stderr how far long work is, so that stdout stays what was asked for. On a terminal one line that
// is written over again and again; elsewhere lines, or nothing, because a log of progress bars helps nobody.
#pragma once

#include <QString>

namespace dsmsg::cli {

class Progress
{
public:
    enum class Elsewhere
    {
        Lines, ///< when stderr is no terminal: a line each time
        Silent
    };
    explicit Progress(Elsewhere elsewhere);
    ~Progress(); ///< clears the line
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// One line, cut to the terminal's width.
    void show(const QString& line);
    /// A bar, the share done, then `rest`; `total` of 0 counts as done.
    void showShare(quint64 done, quint64 total, const QString& rest);
    /// Takes the line away, so that something else can be written.
    void clear();

private:
    Elsewhere elsewhere_;
    bool onTerminal_;
    bool shown_ = false;
};

} // namespace dsmsg::cli

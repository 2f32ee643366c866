// SPDX-License-Identifier: GPL-3.0-or-later
//
// The terminal as a page that is drawn over and over: the alternate screen, no cursor, keys without Enter.
// Whatever the way out, the destructor gives the terminal back as it was; so whoever makes one must see to it
// that signals end the program in order (StopSignal). Suspending by Ctrl+Z is switched off meanwhile.
#pragma once

#include <functional>
#include <memory>

#include <QSocketNotifier>
#include <QStringList>
#include <termios.h>

namespace dsmsg::cli {

class Screen
{
public:
    /// Only when stdout is a terminal.
    Screen();
    ~Screen();
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    /// Draws these lines from the top, cut to the size that the terminal has now.
    void draw(const QStringList& lines);
    /// Whether keys are heard: stdin is a terminal and ours.
    bool hearsKeys() const { return keys_ != nullptr; }
    std::function<void(char)> onKey;

private:
    void readKeys();

    std::unique_ptr<QSocketNotifier> keys_;
    termios former_{};
};

/// The first `columns` characters that show, styles kept.
QString clipped(const QString& line, int columns);

} // namespace dsmsg::cli

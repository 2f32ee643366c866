// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Screen.h"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

#include "app/cli/Console.h"

namespace dsmsg::cli {

namespace {

void write(const char* text)
{
    std::fputs(text, stdout);
    std::fflush(stdout);
}

} // namespace

Screen::Screen()
{
    // A process in the background that touched the terminal's settings would be stopped.
    if (isTerminal(STDIN_FILENO) && tcgetpgrp(STDIN_FILENO) == getpgrp() &&
        tcgetattr(STDIN_FILENO, &former_) == 0) {
        termios raw = former_;
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO);
        raw.c_cc[VMIN] = 0;
        raw.c_cc[VTIME] = 0;
        raw.c_cc[VSUSP] = _POSIX_VDISABLE;
        if (tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0) {
            keys_ = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
            QObject::connect(keys_.get(), &QSocketNotifier::activated, keys_.get(), [this] { readKeys(); });
        }
    }
    write("\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J");
}

Screen::~Screen()
{
    if (keys_)
        tcsetattr(STDIN_FILENO, TCSANOW, &former_);
    write("\x1b[?25h\x1b[?1049l");
}

void Screen::readKeys()
{
    char key = 0;
    const ssize_t count = read(STDIN_FILENO, &key, 1);
    if (count <= 0)
        keys_->setEnabled(false); // the terminal is gone; SIGHUP says the rest
    else if (onKey)
        onKey(key);
}

void Screen::draw(const QStringList& lines)
{
    const TerminalSize size = terminalSize(STDOUT_FILENO);
    QByteArray page = "\x1b[H";
    const qsizetype count = std::min<qsizetype>(lines.size(), size.rows);
    for (qsizetype i = 0; i < count; ++i) {
        page += clipped(lines[i], size.columns).toUtf8() + "\x1b[K";
        if (i + 1 < count)
            page += "\r\n";
    }
    write((page + "\x1b[J").constData());
}

QString clipped(const QString& line, int columns)
{
    QString result;
    int shown = 0;
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line[i] == QChar(0x1b)) {
            const qsizetype end = line.indexOf(QLatin1Char('m'), i);
            result += line.mid(i, end < 0 ? -1 : end - i + 1);
            i = end < 0 ? line.size() : end;
        } else if (shown < columns) {
            result += line[i];
            ++shown;
        }
    }
    return result;
}

} // namespace dsmsg::cli

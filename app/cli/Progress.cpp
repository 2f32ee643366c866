// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Progress.h"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

#include "app/cli/Console.h"

namespace dsmsg::cli {

Progress::Progress(Elsewhere elsewhere)
    : elsewhere_(elsewhere)
    , onTerminal_(isTerminal(STDERR_FILENO) && qgetenv("TERM") != "dumb")
{
}

Progress::~Progress()
{
    clear();
}

void Progress::show(const QString& line)
{
    if (onTerminal_) {
        const QByteArray text = line.left(terminalSize(STDERR_FILENO).columns - 1).toUtf8();
        std::fprintf(stderr, "\r%s\x1b[K", text.constData());
        shown_ = true;
    } else if (elsewhere_ == Elsewhere::Lines) {
        std::fprintf(stderr, "%s\n", line.toUtf8().constData());
    }
    std::fflush(stderr);
}

void Progress::showShare(quint64 done, quint64 total, const QString& rest)
{
    constexpr int width = 24;
    const double share = total == 0 ? 1.0 : std::min(1.0, double(done) / double(total));
    const int full = int(share * width);
    show(QStringLiteral("[%1%2] %3 %  %4")
             .arg(QString(full, QLatin1Char('#')), QString(width - full, QLatin1Char('.')))
             .arg(int(share * 100), 3)
             .arg(rest));
}

void Progress::clear()
{
    if (shown_)
        std::fprintf(stderr, "\r\x1b[K");
    shown_ = false;
}

} // namespace dsmsg::cli

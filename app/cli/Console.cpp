// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Console.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <sys/ioctl.h>
#include <unistd.h>

#include <QRegularExpression>

#include "app/cli/ExitCode.h"

namespace dsmsg::cli {

namespace {

QByteArray escape(Style style)
{
    switch (style) {
    case Style::Plain:
        return "";
    case Style::Bold:
        return "\x1b[1m";
    case Style::Faint:
        return "\x1b[2m";
    case Style::Good:
        return "\x1b[32m";
    case Style::Bad:
        return "\x1b[31m";
    }
    return "";
}

} // namespace

void print(const QByteArray& line)
{
    const auto size = std::size_t(line.size());
    const bool written = std::fwrite(line.constData(), 1, size, stdout) == size &&
                         std::fputc('\n', stdout) != EOF && std::fflush(stdout) == 0;
    if (written)
        return;
    const int problem = errno;
    if (problem == EPIPE) {
        // Qt has the signal ignored, for its sockets; to a reader that has enough, end as every filter does.
        std::signal(SIGPIPE, SIG_DFL);
        std::raise(SIGPIPE);
    }
    complain(
        QStringLiteral("cannot write to stdout: %1").arg(QString::fromLocal8Bit(std::strerror(problem))));
    std::_Exit(ExitCode::OutputLost);
}

void print(const QString& line)
{
    print(line.toUtf8());
}

void complain(const QString& line)
{
    std::fprintf(stderr, "dsmsg: %s\n", line.toUtf8().constData());
}

bool isTerminal(int descriptor)
{
    return isatty(descriptor) == 1;
}

TerminalSize terminalSize(int descriptor)
{
    winsize window{};
    if (ioctl(descriptor, TIOCGWINSZ, &window) != 0 || window.ws_col == 0 || window.ws_row == 0)
        return {};
    return {window.ws_col, window.ws_row};
}

QString styled(const QString& text, Style style)
{
    static const bool coloured =
        isTerminal(STDOUT_FILENO) && qEnvironmentVariableIsEmpty("NO_COLOR") && qgetenv("TERM") != "dumb";
    if (!coloured || style == Style::Plain)
        return text;
    return QString::fromLatin1(escape(style)) + text + QStringLiteral("\x1b[0m");
}

QString printable(const QString& text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar c : text) {
        if (c == QLatin1Char('\n'))
            result += QLatin1String("\\n");
        else if (c == QLatin1Char('\t'))
            result += QLatin1String("\\t");
        else if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
                 c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph)
            result += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            result += c;
    }
    return result;
}

QString grouped(quint64 number)
{
    QString digits = QString::number(number);
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, QLatin1Char(' '));
    return digits;
}

Table::Table(QList<Column> columns)
    : columns_(std::move(columns))
{
}

void Table::addRow(QList<Cell> cells)
{
    rows_.append(std::move(cells));
}

QStringList Table::lines() const
{
    QList<qsizetype> widths;
    for (qsizetype column = 0; column < columns_.size(); ++column) {
        qsizetype width = columns_[column].title.size();
        for (const auto& row : rows_)
            width = std::max(width, row.value(column).text.size());
        widths.append(width);
    }
    const auto line = [&](const QList<Cell>& cells) {
        QString text;
        for (qsizetype column = 0; column < cells.size(); ++column) {
            const Cell& cell = cells[column];
            const QString gap(widths[column] - cell.text.size(), QLatin1Char(' '));
            const QString shown = styled(cell.text, cell.style);
            const bool isLast = column + 1 == cells.size();
            text += columns_[column].isNumber ? gap + shown : isLast ? shown : shown + gap;
            if (!isLast)
                text += QLatin1String("  ");
        }
        return text;
    };
    QList<Cell> header;
    for (const Column& column : columns_)
        header.append({column.title, Style::Faint});
    QStringList result{line(header)};
    for (const auto& row : rows_)
        result.append(line(row));
    return result;
}

} // namespace dsmsg::cli

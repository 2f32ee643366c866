// SPDX-License-Identifier: GPL-3.0-or-later
//
// How `dsmsg` writes: text on stdout, complaints on stderr, colours only where a person looks. Whatever came
// from other people (names, payloads) goes through printable() first, or a message could drive the reader's
// terminal.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace dsmsg::cli {

/// Written and flushed when it returns; where that fails, the program ends: by SIGPIPE when nobody reads any
/// more, else with OutputLost.
void print(const QString& line);
void print(const QByteArray& line);
/// On stderr, with the program's name.
void complain(const QString& line);

/// Of a file descriptor.
bool isTerminal(int descriptor);
struct TerminalSize
{
    int columns = 80;
    int rows = 24;
};
/// 80 x 24 when it is not known.
TerminalSize terminalSize(int descriptor);

enum class Style
{
    Plain,
    Bold,
    Faint,
    Good,
    Bad
};
/// `text` in a style; unchanged when stdout is no terminal or NO_COLOR is set.
QString styled(const QString& text, Style style);

/// Control characters written as escapes, so that the result is one harmless line.
QString printable(const QString& text);
/// 12345678 as "12 345 678".
QString grouped(quint64 number);

/// Columns as wide as their widest cell; numbers to the right.
class Table
{
public:
    struct Cell
    {
        QString text;
        Style style = Style::Plain;
    };
    struct Column
    {
        QString title;
        bool isNumber = false;
    };

    explicit Table(QList<Column> columns);
    /// As many cells as columns, or fewer.
    void addRow(QList<Cell> cells);
    QStringList lines() const;

private:
    QList<Column> columns_;
    QList<QList<Cell>> rows_;
};

} // namespace dsmsg::cli

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes CSV apart (RFC 4180, and what spreadsheets make of it: a byte order mark, semicolons or tabs for
// commas).
#pragma once

#include <optional>

#include <QByteArray>
#include <QStringList>

namespace dsmsg::monitor {

class CsvReader
{
public:
    /// `text` outlives it. What separates the fields is read off the first line.
    explicit CsvReader(const QByteArray& text);

    struct Row
    {
        int line = 0; ///< of its first character, from 1
        QStringList fields;
        QString problem; ///< in words; then the fields are worth nothing
    };
    /// Rows without a character are passed over; nothing: the end.
    std::optional<Row> next();
    qsizetype position() const { return at_; }

private:
    bool takeQuoted(QByteArray& field);

    const QByteArray& text_;
    char separator_ = ',';
    qsizetype at_ = 0;
    int line_ = 1;
};

} // namespace dsmsg::monitor

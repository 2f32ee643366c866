// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON in an editor: says where a payload stops being JSON, for the person who types it, and lays it out. It
// asks the same parser that the client asks before it sends, so that what the editor accepts is what the
// client accepts.
#pragma once

#include <optional>

#include <QString>

namespace dsmsg::monitor {

struct JsonProblem
{
    QString text;           ///< what is wrong, without the place
    qsizetype position = 0; ///< characters from the beginning
};

/// Nothing: `text` is exactly one JSON value, of any kind.
std::optional<JsonProblem> checkJson(const QString& text);

/// The same value over several lines, token for token, so that no number changes. What is no JSON, or has
/// variables in it, comes back as it is.
QString indentedJson(const QString& text);

/// Line and column of a position, both from 1.
struct TextPlace
{
    int line = 1;
    int column = 1;
};
TextPlace placeOf(const QString& text, qsizetype position);

} // namespace dsmsg::monitor

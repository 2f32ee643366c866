// SPDX-License-Identifier: GPL-3.0-or-later
//
// A payload for a person's eyes: on one line, indented, as bytes. It works on the text as it was sent and
// never through a JSON value, because 12345678901234567890, 1.0 and 1e3 must look as the sender wrote them.
// Every view is bounded, because a payload may be 1 MiB of one line.
#pragma once

#include <QByteArray>
#include <QString>

namespace dsmsg::monitor {

/// A string without its quotes, anything else as it is; line ends and other control characters become
/// spaces. Longer ones end in "…".
QString previewOf(const QByteArray& payload, qsizetype charactersMax = 200);

/// What a view shows, and whether that is all of it.
struct PayloadView
{
    QString text;
    bool whole = true;
};

/// JSON with a line for each member, two spaces a level. What is no JSON comes out as it is.
PayloadView prettyJson(const QByteArray& json, qsizetype bytesMax = 64 * 1024);
PayloadView rawText(const QByteArray& payload, qsizetype bytesMax = 64 * 1024);
/// "0000  7b 22 6f 72 64 65 72 22  {"order"", so many bytes a line.
PayloadView hexDump(const QByteArray& bytes, int perLine = 8, qsizetype bytesMax = 16 * 1024);

} // namespace dsmsg::monitor

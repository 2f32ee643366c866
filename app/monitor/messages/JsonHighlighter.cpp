// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/JsonHighlighter.h"

#include <QTextDocument>

namespace dsmsg::monitor {

namespace {

/// Where the string that begins at `from` ends, its last quote included; the end of the line at the latest.
int endOfString(const QString& text, int from)
{
    int at = from + 1;
    while (at < text.size() && text.at(at) != QLatin1Char('"'))
        at += text.at(at) == QLatin1Char('\\') ? 2 : 1;
    return int(std::min<qsizetype>(at + 1, text.size()));
}

int afterBlanks(const QString& text, int at)
{
    while (at < text.size() && text.at(at).isSpace())
        ++at;
    return at;
}

bool partOfValue(QChar c)
{
    return c.isLetterOrNumber() || c == QLatin1Char('-') || c == QLatin1Char('+') || c == QLatin1Char('.');
}

} // namespace

JsonHighlighter::JsonHighlighter(QObject* parent)
    : QSyntaxHighlighter(parent)
{
}

void JsonHighlighter::setTarget(QQuickTextDocument* target)
{
    if (target_ == target)
        return;
    target_ = target;
    setDocument(target ? target->textDocument() : nullptr);
    Q_EMIT changed();
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    if (!active_)
        return;
    int at = 0;
    while (at < text.size()) {
        if (text.at(at) == QLatin1Char('"')) {
            const int end = endOfString(text, at);
            const int next = afterBlanks(text, end);
            const bool isName = next < text.size() && text.at(next) == QLatin1Char(':');
            setFormat(at, end - at, isName ? name_ : string_);
            at = end;
        } else if (partOfValue(text.at(at))) {
            int end = at;
            while (end < text.size() && partOfValue(text.at(end)))
                ++end;
            setFormat(at, end - at, value_);
            at = end;
        } else {
            ++at;
        }
    }
}

} // namespace dsmsg::monitor

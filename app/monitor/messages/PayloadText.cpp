// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/PayloadText.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>

namespace dsmsg::monitor {

namespace {

constexpr int deepestIndent = 24; ///< levels; a payload may have a thousand, and indentation grows with each

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// The longest beginning of at most `bytesMax` bytes that cuts no character of UTF-8 in two.
qsizetype wholeCharacters(const QByteArray& text, qsizetype bytesMax)
{
    qsizetype end = std::min(text.size(), bytesMax);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text.at(end)) & 0xC0) == 0x80)
        --end;
    return end;
}

QString onOneLine(QString text, qsizetype charactersMax)
{
    const bool cut = text.size() > charactersMax;
    text.truncate(charactersMax);
    for (QChar& c : text)
        if (c.category() == QChar::Other_Control || c == QChar::LineSeparator ||
            c == QChar::ParagraphSeparator)
            c = QLatin1Char(' ');
    if (cut)
        text += QChar(0x2026);
    return text;
}

/// Writes JSON text anew with other blanks between its tokens; the tokens stay as they are.
class Indenter
{
public:
    Indenter(const QByteArray& json, qsizetype bytesMax)
        : json_(json)
        , bytesMax_(bytesMax)
    {
    }

    QByteArray run()
    {
        while (at_ < json_.size() && out_.size() < bytesMax_)
            step();
        return out_;
    }
    bool whole() const { return at_ >= json_.size(); }

private:
    void step()
    {
        const char c = json_.at(at_);
        if (c == '"')
            return copyString();
        ++at_;
        if (c == '{' || c == '[')
            return open(c);
        if (c == '}' || c == ']') {
            --level_;
            newLine();
            out_ += c;
        } else if (c == ',') {
            out_ += c;
            newLine();
        } else if (c == ':') {
            out_ += ": ";
        } else if (!isBlank(c)) {
            out_ += c;
        }
    }

    void open(char c)
    {
        out_ += c;
        while (at_ < json_.size() && isBlank(json_.at(at_)))
            ++at_;
        // {} and [] stay on their line.
        if (at_ < json_.size() && (json_.at(at_) == '}' || json_.at(at_) == ']')) {
            out_ += json_.at(at_++);
            return;
        }
        ++level_;
        newLine();
    }

    void copyString()
    {
        const qsizetype from = at_++;
        while (at_ < json_.size() && json_.at(at_) != '"')
            at_ += json_.at(at_) == '\\' ? 2 : 1;
        at_ = std::min(at_ + 1, json_.size());
        out_ += json_.mid(from, at_ - from);
    }

    void newLine()
    {
        out_ += '\n';
        out_ += QByteArray(2 * std::clamp(level_, 0, deepestIndent), ' ');
    }

    const QByteArray& json_;
    const qsizetype bytesMax_;
    qsizetype at_ = 0;
    int level_ = 0;
    QByteArray out_;
};

} // namespace

QString previewOf(const QByteArray& payload, qsizetype charactersMax)
{
    // An escape takes at most six bytes: enough of the beginning is a small part of a large payload.
    const qsizetype bytesMax = charactersMax * 6 + 2;
    if (payload.startsWith('"') && payload.size() <= bytesMax) {
        const QJsonDocument document = QJsonDocument::fromJson('[' + payload + ']');
        if (document.isArray())
            return onOneLine(document.array().first().toString(), charactersMax);
    }
    const QByteArray head = payload.left(wholeCharacters(payload, bytesMax));
    return onOneLine(QString::fromUtf8(head.startsWith('"') ? head.mid(1) : head), charactersMax);
}

PayloadView prettyJson(const QByteArray& json, qsizetype bytesMax)
{
    Indenter indenter(json, bytesMax);
    QByteArray text = indenter.run();
    const bool whole = indenter.whole() && text.size() <= bytesMax;
    text.truncate(wholeCharacters(text, bytesMax));
    return {QString::fromUtf8(text), whole};
}

PayloadView rawText(const QByteArray& payload, qsizetype bytesMax)
{
    return {QString::fromUtf8(payload.left(wholeCharacters(payload, bytesMax))), payload.size() <= bytesMax};
}

PayloadView hexDump(const QByteArray& bytes, int perLine, qsizetype bytesMax)
{
    const qsizetype end = std::min(bytes.size(), bytesMax);
    QByteArray out;
    out.reserve(end / perLine * (perLine * 4 + 12));
    for (qsizetype from = 0; from < end; from += perLine) {
        const QByteArray line = bytes.mid(from, std::min<qsizetype>(perLine, end - from));
        out += QByteArray::number(from, 16).rightJustified(4, '0') + "  ";
        out += line.toHex(' ').leftJustified(perLine * 3 - 1, ' ') + "  ";
        for (const char c : line)
            out += c >= 0x20 && c < 0x7f ? c : '.';
        if (from + perLine < end)
            out += '\n';
    }
    return {QString::fromLatin1(out), end == bytes.size()};
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/JsonCheck.h"

#include <algorithm>
#include <cctype>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace dsmsg::monitor {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("JsonCheck", text);
}

QString inWords(QJsonParseError::ParseError error)
{
    switch (error) {
    case QJsonParseError::UnterminatedObject:
        return words(QT_TRANSLATE_NOOP("JsonCheck", "a comma or a closing } is missing"));
    case QJsonParseError::MissingNameSeparator:
        return words(QT_TRANSLATE_NOOP("JsonCheck", "a colon is missing after the name"));
    case QJsonParseError::UnterminatedArray:
    case QJsonParseError::MissingValueSeparator:
        return words(QT_TRANSLATE_NOOP("JsonCheck", "a comma or a closing bracket is missing"));
    case QJsonParseError::IllegalValue:
        return words(QT_TRANSLATE_NOOP(
            "JsonCheck", "this is no value: text needs quotes, and only true, false and null do without"));
    case QJsonParseError::TerminationByNumber:
    case QJsonParseError::IllegalNumber:
        return words(QT_TRANSLATE_NOOP("JsonCheck", "this is no number"));
    case QJsonParseError::IllegalEscapeSequence:
        return words(QT_TRANSLATE_NOOP("JsonCheck", "an unknown escape; a backslash itself is written \\\\"));
    case QJsonParseError::IllegalUTF8String:
        return words(QT_TRANSLATE_NOOP("JsonCheck", "half a character"));
    case QJsonParseError::UnterminatedString:
        return words(QT_TRANSLATE_NOOP("JsonCheck", "the closing quote is missing"));
    case QJsonParseError::DeepNesting:
        return words(QT_TRANSLATE_NOOP("JsonCheck", "nested too deeply"));
    case QJsonParseError::MissingObject:
    case QJsonParseError::GarbageAtEnd:
    case QJsonParseError::DocumentTooLarge:
    case QJsonParseError::NoError:
        break;
    }
    return words(QT_TRANSLATE_NOOP("JsonCheck", "a payload is one value, and this is more"));
}

} // namespace

std::optional<JsonProblem> checkJson(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    if (bytes.trimmed().isEmpty())
        return JsonProblem{words(QT_TRANSLATE_NOOP("JsonCheck", "there is nothing here yet")), 0};
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson('[' + bytes + ']', &error);
    if (error.error == QJsonParseError::NoError && document.array().size() == 1)
        return std::nullopt;
    // One byte is our own bracket.
    const qsizetype at = std::clamp<qsizetype>(error.offset - 1, 0, bytes.size());
    // Qt takes a bare word for a number that went wrong.
    const bool isWord = at < bytes.size() && std::isalpha(static_cast<unsigned char>(bytes[at])) != 0;
    const auto kind =
        error.error == QJsonParseError::IllegalNumber && isWord ? QJsonParseError::IllegalValue : error.error;
    return JsonProblem{inWords(kind), QString::fromUtf8(bytes.left(at)).size()};
}

QString indentedJson(const QString& text)
{
    if (checkJson(text))
        return text;
    QString out;
    int depth = 0;
    const auto newLine = [&] { out += QLatin1Char('\n') + QString(depth * 2, QLatin1Char(' ')); };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isSpace())
            continue;
        if (c == QLatin1Char('"')) {
            const qsizetype begin = i++;
            while (text[i] != QLatin1Char('"'))
                i += text[i] == QLatin1Char('\\') ? 2 : 1;
            out += QStringView(text).mid(begin, i - begin + 1);
        } else if (c == QLatin1Char('{') || c == QLatin1Char('[')) {
            out += c;
            const QChar next = text[text.indexOf(QRegularExpression(QStringLiteral("\\S")), i + 1)];
            if (next == QLatin1Char('}') || next == QLatin1Char(']')) {
                out += next;
                i = text.indexOf(next, i + 1);
            } else {
                ++depth;
                newLine();
            }
        } else if (c == QLatin1Char('}') || c == QLatin1Char(']')) {
            --depth;
            newLine();
            out += c;
        } else if (c == QLatin1Char(',')) {
            out += c;
            newLine();
        } else {
            out += c == QLatin1Char(':') ? QStringLiteral(": ") : QString(c);
        }
    }
    return out;
}

TextPlace placeOf(const QString& text, qsizetype position)
{
    const QStringView before = QStringView(text).left(position);
    return {int(before.count(QLatin1Char('\n'))) + 1, int(position - before.lastIndexOf(QLatin1Char('\n')))};
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text with variables: {{n}}, {{uuid}}, {{now}}, {{random 1 100}}, {{pick a|b|c}} and a person's own. Read
// once, expanded for every message, thousands of times a second under load. In JSON, what stands inside a
// string is escaped, so that no value can break the document; outside one it is inserted as it is, so that
// {"n": {{n}}} is a number. \{{ is two braces and no variable.
#pragma once

#include <vector>

#include <QHash>
#include <QString>

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/base/Result.h"

namespace dsmsg::monitor {

class PayloadTemplate
{
public:
    enum class Format
    {
        Text,
        Json
    };
    using Own = QHash<QString, QString>; ///< a person's variables: name and value
    static constexpr qsizetype fillMax = 1 << 20;

    /// What one expansion takes from around it.
    struct Context
    {
        quint64 n = 1;
        UnixTime now;
        Random& random;
    };
    /// A variable that every template knows.
    struct Builtin
    {
        QString example; ///< as it is written, braces included
        QString text;    ///< what it gives
    };
    struct Problem
    {
        QString text;
        qsizetype position = 0; ///< characters, of the braces
    };

    PayloadTemplate() = default; ///< of an empty text

    /// Nothing to expand is no error.
    static std::variant<PayloadTemplate, Problem> parse(const QString& text, Format format, const Own& own);
    static QList<Builtin> builtins();
    /// Letters, digits, _ and -, beginning with a letter, and none of ours.
    static bool isOwnName(const QString& name);

    QString expand(const Context& context) const;
    /// The same; `sources` gets for each piece where it begins in the result and where in the template.
    struct Source
    {
        qsizetype inResult = 0;
        qsizetype inTemplate = 0;
    };
    QString expand(const Context& context, std::vector<Source>& sources) const;
    bool hasVariables() const { return hasVariables_; }

private:
    struct Piece
    {
        enum class Kind
        {
            Literal,
            Number,
            Uuid,
            Now,
            Iso,
            Random,
            Pick,
            Fill,
        };
        Kind kind = Kind::Literal;
        QString text;        ///< of a literal
        QStringList choices; ///< of a pick
        qint64 low = 0, high = 0;
        bool quoted = false; ///< inside a string of JSON
        qsizetype position = 0;
    };

    friend class TemplateReader;
    static QString valueOf(const Piece& piece, const Context& context);

    std::vector<Piece> pieces_;
    bool hasVariables_ = false;
};

} // namespace dsmsg::monitor

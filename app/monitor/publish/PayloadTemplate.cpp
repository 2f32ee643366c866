// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/PayloadTemplate.h"

#include <variant>

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

#include "core/client/Types.h"

namespace dsmsg::monitor {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("PayloadTemplate", text);
}

/// What `text` is inside the quotes of a JSON string.
QString escaped(const QString& text)
{
    const QString quoted = QString::fromUtf8(client::jsonString(text));
    return quoted.mid(1, quoted.size() - 2);
}

/// Random bits of the caller's, not of the system, so that one seed gives the same messages again.
QString uuidOf(Random& random)
{
    const quint64 high = (random.next() & ~0xF000ULL) | 0x4000ULL;
    const quint64 low = (random.next() & ~(0xC0ULL << 56)) | (0x80ULL << 56);
    const auto hex = [](quint64 value, int digits) {
        return QStringLiteral("%1").arg(value, digits, 16, QLatin1Char('0'));
    };
    return hex(high >> 32, 8) + QLatin1Char('-') + hex((high >> 16) & 0xFFFF, 4) + QLatin1Char('-') +
           hex(high & 0xFFFF, 4) + QLatin1Char('-') + hex(low >> 48, 4) + QLatin1Char('-') +
           hex(low & 0xFFFFFFFFFFFFULL, 12);
}

const QStringList& builtinNames()
{
    static const QStringList names{QStringLiteral("n"),   QStringLiteral("uuid"),   QStringLiteral("now"),
                                   QStringLiteral("iso"), QStringLiteral("random"), QStringLiteral("pick"),
                                   QStringLiteral("fill")};
    return names;
}

} // namespace

/// Takes a template apart, once.
class TemplateReader
{
public:
    using Piece = PayloadTemplate::Piece;
    using Problem = PayloadTemplate::Problem;

    TemplateReader(const QString& text, PayloadTemplate::Format format, const PayloadTemplate::Own& own)
        : text_(text)
        , json_(format == PayloadTemplate::Format::Json)
        , own_(own)
    {
    }

    std::variant<PayloadTemplate, Problem> read()
    {
        while (at_ < text_.size()) {
            if (startsWith(QLatin1String("\\{{"))) {
                literal_ += QLatin1String("{{");
                at_ += 3;
                endLiteral();
            } else if (startsWith(QLatin1String("{{"))) {
                if (!readVariable())
                    return problem_;
            } else {
                takeCharacter();
            }
        }
        endLiteral();
        return std::move(result_);
    }

private:
    bool startsWith(QLatin1String what) const { return QStringView(text_).mid(at_).startsWith(what); }

    void takeCharacter()
    {
        const QChar c = text_[at_];
        if (json_ && inString_ && c == QLatin1Char('\\') && at_ + 1 < text_.size()) {
            literal_ += c;
            ++at_;
        } else if (json_ && c == QLatin1Char('"')) {
            inString_ = !inString_;
        }
        literal_ += text_[at_++];
    }

    void endLiteral()
    {
        if (!literal_.isEmpty()) {
            Piece piece;
            piece.text = std::move(literal_);
            piece.position = literalAt_;
            result_.pieces_.push_back(std::move(piece));
        }
        literal_.clear();
        literalAt_ = at_;
    }

    bool fail(const QString& text)
    {
        problem_ = Problem{text, at_};
        return false;
    }

    bool readVariable()
    {
        const qsizetype end = text_.indexOf(QLatin1String("}}"), at_ + 2);
        if (end < 0)
            return fail(words(QT_TRANSLATE_NOOP(
                "PayloadTemplate", "the closing }} is missing; two braces that are no variable are \\{{")));
        const QString inside = text_.mid(at_ + 2, end - at_ - 2).trimmed();
        const qsizetype space = inside.indexOf(QLatin1Char(' '));
        Piece piece;
        piece.quoted = inString_;
        piece.position = at_;
        if (!fill(piece, inside.left(space), space < 0 ? QString() : inside.mid(space + 1).trimmed()))
            return false;
        endLiteral();
        result_.pieces_.push_back(std::move(piece));
        result_.hasVariables_ = true;
        at_ = end + 2;
        literalAt_ = at_;
        return true;
    }

    bool fill(Piece& piece, const QString& name, const QString& arguments)
    {
        using Kind = Piece::Kind;
        if (name == QLatin1String("random"))
            return fillRandom(piece, arguments);
        if (name == QLatin1String("pick"))
            return fillPick(piece, arguments);
        if (name == QLatin1String("fill"))
            return fillFill(piece, arguments);
        if (own_.contains(name)) {
            piece.text = own_.value(name);
            if (json_ && piece.quoted)
                piece.text = escaped(piece.text);
            return true;
        }
        static const QHash<QString, Kind> plain{{QStringLiteral("n"), Kind::Number},
                                                {QStringLiteral("uuid"), Kind::Uuid},
                                                {QStringLiteral("now"), Kind::Now},
                                                {QStringLiteral("iso"), Kind::Iso}};
        if (!plain.contains(name))
            return fail(words(QT_TRANSLATE_NOOP("PayloadTemplate",
                                                "there is no variable '%1'; known are %2 and your own"))
                            .arg(name, builtinNames().join(QLatin1String(", "))));
        if (!arguments.isEmpty())
            return fail(
                words(QT_TRANSLATE_NOOP("PayloadTemplate", "'%1' takes nothing after its name")).arg(name));
        piece.kind = plain.value(name);
        return true;
    }

    bool fillRandom(Piece& piece, const QString& arguments)
    {
        const QStringList limits = arguments.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        bool lowOk = false;
        bool highOk = false;
        piece.kind = Piece::Kind::Random;
        piece.low = limits.value(0).toLongLong(&lowOk);
        piece.high = limits.value(1).toLongLong(&highOk);
        constexpr qint64 limit = qint64(1) << 53; // beyond it a JSON number loses digits in most programs
        if (limits.size() != 2 || !lowOk || !highOk || piece.low > piece.high || piece.low < -limit ||
            piece.high > limit)
            return fail(words(QT_TRANSLATE_NOOP(
                "PayloadTemplate", "'random' takes two whole numbers, the lesser first: {{random 1 100}}")));
        return true;
    }

    bool fillPick(Piece& piece, const QString& arguments)
    {
        piece.kind = Piece::Kind::Pick;
        for (const QString& choice : arguments.split(QLatin1Char('|')))
            piece.choices.append(json_ && piece.quoted ? escaped(choice.trimmed()) : choice.trimmed());
        if (arguments.isEmpty())
            return fail(words(
                QT_TRANSLATE_NOOP("PayloadTemplate", "'pick' takes what to choose from: {{pick a|b|c}}")));
        return true;
    }

    bool fillFill(Piece& piece, const QString& arguments)
    {
        bool ok = false;
        piece.kind = Piece::Kind::Fill;
        piece.high = arguments.toLongLong(&ok);
        if (!ok || piece.high < 1 || piece.high > PayloadTemplate::fillMax)
            return fail(words(QT_TRANSLATE_NOOP("PayloadTemplate",
                                                "'fill' takes how many letters, 1 to %1: {{fill 64}}"))
                            .arg(PayloadTemplate::fillMax));
        return true;
    }

    const QString& text_;
    const bool json_;
    const PayloadTemplate::Own& own_;
    qsizetype at_ = 0;
    bool inString_ = false;
    QString literal_;
    qsizetype literalAt_ = 0;
    PayloadTemplate result_;
    Problem problem_;
};

std::variant<PayloadTemplate, PayloadTemplate::Problem> PayloadTemplate::parse(const QString& text,
                                                                               Format format, const Own& own)
{
    return TemplateReader(text, format, own).read();
}

QList<PayloadTemplate::Builtin> PayloadTemplate::builtins()
{
    return {
        {QStringLiteral("{{n}}"),
         words(QT_TRANSLATE_NOOP("PayloadTemplate", "the message's number, from 1"))},
        {QStringLiteral("{{uuid}}"), words(QT_TRANSLATE_NOOP("PayloadTemplate", "a new UUID"))},
        {QStringLiteral("{{now}}"),
         words(QT_TRANSLATE_NOOP("PayloadTemplate", "the time, in seconds since 1970"))},
        {QStringLiteral("{{iso}}"), words(QT_TRANSLATE_NOOP("PayloadTemplate", "the time, by ISO 8601"))},
        {QStringLiteral("{{random 1 100}}"),
         words(QT_TRANSLATE_NOOP("PayloadTemplate", "a whole number from 1 to 100"))},
        {QStringLiteral("{{pick a|b|c}}"), words(QT_TRANSLATE_NOOP("PayloadTemplate", "one of these"))},
        {QStringLiteral("{{fill 64}}"), words(QT_TRANSLATE_NOOP("PayloadTemplate", "64 letters"))},
    };
}

bool PayloadTemplate::isOwnName(const QString& name)
{
    static const QRegularExpression allowed(QStringLiteral("^[A-Za-z][A-Za-z0-9_-]{0,31}$"));
    return allowed.match(name).hasMatch() && !builtinNames().contains(name);
}

QString PayloadTemplate::valueOf(const Piece& piece, const Context& context)
{
    using Kind = Piece::Kind;
    switch (piece.kind) {
    case Kind::Literal:
        return piece.text;
    case Kind::Number:
        return QString::number(context.n);
    case Kind::Uuid:
        return uuidOf(context.random);
    case Kind::Now:
        return QString::number(toSeconds(context.now), 'f', 6);
    case Kind::Iso:
        return QDateTime::fromMSecsSinceEpoch(context.now.time_since_epoch().count() / 1000)
            .toUTC()
            .toString(Qt::ISODateWithMs);
    case Kind::Random:
        return QString::number(context.random.between(piece.low, piece.high + 1));
    case Kind::Pick:
        return piece.choices[qsizetype(context.random.below(quint64(piece.choices.size())))];
    case Kind::Fill:
        break;
    }
    QString letters(piece.high, Qt::Uninitialized);
    for (QChar& letter : letters)
        letter = QChar(u'a' + char16_t(context.random.below(26)));
    return letters;
}

QString PayloadTemplate::expand(const Context& context) const
{
    QString text;
    for (const Piece& piece : pieces_)
        text += valueOf(piece, context);
    return text;
}

QString PayloadTemplate::expand(const Context& context, std::vector<Source>& sources) const
{
    QString text;
    for (const Piece& piece : pieces_) {
        sources.push_back({text.size(), piece.position});
        text += valueOf(piece, context);
    }
    return text;
}

} // namespace dsmsg::monitor

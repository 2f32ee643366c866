// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/Typefaces.h"

#include <algorithm>
#include <cmath>

#include <QFont>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QStringList>

namespace dsmsg::ui {

namespace {

/// The first of `wanted` that is installed, else `otherwise`.
QString firstInstalled(const QStringList& wanted, const QString& otherwise)
{
    const QStringList installed = QFontDatabase::families();
    for (const QString& family : wanted) {
        if (installed.contains(family))
            return family;
    }
    return otherwise;
}

/// Whether fontconfig has found a family because nobody had chosen one.
bool isLastResort(const QString& family)
{
    return family.isEmpty() || family.startsWith(QStringLiteral("DejaVu")) ||
           family.startsWith(QStringLiteral("Liberation")) || family == QStringLiteral("Bitstream Vera Sans");
}

/// What the desktop chose. Without a desktop theme that is whatever fontconfig comes upon, made for documents
/// or for small screens of old; then a family made for interfaces is better, first those
/// whose digits are as wide as each other.
QString textFamily()
{
    const QFont chosen = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    const QString family = QFontInfo(chosen).family();
    if (!isLastResort(family))
        return family;
    return firstInstalled({QStringLiteral("Roboto"), QStringLiteral("Noto Sans"), QStringLiteral("Open Sans"),
                           QStringLiteral("Adwaita Sans"), QStringLiteral("Cantarell"),
                           QStringLiteral("Liberation Sans")},
                          family);
}

QString monoFamily()
{
    const QString family = QFontInfo(QFontDatabase::systemFont(QFontDatabase::FixedFont)).family();
    if (QFontInfo(QFont(family)).fixedPitch() && !isLastResort(family))
        return family;
    return firstInstalled({QStringLiteral("JetBrains Mono"), QStringLiteral("Adwaita Mono"),
                           QStringLiteral("Noto Sans Mono"), QStringLiteral("DejaVu Sans Mono"),
                           QStringLiteral("Liberation Mono")},
                          family);
}

} // namespace

Typefaces::Typefaces(QObject* parent)
    : QObject(parent)
    , text_(textFamily())
    , mono_(monoFamily())
{
    figures_ = text_;
    if (!hasEvenDigits(figures_)) {
        figures_ = firstInstalled({QStringLiteral("Noto Sans"), QStringLiteral("Liberation Sans"),
                                   QStringLiteral("Open Sans"), QStringLiteral("DejaVu Sans")},
                                  mono_);
    }
}

bool Typefaces::hasEvenDigits(const QString& family)
{
    QFont font(family);
    font.setPixelSize(64);
    const QFontMetricsF metrics(font);
    const qreal width = metrics.horizontalAdvance(QLatin1Char('0'));
    const QString digits = QStringLiteral("123456789");
    return std::all_of(digits.begin(), digits.end(),
                       [&](QChar digit) { return std::abs(metrics.horizontalAdvance(digit) - width) < 0.5; });
}

} // namespace dsmsg::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/docs/Examples.h"

#include <QRegularExpression>

namespace dsmsg::test {

std::vector<Example> readExamples(const QString& document)
{
    std::vector<Example> examples;
    bool inSession = false;
    int number = 0;
    for (const QString& line : document.split(QLatin1Char('\n'))) {
        ++number;
        if (line.startsWith(QStringLiteral("```")))
            inSession = !inSession && line == QStringLiteral("```console");
        else if (inSession && line.startsWith(QStringLiteral("$ ")))
            examples.push_back({number, line.mid(2), {}});
        else if (inSession && !examples.empty())
            examples.back().output << line;
    }
    return examples;
}

bool isAsPromised(const QStringList& promised, const QString& actual)
{
    const QString anything = QString(QChar(0x2026));
    QStringList patterns;
    for (const QString& line : promised) {
        if (line == anything) {
            patterns << QStringLiteral("(?:.*\\n)*?");
            continue;
        }
        QStringList parts;
        for (const QString& part : line.split(anything))
            parts << QRegularExpression::escape(part);
        patterns << parts.join(QStringLiteral(".*")) + QStringLiteral("\\n");
    }
    QString text = actual;
    text.remove(QLatin1Char('\r'));
    if (!text.isEmpty() && !text.endsWith(QLatin1Char('\n')))
        text += QLatin1Char('\n');
    return QRegularExpression(QRegularExpression::anchoredPattern(patterns.join(QString())))
        .match(text)
        .hasMatch();
}

} // namespace dsmsg::test

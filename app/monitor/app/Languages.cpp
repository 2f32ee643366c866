// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/Languages.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

#include "app/monitor/app/Settings.h"

namespace dsmsg::monitor {

namespace {

constexpr std::pair<const char*, const char*> ours[] = {{"en", "English"}, {"de", "Deutsch"}};

} // namespace

Languages::Languages(Settings& settings, QObject* parent)
    : QObject(parent)
    , settings_(settings)
{
    connect(&settings_, &Settings::languageChanged, this, &Languages::update);
    update();
}

Languages::~Languages()
{
    QCoreApplication::removeTranslator(&texts_);
    QCoreApplication::removeTranslator(&qtTexts_);
}

QVariantList Languages::available() const
{
    QVariantList result;
    for (const auto& [code, name] : ours)
        result.append(QVariantMap{{QStringLiteral("code"), QString::fromLatin1(code)},
                                  {QStringLiteral("name"), QString::fromUtf8(name)}});
    return result;
}

QString Languages::choose(const QString& chosen, const QStringList& ofSystem)
{
    for (const QString& language : QStringList(chosen) + ofSystem)
        for (const auto& [code, name] : ours)
            if (language.section(QLatin1Char('-'), 0, 0) == QLatin1String(code))
                return QString::fromLatin1(code);
    return QStringLiteral("en");
}

void Languages::update()
{
    const QString language = choose(settings_.language(), QLocale::system().uiLanguages());
    if (language == current_)
        return;
    current_ = language;
    QCoreApplication::removeTranslator(&texts_);
    QCoreApplication::removeTranslator(&qtTexts_);
    // English too has a file: the plural forms of its sentences.
    if (texts_.load(QStringLiteral("monitor_") + language, QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&texts_);
    if (qtTexts_.load(QStringLiteral("qtbase_") + language,
                      QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&qtTexts_);
    Q_EMIT changed();
}

} // namespace dsmsg::monitor

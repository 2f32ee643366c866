// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/Appearance.h"

#include <QGuiApplication>
#include <QPalette>

#include "app/monitor/app/Settings.h"

namespace dsmsg::monitor {

namespace {

const auto darkKey = QStringLiteral("desktop/prefers_dark");
const auto contrastKey = QStringLiteral("desktop/more_contrast");
const auto motionKey = QStringLiteral("desktop/fewer_animations");

DesktopLook lastSeen(const QSettings& store)
{
    DesktopLook look;
    if (store.contains(darkKey))
        look.prefersDark = store.value(darkKey).toBool();
    look.moreContrast = store.value(contrastKey).toBool();
    look.fewerAnimations = store.value(motionKey).toBool();
    return look;
}

std::optional<ColourScheme> chosenScheme(Settings::Theme theme)
{
    switch (theme) {
    case Settings::LightTheme:
        return ColourScheme::Light;
    case Settings::DarkTheme:
        return ColourScheme::Dark;
    case Settings::ContrastTheme:
        return ColourScheme::Contrast;
    case Settings::SystemTheme:
        break;
    }
    return std::nullopt;
}

} // namespace

Appearance::Appearance(Settings& settings, QObject* parent)
    : QObject(parent)
    , settings_(settings)
    , paletteIsDark_(QGuiApplication::palette().color(QPalette::Window).lightness() < 128)
    , portal_(lastSeen(settings.store()))
{
    connect(&settings_, &Settings::themeChanged, this, &Appearance::update);
    connect(&settings_, &Settings::motionChanged, this, &Appearance::update);
    connect(&portal_, &DesktopPortal::changed, this, [this] {
        remember();
        update();
    });
    update();
}

void Appearance::update()
{
    const DesktopLook& desktop = portal_.look();
    const ColourScheme scheme = colourScheme(chosenScheme(settings_.theme()), desktop, paletteIsDark_);
    const bool reduced = settings_.motion() == Settings::SystemMotion
                             ? desktop.fewerAnimations
                             : settings_.motion() == Settings::ReducedMotion;
    if (scheme == scheme_ && reduced == reducedMotion_)
        return;
    scheme_ = scheme;
    reducedMotion_ = reduced;
    Q_EMIT changed();
}

void Appearance::remember()
{
    QSettings& store = settings_.store();
    const DesktopLook& look = portal_.look();
    if (look.prefersDark)
        store.setValue(darkKey, *look.prefersDark);
    else
        store.remove(darkKey);
    store.setValue(contrastKey, look.moreContrast);
    store.setValue(motionKey, look.fewerAnimations);
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/Settings.h"

#include <algorithm>
#include <type_traits>

#include <QGuiApplication>
#include <QScreen>

namespace dsmsg::monitor {

namespace {

template <class Enum>
Enum enumValue(const QSettings& store, const char* key, Enum last)
{
    bool isNumber = false;
    const int value = store.value(QLatin1String(key), 0).toInt(&isNumber);
    return isNumber && value >= 0 && value <= static_cast<int>(last) ? static_cast<Enum>(value) : Enum{};
}

bool boolValue(const QSettings& store, const char* key, bool otherwise)
{
    return store.value(QLatin1String(key), otherwise).toBool();
}

double inRange(double scale)
{
    return scale > 0 ? std::clamp(scale, Settings::smallestText, Settings::largestText) : 1.0;
}

} // namespace

Settings::Settings(QObject* parent)
    : QObject(parent)
{
    read();
}

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent)
    , store_(file, QSettings::IniFormat)
{
    read();
}

void Settings::read()
{
    theme_ = enumValue(store_, "look/theme", ContrastTheme);
    motion_ = enumValue(store_, "look/motion", ReducedMotion);
    textScale_ = inRange(store_.value(QStringLiteral("look/text_scale"), 1.0).toDouble());
    language_ = store_.value(QStringLiteral("look/language")).toString();
    autoRefresh_ = boolValue(store_, "auto_refresh", true);
    notifications_ = boolValue(store_, "notifications", true);
    reconnect_ = boolValue(store_, "reconnect", true);
    closing_ = enumValue(store_, "closing", HideOnClose);
    page_ = store_.value(QStringLiteral("window/page")).toString();
    geometry_ = store_.value(QStringLiteral("window/geometry")).toRect();
    maximized_ = boolValue(store_, "window/maximized", false);
}

template <class Value>
bool Settings::assign(Value& member, const Value& value, const char* key)
{
    if (member == value)
        return false;
    member = value;
    if constexpr (std::is_enum_v<Value>)
        store_.setValue(QLatin1String(key), static_cast<int>(value));
    else
        store_.setValue(QLatin1String(key), value);
    return true;
}

void Settings::setTheme(Theme theme)
{
    if (assign(theme_, theme, "look/theme"))
        Q_EMIT themeChanged();
}

void Settings::setMotion(Motion motion)
{
    if (assign(motion_, motion, "look/motion"))
        Q_EMIT motionChanged();
}

void Settings::setTextScale(double scale)
{
    if (assign(textScale_, inRange(scale), "look/text_scale"))
        Q_EMIT textScaleChanged();
}

void Settings::setLanguage(const QString& language)
{
    if (assign(language_, language, "look/language"))
        Q_EMIT languageChanged();
}

void Settings::setAutoRefresh(bool on)
{
    if (assign(autoRefresh_, on, "auto_refresh"))
        Q_EMIT autoRefreshChanged();
}

void Settings::setNotifications(bool on)
{
    if (assign(notifications_, on, "notifications"))
        Q_EMIT notificationsChanged();
}

void Settings::setReconnect(bool on)
{
    if (assign(reconnect_, on, "reconnect"))
        Q_EMIT reconnectChanged();
}

void Settings::setClosing(Closing closing)
{
    if (assign(closing_, closing, "closing"))
        Q_EMIT closingChanged();
}

void Settings::setPage(const QString& page)
{
    if (assign(page_, page, "window/page"))
        Q_EMIT pageChanged();
}

QRect Settings::geometryOnScreen() const
{
    QList<QRect> screens;
    for (const QScreen* screen : QGuiApplication::screens())
        screens.append(screen->geometry());
    return geometry_.isNull() || screens.isEmpty() ? geometry_ : fitted(geometry_, screens);
}

QRect Settings::fitted(QRect kept, const QList<QRect>& screens)
{
    const auto own = std::find_if(screens.begin(), screens.end(),
                                  [&](const QRect& screen) { return screen.contains(kept.topLeft()); });
    const QRect& screen = own == screens.end() ? screens.first() : *own;
    kept.setSize(kept.size().boundedTo(screen.size()));
    if (own == screens.end())
        kept.moveCenter(screen.center());
    return kept;
}

void Settings::setGeometry(const QRect& geometry)
{
    if (assign(geometry_, geometry, "window/geometry"))
        Q_EMIT geometryChanged();
}

void Settings::setMaximized(bool on)
{
    if (assign(maximized_, on, "window/maximized"))
        Q_EMIT maximizedChanged();
}

void Settings::overrideTheme(Theme theme)
{
    theme_ = theme;
    Q_EMIT themeChanged();
}

void Settings::overrideLanguage(const QString& language)
{
    language_ = language;
    Q_EMIT languageChanged();
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which of the three looks a window has. A rule without state, so that it can be tested: what a person chose
// by hand wins, then what the desktop says, then how light its own windows are.
#pragma once

#include <optional>

namespace dsmsg::monitor {

/// As Theme.scheme has them.
enum class ColourScheme
{
    Light,
    Dark,
    Contrast
};

/// What a desktop says by org.freedesktop.appearance.
struct DesktopLook
{
    std::optional<bool> prefersDark; ///< nullopt: it does not care, or did not say
    bool moreContrast = false;
    bool fewerAnimations = false;
    friend bool operator==(const DesktopLook&, const DesktopLook&) = default;
};

/// `chosen`: by hand, nullopt for "as the system". `paletteIsDark`: of the platform's own windows.
inline ColourScheme colourScheme(std::optional<ColourScheme> chosen, const DesktopLook& desktop,
                                 bool paletteIsDark)
{
    if (chosen)
        return *chosen;
    if (desktop.moreContrast)
        return ColourScheme::Contrast;
    return desktop.prefersDark.value_or(paletteIsDark) ? ColourScheme::Dark : ColourScheme::Light;
}

} // namespace dsmsg::monitor

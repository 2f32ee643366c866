// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the window is drawn. Without working OpenGL Qt Quick aborts on its first window, and OpenGL computed by
// the processor (llvmpipe) is slower than Qt's own software renderer: in both cases that one is taken.
#pragma once

#include <QString>

namespace dsmsg::monitor {

/// Needs the application object and must come before the first window. Returns what was chosen, for the
/// settings page. QT_QUICK_BACKEND, when set, wins.
QString chooseGraphics();

} // namespace dsmsg::monitor

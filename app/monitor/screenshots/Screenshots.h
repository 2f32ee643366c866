// SPDX-License-Identifier: GPL-3.0-or-later
//
// dsmsg-monitor --screenshots DIR: a picture of every page and every state, of a real cluster inside this
// process with traffic, an election and a fault in it, and a check of each picture. Nothing of it touches the
// person's settings or data, and nothing waits for a time: every scene waits until it is what it says.
#pragma once

#include <QString>

namespace dsmsg::monitor {

/// Before the application object: no display, software rendering, settings and data in a folder of their
/// own. Returns that folder, which the caller deletes; "" when it could not be made.
QString prepareForPictures();
/// Returns the exit code: 0, or 1 when something is wrong with a picture, which is told on stderr.
int takeScreenshots(const QString& directory, const QString& only);

} // namespace dsmsg::monitor

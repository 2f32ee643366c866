// SPDX-License-Identifier: GPL-3.0-or-later
//
// index.html of a picture book: every picture under its heading, small, with its caption and what is wrong
// with it; a click opens it in full.
#pragma once

#include <QByteArray>
#include <vector>

namespace dsmsg::monitor {

struct Picture;

QByteArray pictureIndex(const std::vector<Picture>& pictures);

} // namespace dsmsg::monitor

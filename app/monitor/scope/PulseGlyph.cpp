// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/PulseGlyph.h"

#include "app/monitor/scope/ScopeGlyphs.h"

namespace dsmsg::monitor {

void PulseGlyph::setKind(Kind kind)
{
    if (kind == kind_)
        return;
    kind_ = kind;
    paintAnew();
    Q_EMIT kindChanged();
}

void PulseGlyph::paint(QPainter* painter)
{
    const auto kind = PulseKind(kind_);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(width() / 2, height() / 2);
    drawPulseGlyph(*painter, kind, look().pulse(kind), height() / 3.2);
}

} // namespace dsmsg::monitor

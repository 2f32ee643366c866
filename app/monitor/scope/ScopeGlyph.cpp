// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeGlyph.h"

namespace dsmsg::monitor {

void ScopeGlyph::setStyle(const QVariantMap& style)
{
    if (style == styleMap_)
        return;
    styleMap_ = style;
    look_ = ScopeStyle::fromMap(style);
    paintAnew();
}

void ScopeGlyph::paintAnew()
{
    Q_EMIT changed();
    update();
}

} // namespace dsmsg::monitor

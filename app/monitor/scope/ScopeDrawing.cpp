// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeDrawing.h"

namespace dsmsg::monitor {

void ScopeDrawing::setPlayer(ScopePlayer* player)
{
    if (player == player_)
        return;
    if (player_)
        player_->disconnect(this);
    player_ = player;
    if (player_)
        follow(*player_);
    Q_EMIT playerChanged();
    showAnew();
}

void ScopeDrawing::setStyle(const QVariantMap& style)
{
    if (style == styleMap_)
        return;
    styleMap_ = style;
    look_ = ScopeStyle::fromMap(style);
    Q_EMIT styleChanged();
    showAnew();
}

bool ScopeDrawing::canShow() const
{
    return player_ && isVisible() && window() && width() >= 1 && height() >= 1 && look_.background.isValid();
}

void ScopeDrawing::geometryChange(const QRectF& now, const QRectF& before)
{
    PaintedOffThread::geometryChange(now, before);
    if (now.size() != before.size())
        showAnew();
}

void ScopeDrawing::itemChange(ItemChange change, const ItemChangeData& data)
{
    PaintedOffThread::itemChange(change, data);
    if (change == ItemVisibleHasChanged || change == ItemSceneChange ||
        change == ItemDevicePixelRatioHasChanged)
        showAnew();
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/LaneGlyph.h"

namespace dsmsg::monitor {

void LaneGlyph::setPart(Part part)
{
    if (part == part_)
        return;
    part_ = part;
    paintAnew();
    Q_EMIT partChanged();
}

void LaneGlyph::paint(QPainter* painter)
{
    const ScopeStyle& style = look();
    const QRectF box = QRectF(0, 0, width(), height()).adjusted(1.5, 1.5, -1.5, -1.5);
    painter->setRenderHint(QPainter::Antialiasing);
    switch (part_) {
    case Written:
        paintEntry(*painter, style, EntryStage::Written, box);
        break;
    case Durable:
        paintEntry(*painter, style, EntryStage::Durable, box);
        break;
    case Committed:
        paintEntry(*painter, style, EntryStage::Committed, box);
        break;
    case Applied:
        paintEntry(*painter, style, EntryStage::Applied, box);
        break;
    case Match:
        paintMatchMark(*painter, style, QPointF(box.center().x(), box.center().y() - 3));
        break;
    case Next:
        paintNextMark(*painter, style, QPointF(box.center().x(), box.center().y() + 3));
        break;
    case CommitIndex:
        painter->setPen(commitPen(style));
        painter->drawLine(QPointF(box.center().x(), 0), QPointF(box.center().x(), height()));
        break;
    }
}

} // namespace dsmsg::monitor

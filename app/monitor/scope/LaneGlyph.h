// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a log lane is made of, one by one, for its legend.
#pragma once

#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/LanesPicture.h"

namespace dsmsg::monitor {

class LaneGlyph : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Part part READ part WRITE setPart NOTIFY changed)
    Q_PROPERTY(QVariantMap style READ style WRITE setStyle NOTIFY changed) ///< ScopeStyle

public:
    enum Part
    {
        Written,
        Durable,
        Committed,
        Applied,
        Match,
        Next,
        CommitIndex,
    };
    Q_ENUM(Part)
    using QQuickPaintedItem::QQuickPaintedItem;

    Part part() const { return part_; }
    void setPart(Part part);
    QVariantMap style() const { return style_; }
    void setStyle(const QVariantMap& style);

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void changed();

private:
    Part part_ = Written;
    QVariantMap style_;
};

} // namespace dsmsg::monitor

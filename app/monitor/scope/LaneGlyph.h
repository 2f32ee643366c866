// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a log lane is made of, one by one, for its legend.
#pragma once

#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/LanesPicture.h"
#include "app/monitor/scope/ScopeGlyph.h"

namespace dsmsg::monitor {

class LaneGlyph : public dsmsg::monitor::ScopeGlyph
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Part part READ part WRITE setPart NOTIFY partChanged)

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
    using ScopeGlyph::ScopeGlyph;

    Part part() const { return part_; }
    void setPart(Part part);

    void paint(QPainter* painter) override;

Q_SIGNALS:
    /// Its own: with an inherited one, moc of Qt 6.8 does not find the enum.
    void partChanged();

private:
    Part part_ = Written;
};

} // namespace dsmsg::monitor

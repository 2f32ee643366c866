// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log lanes as an item. The window of indexes glides: it follows the newest entry and widens when a node
// falls behind, at once; it narrows only after a while, so that it does not breathe with each burst.
#pragma once

#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/LanesPicture.h"
#include "app/monitor/scope/ScopeDrawing.h"

namespace dsmsg::monitor {

class LanesView : public dsmsg::monitor::ScopeDrawing
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(double axisHeight READ axisHeight WRITE setAxisHeight NOTIFY sizesChanged)
    Q_PROPERTY(double laneHeight READ laneHeight WRITE setLaneHeight NOTIFY sizesChanged)

public:
    using ScopeDrawing::ScopeDrawing;

    double axisHeight() const { return axisHeight_; }
    void setAxisHeight(double height);
    double laneHeight() const { return laneHeight_; }
    void setLaneHeight(double height);

Q_SIGNALS:
    void sizesChanged();

protected:
    void follow(ScopePlayer& player) override;
    void showAnew() override;

private:
    void show();
    bool glide(const ScopeScene& scene); ///< true: the window or the logs are other ones than those shown

    double axisHeight_ = 20;
    double laneHeight_ = 44;
    double span_ = 0;
    double narrowSince_ = 0; ///< moment since when a smaller span would do
    ScopeScene shown_;
    bool mustShow_ = true;
};

} // namespace dsmsg::monitor

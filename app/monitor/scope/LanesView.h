// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log lanes as an item. The window of indexes glides: it follows the newest entry and widens when a node
// falls behind, at once; it narrows only after a while, so that it does not breathe with each burst.
#pragma once

#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/LanesPicture.h"
#include "app/monitor/scope/PaintedOffThread.h"
#include "app/monitor/scope/ScopePlayer.h"

namespace dsmsg::monitor {

// The base by its whole name: qmllint finds no other.
class LanesView : public dsmsg::monitor::PaintedOffThread
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(dsmsg::monitor::ScopePlayer* player READ player WRITE setPlayer NOTIFY playerChanged REQUIRED)
    Q_PROPERTY(QVariantMap style READ style WRITE setStyle NOTIFY styleChanged) ///< ScopeStyle
    Q_PROPERTY(double axisHeight READ axisHeight WRITE setAxisHeight NOTIFY sizesChanged)
    Q_PROPERTY(double laneHeight READ laneHeight WRITE setLaneHeight NOTIFY sizesChanged)

public:
    explicit LanesView(QQuickItem* parent = nullptr);

    ScopePlayer* player() const { return player_; }
    void setPlayer(ScopePlayer* player);
    QVariantMap style() const { return styleMap_; }
    void setStyle(const QVariantMap& style);
    double axisHeight() const { return axisHeight_; }
    void setAxisHeight(double height);
    double laneHeight() const { return laneHeight_; }
    void setLaneHeight(double height);

Q_SIGNALS:
    void playerChanged();
    void styleChanged();
    void sizesChanged();

protected:
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;

private:
    void show();
    bool glide(const ScopeScene& scene); ///< true: the window or the logs are other ones than those shown

    QPointer<ScopePlayer> player_;
    QVariantMap styleMap_;
    ScopeStyle style_;
    double axisHeight_ = 20;
    double laneHeight_ = 44;
    double span_ = 0;
    double narrowSince_ = 0; ///< moment since when a smaller span would do
    ScopeScene shown_;
    bool mustShow_ = true;
};

} // namespace dsmsg::monitor

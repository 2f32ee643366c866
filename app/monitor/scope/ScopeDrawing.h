// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every drawing of the scope is: it looks at a player, in a style, and shows itself anew when its looks,
// its size or whether it is seen have changed. What else makes it do so, and what it draws, is its own.
#pragma once

#include <QPointer>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/PaintedOffThread.h"
#include "app/monitor/scope/ScopePlayer.h"
#include "app/monitor/scope/ScopeStyle.h"

namespace dsmsg::monitor {

// The bases by their whole names, here and below: qmllint finds no others.
class ScopeDrawing : public dsmsg::monitor::PaintedOffThread
{
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(dsmsg::monitor::ScopePlayer* player READ player WRITE setPlayer NOTIFY playerChanged REQUIRED)
    Q_PROPERTY(QVariantMap style READ style WRITE setStyle NOTIFY styleChanged) ///< ScopeStyle

public:
    using PaintedOffThread::PaintedOffThread;

    ScopePlayer* player() const { return player_; }
    void setPlayer(ScopePlayer* player);
    QVariantMap style() const { return styleMap_; }
    void setStyle(const QVariantMap& style);

Q_SIGNALS:
    void playerChanged();
    void styleChanged();

protected:
    /// Connects what else makes it show itself; the connections end with another player.
    virtual void follow(ScopePlayer& player) = 0;
    /// Whatever was drawn before is of no use.
    virtual void showAnew() = 0;
    /// Whether there is anything to show, and somebody who sees it.
    bool canShow() const;
    const ScopeStyle& look() const { return look_; }

    void geometryChange(const QRectF& now, const QRectF& before) override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;

private:
    QPointer<ScopePlayer> player_;
    QVariantMap styleMap_;
    ScopeStyle look_;
};

} // namespace dsmsg::monitor

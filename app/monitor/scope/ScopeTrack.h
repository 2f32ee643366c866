// SPDX-License-Identifier: GPL-3.0-or-later
//
// The scrub bar's ground: how busy the cluster was over the recording, and marks where something happened.
// Position and handles are QML on top. Repainted when what is under a pixel changes, once a second live.
#pragma once

#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/PaintedOffThread.h"
#include "app/monitor/scope/ScopePlayer.h"
#include "app/monitor/scope/ScopeStyle.h"

namespace dsmsg::monitor {

struct TrackPicture
{
    struct Mark
    {
        double at = 0; ///< 0 to 1
        int severity = 0;
    };
    ScopeStyle style;
    QSizeF size;
    std::vector<double> activity; ///< acknowledged a second, a value a bucket; NaN: nobody led
    std::vector<Mark> marks;      ///< the worst of each place, by time

    void paint(QPainter& painter) const;
    /// Of what was recorded in [from, to].
    static TrackPicture of(const ScopeRecording& recording, double from, double to, std::size_t buckets);
};

// The base by its whole name: qmllint finds no other.
class ScopeTrack : public dsmsg::monitor::PaintedOffThread
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(dsmsg::monitor::ScopePlayer* player READ player WRITE setPlayer NOTIFY playerChanged REQUIRED)
    Q_PROPERTY(QVariantMap style READ style WRITE setStyle NOTIFY styleChanged) ///< ScopeStyle

public:
    explicit ScopeTrack(QQuickItem* parent = nullptr);

    ScopePlayer* player() const { return player_; }
    void setPlayer(ScopePlayer* player);
    QVariantMap style() const { return styleMap_; }
    void setStyle(const QVariantMap& style);

Q_SIGNALS:
    void playerChanged();
    void styleChanged();

protected:
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;

private:
    void showIfOld();
    void show();

    QPointer<ScopePlayer> player_;
    QVariantMap styleMap_;
    ScopeStyle style_;
    double shownFrom_ = 0;
    double shownTo_ = 0;
};

} // namespace dsmsg::monitor

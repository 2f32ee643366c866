// SPDX-License-Identifier: GPL-3.0-or-later
//
// The scrub bar's ground: how busy the cluster was over the recording, and marks where something happened.
// Position and handles are QML on top. Repainted when what is under a pixel changes, once a second live.
#pragma once

#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/ScopeDrawing.h"

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

class ScopeTrack : public dsmsg::monitor::ScopeDrawing
{
    Q_OBJECT
    QML_ELEMENT

public:
    using ScopeDrawing::ScopeDrawing;

protected:
    void follow(ScopePlayer& player) override;
    void showAnew() override;

private:
    void showIfOld();

    double shownFrom_ = 0;
    double shownTo_ = 0;
};

} // namespace dsmsg::monitor

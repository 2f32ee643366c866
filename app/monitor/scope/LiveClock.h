// SPDX-License-Identifier: GPL-3.0-or-later
//
// What cluster time it is now, from the samples' own times and when they came. A sample is always late by
// its way here, so the one that makes the greatest time is the nearest; nodes that do not know how right
// their clock is are asked only when no other answers.
#pragma once

#include <QHash>
#include <QString>

namespace dsmsg::monitor {

class LiveClock
{
public:
    /// A silent node is left out after so long, while others are heard.
    static constexpr double believedS = 5;

    void heard(const QString& node, double clusterTs, bool synchronized, double nowS);
    bool known() const { return known_; }
    double at(double nowS) const { return nowS + offset_; } ///< cluster time
    double lastHeardS() const { return lastHeardS_; }
    void clear() { *this = LiveClock(); }

private:
    struct Voice
    {
        double offset = 0;
        double atS = 0;
        bool synchronized = false;
    };
    QHash<QString, Voice> voices_;
    bool known_ = false;
    double offset_ = 0;
    double lastHeardS_ = 0;
};

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the samples of the last second said, four a second from each node: a spike between two points of a
// chart must not be lost, so the worst of each figure is kept until it is taken.
#pragma once

#include <QHash>
#include <QString>

#include "app/monitor/cluster/Sample.h"

namespace dsmsg::monitor {

class LiveSecond
{
public:
    static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

    void take(const Sample& sample);
    /// Forgets the second.
    void clear();

    bool led() const { return led_; } ///< a leader was heard
    double acknowledgedPerS() const { return acknowledged_; }
    double p50Ms() const { return p50_; }
    double p95Ms() const { return p95_; }
    double p99Ms() const { return p99_; }
    double worstBoundMs() const { return worstBound_; }
    double worstLag() const;
    /// Entries that a follower lacks, by its id, as the leader knows.
    const QHash<QString, double>& lags() const { return lags_; }

private:
    bool led_ = false;
    quint64 term_ = 0;
    double acknowledged_ = unknown;
    double p50_ = unknown, p95_ = unknown, p99_ = unknown;
    double worstBound_ = unknown;
    QHash<QString, double> lags_;
};

} // namespace dsmsg::monitor

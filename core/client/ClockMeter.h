// SPDX-License-Identifier: GPL-3.0-or-later
//
// Measures the own clock against the cluster's by GET /time: a few exchanges one after the other, because the
// first one also opens the connection and is slow, and again every half minute. On connections of its own, or
// the measurement would stand in a queue behind sends.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QObject>
#include <QTimer>

#include "core/client/ClockEstimate.h"
#include "core/client/Endpoints.h"
#include "core/client/Http.h"

namespace dsmsg::client {

class ClockMeter : public QObject
{
    Q_OBJECT

public:
    struct Settings
    {
        bool enabled = true;
        Milliseconds every{30000};
        int exchanges = 4; ///< one after the other, at least 1
        Milliseconds exchangeMax{1000};
        double driftMaxPpm = 500; ///< of the own clock against the cluster's, at most
    };

    /// `clock` outlives it.
    ClockMeter(Settings settings, QList<QUrl> endpoints, const QNetworkProxy& proxy, const Clock& clock);
    ~ClockMeter() override;

    /// Measures from now on every so often, and now unless it has been measured before. Again: nothing.
    void start();
    /// Measures now; `done` is called once, later, however it went. Never when this object is destroyed
    /// before.
    void measure(std::function<void()> done);

    /// None before the first measurement, and when none succeeded for long. Together with the wall clock that
    /// it is meant for.
    std::optional<ClockOffset> offset(UnixTime wall) const;

private:
    void exchange(int left);
    void answered(const QUrl& node, Instant sent, const HttpReply& reply);
    void finish();

    const Settings settings_;
    const Clock& clock_;
    ClockEstimate estimate_;
    Endpoints nodes_;
    Http http_;
    QTimer timer_;
    bool measured_ = false; ///< or about to be
    bool underWay_ = false;
    std::vector<std::function<void()>> waiting_; ///< bounded by the callers of measure()
};

} // namespace dsmsg::client

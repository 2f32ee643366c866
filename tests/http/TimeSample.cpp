// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/TimeSample.h"

namespace dsmsg::test {

using namespace std::chrono_literals;

namespace {

timesync::OffsetFigures figures(Duration middle)
{
    return {.current = middle + 10us,
            .mean = middle,
            .median = middle + 1us,
            .least = middle - 50us,
            .greatest = middle + 70us,
            .deviation = 20us,
            .measurements = 30};
}

node::PeerTime measured(Instant now)
{
    node::PeerTime peer{ServerId(2), "n2", "http://127.0.0.1:8001", true, {}, {}, {}};
    peer.estimate = timesync::Estimate{25ms, {24'700us, 25'200us}, timesync::Drift{-3.5, 0.2}};
    peer.figures = figures(25ms);
    peer.exchanges = {9, 6, 2, 1, now - 1s, 140us};
    return peer;
}

} // namespace

node::TimeStatus timeSample()
{
    const SystemClock clock;
    node::TimeStatus time;
    time.nodeId = "n1";
    time.asOf = clock.now();
    time.localTime = clock.wall();
    time.clusterTime = time.localTime + 20ms;
    time.synchronized = true;
    time.clockOffset = 20ms;
    time.bound = 400us;
    time.networkDelay = 140us;
    time.drift = timesync::Drift{12.5, 0.1};
    time.predictedOffset = 20'375us;
    time.skew = figures(20ms);
    time.lastSync = time.clusterTime - 1s;
    time.historySize = 30;
    time.attempts = 4;
    time.successes = 3;
    time.jumps = 2;
    time.peers = {measured(time.asOf),
                  {ServerId(3), "n3", "http://127.0.0.1:8002", true, {}, {}, {}},
                  {ServerId(4), "", "", false, {}, {}, {}}};
    time.corrections = {7, 19ms, 21ms, timesync::CorrectionMethod::Hybrid};
    return time;
}

} // namespace dsmsg::test

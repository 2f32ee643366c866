// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `dsmsg doctor` asks the nodes: whether they are there, how far away, of one version and one cluster,
// led.
#pragma once

#include "app/cli/doctor/Finding.h"
#include "core/base/Histogram.h"
#include "core/client/Client.h"

namespace dsmsg::doctor {

class ClusterProbe
{
public:
    /// `client` outlives this.
    explicit ClusterProbe(client::Client& client);

    /// Runs an event loop until every node was asked, or did not answer.
    void run();
    Findings findings() const;
    /// The slowest node's round trip, 99th percentile; none when none answered.
    std::optional<Duration> roundTrip() const;
    bool anyAnswered() const;
    /// Ports of 127.0.0.1 on which a node answered.
    QList<quint16> localPorts() const;

private:
    struct Node
    {
        QUrl url;
        QJsonObject status; ///< empty: it did not answer
        QString problem;
        Histogram roundTrips;
    };

    void ask(std::size_t node, int left);
    Finding reachability(const Node& node) const;
    Finding agreement(const char* name, const char* what,
                      const std::function<QString(const QJsonObject&)>& value, Level level,
                      const QString& advice) const;
    Finding leadership() const;
    Finding clocks() const;
    Finding mode() const;
    QString idOf(const Node& node) const;

    client::Client& client_;
    std::vector<Node> nodes_;
    std::size_t missing_ = 0;
    std::function<void()> done_;
};

} // namespace dsmsg::doctor

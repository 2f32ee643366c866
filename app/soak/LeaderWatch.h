// SPDX-License-Identifier: GPL-3.0-or-later
//
// Watches who leads, by asking every node's status many times a second, and measures how long the cluster was
// without: from the last answer in which the old leader was seen leading to the first in which a new one is.
// So each figure is an upper bound, too long by up to one interval at either end.
#pragma once

#include <functional>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "core/client/Client.h"

namespace dsmsg::soak {

class LeaderWatch : public QObject
{
    Q_OBJECT

public:
    struct Change
    {
        QString from;
        QString to;
        quint64 term = 0;
        Milliseconds without{0};
    };
    static constexpr Milliseconds interval{25};

    explicit LeaderWatch(const client::Client::Options& options);

    void start();
    void stop();

    const QList<Change>& changes() const { return changes_; }
    /// The slowest change; 0 when there was none.
    Milliseconds slowest() const;
    QString leader() const { return leader_; }
    quint64 term() const { return term_; }

    std::function<void(const Change&)> onChange;

private:
    void askAll();
    void heard(const client::NodeStatus& status);

    client::Client client_;
    QTimer timer_;
    QElapsedTimer clock_;
    QList<bool> asking_; ///< one question at a time for each node
    QString leader_;     ///< node id of the last one seen leading
    quint64 term_ = 0;
    Milliseconds lastSeenLeading_{0}; ///< on clock_
    QList<Change> changes_;
};

} // namespace dsmsg::soak

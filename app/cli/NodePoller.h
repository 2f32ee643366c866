// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks every node for one path again and again, each on its own beat: a node that is down or slow holds up
// nobody's figures but its own. Remembers of each the last two answers, which is what rates are made of.
#pragma once

#include <functional>

#include <QElapsedTimer>
#include <QJsonObject>
#include <QTimer>

#include "core/client/Client.h"

namespace dsmsg::cli {

struct PolledNode
{
    explicit PolledNode(QUrl address)
        : url(std::move(address))
    {
    }

    QUrl url;
    QByteArray body;                     ///< of the last answer; empty: none yet
    QJsonObject last, beforeLast;        ///< the same as values
    qint64 lastMs = 0, beforeLastMs = 0; ///< when they came, on NodePoller::now()
    QString problem;                     ///< why the last question was not answered; empty when it was
    bool asking = false;

    QString address() const;
    bool answeredEver() const { return !last.isEmpty(); }
};

class NodePoller : public QObject
{
public:
    /// `client` outlives this.
    NodePoller(client::Client& client, QString path, Milliseconds every);

    /// Asks at once, then every so often.
    void start();
    void stop();
    const QList<PolledNode>& nodes() const { return nodes_; }
    /// Milliseconds since this was made.
    qint64 now() const { return clock_.elapsed(); }
    /// Old enough that it must be said.
    bool isStale(const PolledNode& node) const;

    std::function<void(const PolledNode&)> onChange; ///< an answer came, or did not

private:
    void askAll();

    client::Client& client_;
    const QString path_;
    const Milliseconds every_;
    QList<PolledNode> nodes_;
    QElapsedTimer clock_;
    QTimer timer_;
};

} // namespace dsmsg::cli

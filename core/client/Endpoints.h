// SPDX-License-Identifier: GPL-3.0-or-later
//
// The nodes a client may ask, and which of them to ask next: the leader while one is known, else the nodes in
// turn. Pure: it opens no connection and reads no clock. Shared by all calls of one client, so that one
// call's redirect spares the others theirs, and many calls failing at one node move on from it once, not once
// each.
#pragma once

#include <QList>
#include <QString>
#include <QUrl>

#include "core/base/Result.h"

namespace dsmsg::client {

/// Reads "URL[,URL...]". Short forms: "host:port" is http, a bare port is on the host before it (first:
/// 127.0.0.1). Paths, queries and schemes other than http and https are refused.
Result<QList<QUrl>> parseEndpoints(const QString& text);

class Endpoints
{
public:
    /// At least one base URL.
    explicit Endpoints(QList<QUrl> all);

    const QList<QUrl>& all() const { return all_; }
    /// Invalid when none is known. May be a URL that is not in all(): the cluster knows its members better
    /// than we do.
    QUrl leader() const { return leader_; }

    /// Whom to ask next.
    QUrl choose() const;
    void leaderIs(const QUrl& url) { leader_ = url; }
    /// `url` could not serve: forget it as leader, and move on if it was its turn.
    void failed(const QUrl& url);

private:
    QList<QUrl> all_;
    qsizetype turn_ = 0;
    QUrl leader_;
};

} // namespace dsmsg::client

// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node started with --join asks the cluster to take it in, again and again until it is a member: the nodes
// that it knows may be down or without a leader just now.
#pragma once

#include <string>

#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>

#include "core/node/Gateway.h"

namespace dsmsg::http {

/// Lives in the thread of its gateway.
class Joiner : public QObject
{
    Q_OBJECT
public:
    struct Self
    {
        std::string id;
        std::string url;
    };
    /// `gateway` outlives it. Begins at once.
    Joiner(node::Gateway& gateway, Self self, const std::string& joinUrl);

private:
    void look();
    void ask();
    void answered(QNetworkReply* reply);

    node::Gateway& gateway_;
    const Self self_;
    const QUrl first_;
    QUrl next_; ///< the leader, when the first node has named it
    QNetworkAccessManager network_;
    QTimer retry_;
    QString complaint_; ///< said last
};

} // namespace dsmsg::http

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What may answer at an address that is no node of the cluster: a web server, a gate that wants a password, a
// node of another version or of another cluster, and one that never says anything.
#pragma once

#include <QByteArray>
#include <QTcpServer>
#include <QUrl>

namespace dsmsg::monitor {

class Stranger : public QObject
{
    Q_OBJECT

public:
    enum Kind
    {
        Silent,
        WebServer,
        Gate,
        OtherVersion,
        OtherCluster
    };

    explicit Stranger(Kind kind);

    QUrl url() const;

private:
    void received(QTcpSocket* socket) const;
    QByteArray answer() const;

    const Kind kind_;
    QTcpServer server_;
};

} // namespace dsmsg::monitor

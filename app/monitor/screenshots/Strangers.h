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
    /// Another cluster is now at its address, as after somebody began anew with the same ports.
    void changeCluster() { cluster_ = "c0de5eedc0de5eedc0de5eedc0de5eed"; }

private:
    void received(QTcpSocket* socket) const;
    QByteArray answer() const;

    const Kind kind_;
    QByteArray cluster_ = "5bd1e995a1b24f7c9f3c0d2e8a7b6c51";
    QTcpServer server_;
};

} // namespace dsmsg::monitor

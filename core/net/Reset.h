// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the connections of a process end that was killed in the middle of its work: by a reset, with nothing of
// what was still to be sent. Only for that, see http::NodeServer::kill().
#pragma once

#include <QAbstractSocket>

#include <sys/socket.h>

namespace dsmsg::net {

/// The socket's end will be a reset, whoever closes it. In the socket's thread.
inline void resetWhenClosed(const QAbstractSocket& socket)
{
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    if (socket.socketDescriptor() >= 0)
        ::setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
                     sizeof atOnce);
}

/// The same of every socket below `owner`, as a QWebSocket has one.
inline void resetWhenClosed(const QObject& owner)
{
    for (const QAbstractSocket* socket : owner.findChildren<QAbstractSocket*>())
        resetWhenClosed(*socket);
}

} // namespace dsmsg::net

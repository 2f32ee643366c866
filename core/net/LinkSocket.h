// SPDX-License-Identifier: GPL-3.0-or-later
//
// What both ends of a peer link do with their WebSocket: its limits, and how a frame leaves. Only the two
// links include this.
#pragma once

#include <QTcpSocket>
#include <QWebSocket>

#include "core/net/Frame.h"

namespace dsmsg::net {

/// A frame is at most the in-flight window of Raft or one message of the largest size, with room for their
/// framing.
inline constexpr quint64 frameBytesMax = 32u << 20;
/// Beyond this the peer does not read: frames are dropped, and Raft sends again when it does.
inline constexpr qint64 backlogBytesMax = 8 << 20;

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
inline constexpr auto failureSignal = &QWebSocket::errorOccurred;
#else
inline constexpr auto failureSignal = qOverload<QAbstractSocket::SocketError>(&QWebSocket::error);
#endif

/// LowDelayOption on the TCP socket below: without it small frames wait for the other side's delayed
/// acknowledgement.
inline void setLowDelay(QWebSocket& socket)
{
    if (auto* tcp = socket.findChild<QTcpSocket*>())
        tcp->setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

inline void transmit(QWebSocket& socket, const Frame& frame)
{
    const std::string bytes = encode(frame);
    socket.sendBinaryMessage(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())));
    socket.flush();
}

} // namespace dsmsg::net

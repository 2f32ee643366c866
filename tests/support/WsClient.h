// SPDX-License-Identifier: GPL-3.0-or-later
//
// A client of /ws that waits for what it expects, with a deadline: frames are taken one by one, as JSON
// whatever the subprotocol. Qt's own WebSocket and CBOR, so that the server's are checked against a second
// reading.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QUrl>
#include <QWebSocket>
#include <deque>
#include <optional>

namespace dsmsg::test {

/// For a thread with an event loop, which runs while this waits.
class WsClient final : public QObject
{
    Q_OBJECT

public:
    static constexpr int patienceMs = 10'000;

    /// `baseUrl`: http://host:port. `subprotocol`: empty for none.
    explicit WsClient(const QString& baseUrl, const QString& subprotocol = {});
    ~WsClient() override;

    /// Connects and takes the hello. False: it did not come in time, or the server refused.
    bool open(int timeoutMs = patienceMs);
    const QJsonObject& hello() const { return hello_; }

    /// One frame of text, or the same as CBOR when that was negotiated.
    void send(const QJsonObject& frame);
    void sendText(const QString& text);
    void sendBinary(const QByteArray& bytes);

    /// The next frame; empty when none came.
    QJsonObject next(int timeoutMs = patienceMs);
    /// Takes frames until `count` results were in them.
    QJsonArray results(int count);
    /// Same for the messages of one subscription.
    QJsonArray messages(int count, int sub = 1);
    /// The code the server closed with; none when it did not.
    std::optional<int> closeCode();
    QString closeReason() const { return socket_.closeReason(); }
    bool connected() const { return socket_.state() == QAbstractSocket::ConnectedState; }
    void abort() { socket_.abort(); }

private:
    QJsonArray gather(const char* type, const char* member, int count, int sub);

    const QUrl url_;
    const QString subprotocol_;
    QWebSocket socket_;
    QJsonObject hello_;
    std::deque<QJsonObject> frames_;
    bool closed_ = false;
};

} // namespace dsmsg::test

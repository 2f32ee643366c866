// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/TestServer.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QNetworkProxy>
#include <QTcpSocket>
#include <algorithm>
#include <cctype>

namespace dsmsg::test {

namespace {

constexpr int patienceMs = 10'000;

/// Runs in a thread with an event loop and waits.
void runIn(QObject* context, const std::function<void()>& work)
{
    QMetaObject::invokeMethod(context, work, Qt::BlockingQueuedConnection);
}

} // namespace

TestServer::TestServer(ServerOptions options)
    : options_(std::move(options))
    , messages_(options_.messages)
{
    acceptThread_.start();
    httpThread_.start();
    gateway_ = std::make_unique<FakeGateway>();
    gateway_->desk = options_.desk;
    gateway_->moveToThread(&httpThread_);
    runIn(gateway_.get(), [this] {
        front_ = std::make_unique<http::HttpFront>(
            http::HttpFront::Parts{.gateway = *gateway_,
                                   .reader = std::make_unique<FakeReader>(messages_, gateway_->cursors),
                                   .clock = *clock_,
                                   .limits = options_.limits,
                                   .allowedOrigins = options_.allowedOrigins,
                                   .nodeId = "n1"});
    });
    peerReceiver_ = std::make_unique<QObject>();
    peerReceiver_->moveToThread(&httpThread_);
    acceptContext_ = std::make_unique<QObject>();
    acceptContext_->moveToThread(&acceptThread_);
    runIn(acceptContext_.get(), [this] {
        auto listening = net::Acceptor::listen(QStringLiteral("127.0.0.1"), 0);
        DSMSG_ASSERT(listening, "the test server cannot listen");
        acceptor_ = std::make_unique<net::Acceptor>(
            std::move(*listening), options_.acceptor,
            net::Acceptor::Destination{front_.get(), [this](QTcpSocket* socket) { front_->adopt(socket); }},
            net::Acceptor::Destination{peerReceiver_.get(),
                                       [this](QTcpSocket* socket) {
                                           ++upgraded_;
                                           delete socket;
                                       }},
            net::Acceptor::Destination{front_.get(),
                                       [this](QTcpSocket* socket) { front_->adoptWebSocket(socket); }});
        counters_ = acceptor_->counters();
        port_ = acceptor_->port();
    });
}

TestServer::~TestServer()
{
    QThread* const here = QThread::currentThread();
    runIn(acceptContext_.get(), [this, here] {
        acceptor_.reset();
        acceptContext_->moveToThread(here);
    });
    runIn(gateway_.get(), [this, here] {
        front_.reset();
        peerReceiver_.reset();
        gateway_->moveToThread(here);
    });
    for (QThread* thread : {&acceptThread_, &httpThread_}) {
        thread->quit();
        thread->wait();
    }
}

void TestServer::inHttp(const std::function<void(FakeGateway&, http::HttpFront&)>& work)
{
    runIn(gateway_.get(), [&] { work(*gateway_, *front_); });
}

void TestServer::publish(messaging::StoredMessage message)
{
    inHttp([&](FakeGateway& gateway, http::HttpFront&) {
        messages_.push_back(std::move(message));
        if (!gateway.progressReceiver)
            return;
        const messaging::AppliedState state = FakeReader(messages_, gateway.cursors).applied().value();
        gateway.progressReceiver({state.lastSeq, state.delivery.last});
    });
}

bool TestServer::waitFor(const std::function<bool(FakeGateway&, http::HttpFront&)>& condition)
{
    const QDeadlineTimer deadline(patienceMs);
    bool holds = false;
    while (!holds && !deadline.hasExpired())
        inHttp([&](FakeGateway& gateway, http::HttpFront& front) { holds = condition(gateway, front); });
    return holds;
}

std::string Answer::header(const std::string& lowerName) const
{
    const auto found = headers.find(lowerName);
    return found == headers.end() ? std::string() : found->second;
}

RawClient::RawClient(const TestServer& server)
    : socket_(std::make_unique<QTcpSocket>())
{
    socket_->setProxy(QNetworkProxy::NoProxy);
    socket_->connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());
    if (!socket_->waitForConnected(patienceMs))
        qFatal("the test server does not answer: %s", qPrintable(socket_->errorString()));
}

RawClient::~RawClient() = default;

void RawClient::send(std::string_view bytes)
{
    socket_->write(bytes.data(), static_cast<qint64>(bytes.size()));
    while (socket_->bytesToWrite() != 0 && socket_->state() == QAbstractSocket::ConnectedState)
        if (!socket_->waitForBytesWritten(patienceMs))
            break;
}

bool RawClient::waitBytes(int milliseconds)
{
    const bool more = socket_->bytesAvailable() != 0 || socket_->waitForReadyRead(milliseconds);
    received_ += socket_->readAll().toStdString();
    return more;
}

std::optional<Answer> RawClient::answer(bool head)
{
    const QDeadlineTimer deadline(patienceMs);
    std::size_t end;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos)
        if (deadline.hasExpired() || !waitBytes(static_cast<int>(deadline.remainingTime())))
            return std::nullopt;
    Answer answer;
    answer.status = std::stoi(received_.substr(9, 3));
    std::size_t at = received_.find("\r\n") + 2;
    while (at < end + 2) {
        const std::size_t eol = received_.find("\r\n", at);
        const std::string line = received_.substr(at, eol - at);
        const std::size_t colon = line.find(": ");
        std::string name = line.substr(0, colon);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        answer.headers.emplace(name, line.substr(colon + 2));
        at = eol + 2;
    }
    received_.erase(0, end + 4);
    const std::string length = answer.header("content-length");
    const std::size_t bodySize = head || length.empty() ? 0 : std::stoul(length);
    while (received_.size() < bodySize)
        if (deadline.hasExpired() || !waitBytes(static_cast<int>(deadline.remainingTime())))
            return std::nullopt;
    answer.body = received_.substr(0, bodySize);
    received_.erase(0, bodySize);
    return answer;
}

bool RawClient::closedByServer()
{
    const QDeadlineTimer deadline(patienceMs);
    while (socket_->state() == QAbstractSocket::ConnectedState && !deadline.hasExpired())
        waitBytes(static_cast<int>(deadline.remainingTime()));
    return socket_->state() != QAbstractSocket::ConnectedState;
}

void RawClient::limitReading(bool limited)
{
    socket_->setReadBufferSize(limited ? 4096 : 0);
}

bool RawClient::closedCleanly() const
{
    return socket_->error() == QAbstractSocket::RemoteHostClosedError;
}

void RawClient::abort()
{
    socket_->abort();
}

std::string request(std::string_view method, std::string_view target, std::string_view body,
                    std::string_view extraHeaders)
{
    std::string bytes = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n";
    bytes += extraHeaders;
    if (!body.empty())
        bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return bytes + "\r\n" + std::string(body);
}

Answer ask(const TestServer& server, std::string_view bytes)
{
    RawClient client(server);
    client.send(bytes);
    return client.answer().value_or(Answer{});
}

} // namespace dsmsg::test

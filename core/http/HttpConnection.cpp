// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/HttpConnection.h"

#include <QNetworkProxy>
#include <QTcpSocket>
#include <array>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace dsmsg::http {

namespace {

constexpr std::size_t readChunk = 16 * 1024;
constexpr qint64 socketBufferMax = 64 * 1024;

std::chrono::steady_clock::time_point clockNow()
{
    return std::chrono::steady_clock::now();
}

} // namespace

HttpConnection::HttpConnection(std::uint64_t id, QTcpSocket* socket, const HttpLimits& limits,
                               ConnectionOwner& owner, const Clock& clock, Now now)
    : id_(id)
    , socket_(socket)
    , limits_(limits)
    , owner_(owner)
    , clock_(clock)
    , framer_(limits)
    , lastActivity_(now)
{
    socket_->setParent(this);
    socket_->setProxy(QNetworkProxy::NoProxy);
    socket_->setReadBufferSize(socketBufferMax);
    connect(socket_, &QTcpSocket::readyRead, this, &HttpConnection::read);
    connect(socket_, &QTcpSocket::disconnected, this, &HttpConnection::disconnected);
    connect(socket_, &QTcpSocket::bytesWritten, this, [this] {
        lastActivity_ = clockNow();
        if (state_ == State::Streaming)
            stream_->drained();
        finishIfDone();
        if (paused_ && !full())
            resumeLater();
    });
}

void HttpConnection::start()
{
    if (socket_->state() != QAbstractSocket::ConnectedState)
        disconnected();
    else
        read();
}

bool HttpConnection::full() const
{
    return exchanges_.size() >= limits_.pipelinedMax ||
           heldBytes_ + static_cast<std::size_t>(socket_->bytesToWrite()) >= limits_.writeBufferBytesMax;
}

void HttpConnection::read()
{
    if (state_ != State::Open) {
        dropInput();
        return;
    }
    do
        process();
    while (state_ == State::Open && !full() && readSome());
    paused_ = state_ == State::Open && full();
}

/// False: nothing was there.
bool HttpConnection::readSome()
{
    std::array<char, readChunk> chunk;
    const qint64 count = socket_->read(chunk.data(), chunk.size());
    if (count <= 0)
        return false;
    arrived_ = clock_.now();
    input_.compact();
    input_.append(std::string_view(chunk.data(), static_cast<std::size_t>(count)));
    lastActivity_ = clockNow();
    return true;
}

/// Takes every complete request out of the input, as far as the bounds allow.
void HttpConnection::process()
{
    while (state_ == State::Open && !full() && !input_.empty()) {
        switch (framer_.advance(input_)) {
        case RequestFramer::Step::NeedMore:
            noteHeadProgress();
            continueIfExpected();
            return;
        case RequestFramer::Step::Refused:
            refuse(framer_.fault());
            return;
        case RequestFramer::Step::Complete:
            requestSince_.reset();
            inBody_ = continueSent_ = false;
            const bool last = !framer_.keepAlive();
            const std::uint64_t number = open(framingOfRequest());
            if (last)
                state_ = State::Finishing;
            owner_.requested(*this, number, framer_.head(), framer_.body(input_));
            framer_.next(input_);
        }
    }
}

/// A request that has begun must end its head, then its body, in time.
void HttpConnection::noteHeadProgress()
{
    if (!requestSince_ || inBody_ != framer_.readingBody())
        requestSince_ = lastActivity_;
    inBody_ = framer_.readingBody();
}

Framing HttpConnection::framingOfRequest() const
{
    return {.head = framer_.isHead(),
            .keepAlive = framer_.keepAlive(),
            .http10 = framer_.http10(),
            .origin = framer_.origin()};
}

std::uint64_t HttpConnection::open(Framing framing)
{
    exchanges_.push_back({std::move(framing), std::nullopt, nullptr});
    return firstNumber_ + exchanges_.size() - 1;
}

/// Answers in its turn, then closes: after a framing error nobody knows where the next request begins.
void HttpConnection::refuse(const Fault& fault)
{
    Framing framing = framingOfRequest();
    framing.keepAlive = false;
    const std::uint64_t number = open(std::move(framing));
    state_ = State::Finishing;
    refused_ = true;
    requestSince_.reset();
    answer(number, faultResponse(fault));
    dropInput();
}

void HttpConnection::answer(std::uint64_t number, const Response& response)
{
    if (number < firstNumber_ || number - firstNumber_ >= exchanges_.size() || state_ == State::Closed)
        return;
    Exchange& exchange = exchanges_[number - firstNumber_];
    if (exchange.answer)
        return;
    exchange.answer.emplace();
    if (response.stream) {
        exchange.framing.keepAlive = false;
        if (!exchange.framing.head)
            exchange.stream = response.stream;
        if (state_ == State::Open)
            state_ = State::Finishing;
    }
    owner_.format(*exchange.answer, response, exchange.framing);
    heldBytes_ += exchange.answer->size();
    writeReady();
}

void HttpConnection::writeReady()
{
    bool wrote = false;
    while (writeFirst())
        wrote = true;
    if (!wrote || state_ == State::Closed)
        return;
    // Sent at once: waiting for the write notifier costs another turn of the event loop per answer.
    socket_->flush();
    if (state_ == State::Closed)
        return;
    continueIfExpected();
    finishIfDone();
    if (paused_ && !full())
        resumeLater();
}

/// False: the first answer is not there yet, or none is due.
bool HttpConnection::writeFirst()
{
    if (state_ == State::Closed || state_ == State::Streaming || exchanges_.empty() ||
        !exchanges_.front().answer)
        return false;
    const std::string bytes = std::move(*exchanges_.front().answer);
    auto stream = std::move(exchanges_.front().stream);
    exchanges_.pop_front();
    ++firstNumber_;
    heldBytes_ -= bytes.size();
    socket_->write(bytes.data(), static_cast<qint64>(bytes.size()));
    if (stream)
        beginStream(std::move(stream));
    return true;
}

/// Requests that the client has sent after this one are never answered: their answers would come after an
/// end that there is not.
void HttpConnection::beginStream(std::shared_ptr<ResponseStream> stream)
{
    exchanges_.clear();
    heldBytes_ = 0;
    paused_ = false;
    requestSince_.reset();
    state_ = State::Streaming;
    stream_ = std::move(stream);
    // Or a small event waits for the acknowledgement of the one before, which the client delays.
    socket_->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    // A machine that vanished sends no end: the kernel gives up on what it does not acknowledge.
    const auto patience = static_cast<unsigned>(limits_.stallTimeMax.count());
    ::setsockopt(static_cast<int>(socket_->socketDescriptor()), IPPROTO_TCP, TCP_USER_TIMEOUT, &patience,
                 sizeof patience);
    const auto begun = stream_; // may end within the call
    begun->begin(*this);
}

void HttpConnection::write(std::string_view bytes)
{
    if (state_ != State::Streaming || bytes.empty())
        return;
    if (socket_->bytesToWrite() == 0)
        lastActivity_ = clockNow(); // from here on the client can be blamed
    socket_->write(bytes.data(), static_cast<qint64>(bytes.size()));
    socket_->flush();
}

std::size_t HttpConnection::unsent() const
{
    return static_cast<std::size_t>(socket_->bytesToWrite());
}

void HttpConnection::finish()
{
    if (state_ != State::Streaming)
        return;
    state_ = State::Finishing;
    finishIfDone();
}

/// `100 Continue` waits for its turn like any answer, or it would be taken for the answer to an earlier
/// request.
void HttpConnection::continueIfExpected()
{
    if (state_ != State::Open || !framer_.readingBody() || !framer_.expectsContinue() || continueSent_ ||
        !exchanges_.empty())
        return;
    continueSent_ = true;
    socket_->write("HTTP/1.1 100 Continue\r\n\r\n");
    socket_->flush();
}

void HttpConnection::finishIfDone()
{
    if (state_ != State::Finishing || !exchanges_.empty() || socket_->bytesToWrite() != 0)
        return;
    if (refused_)
        linger();
    else
        socket_->disconnectFromHost();
}

/// Closing with unread input makes the kernel send a reset, which can overtake the answer (RFC 9112
/// section 9.6).
void HttpConnection::linger()
{
    state_ = State::Lingering;
    lastActivity_ = clockNow();
    ::shutdown(static_cast<int>(socket_->socketDescriptor()), SHUT_WR);
    dropInput();
}

void HttpConnection::dropInput()
{
    input_.consume(input_.size());
    std::array<char, readChunk> chunk;
    while (state_ != State::Closed && socket_->read(chunk.data(), chunk.size()) > 0) {
    }
}

/// Never at once: the caller may be in the middle of process().
void HttpConnection::resumeLater()
{
    if (resumePosted_)
        return;
    resumePosted_ = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            resumePosted_ = paused_ = false;
            if (state_ == State::Open)
                read();
        },
        Qt::QueuedConnection);
}

void HttpConnection::expire(Now now)
{
    const auto quiet = now - lastActivity_;
    switch (state_) {
    case State::Closed:
        return;
    case State::Streaming:
        if (socket_->bytesToWrite() != 0 && quiet > limits_.stallTimeMax)
            abort();
        return;
    case State::Lingering:
        if (quiet > limits_.lingerTimeMax)
            abort();
        return;
    case State::Finishing:
    case State::Open:
        break;
    }
    if (state_ == State::Open && requestSince_ && !paused_ &&
        now - *requestSince_ > (inBody_ ? limits_.bodyTimeMax : limits_.headerTimeMax)) {
        refuse({408, inBody_ ? "the body did not arrive in time" : "the headers did not arrive in time"});
        return;
    }
    // Answers that are due come from the node, which bounds its own time; the client is not to blame for
    // them.
    const bool waitsForNode = !exchanges_.empty() && socket_->bytesToWrite() == 0;
    if (quiet > limits_.idleTimeMax && !waitsForNode)
        abort();
}

void HttpConnection::abort()
{
    if (state_ != State::Closed)
        socket_->abort();
    disconnected();
}

void HttpConnection::shutDown()
{
    dropInput(); // or closing would reset the connection
    if (state_ == State::Streaming && socket_->bytesToWrite() == 0)
        socket_->disconnectFromHost();
    abort();
}

void HttpConnection::disconnected()
{
    if (state_ == State::Closed)
        return;
    state_ = State::Closed;
    exchanges_.clear();
    // Kept until this object goes: the stream itself may be the caller.
    if (stream_)
        stream_->ended();
    owner_.closed(*this);
}

} // namespace dsmsg::http

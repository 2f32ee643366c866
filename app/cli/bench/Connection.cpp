// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/Connection.h"

#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace dsmsg::bench {

namespace {

constexpr std::size_t readBytes = 16 * 1024;
constexpr std::uint32_t readable = EPOLLIN | EPOLLRDHUP;

} // namespace

Connection::Connection(std::unique_ptr<Protocol> protocol)
    : protocol_(std::move(protocol))
{
}

Connection::~Connection()
{
    close();
}

bool Connection::open(int epoll, std::uint32_t tag, std::size_t index, const Target& target)
{
    socket_ = socket(target.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ < 0)
        return false;
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_ = epoll;
    tag_ = tag;
    target_ = index;
    out_ = protocol_->greeting(target.authority);
    const auto* address = reinterpret_cast<const sockaddr*>(&target.address);
    connected_ = connect(socket_, address, target.addressLength) == 0;
    if (!connected_ && errno != EINPROGRESS)
        return false;
    awaitsWritable_ = true;
    epoll_event event{};
    event.events = readable | EPOLLOUT;
    event.data.u32 = tag;
    return epoll_ctl(epoll, EPOLL_CTL_ADD, socket_, &event) == 0;
}

std::vector<Task> Connection::close()
{
    if (socket_ >= 0)
        ::close(socket_);
    socket_ = -1;
    connected_ = false;
    out_.clear();
    written_ = 0;
    in_.clear();
    std::vector<Task> back;
    for (const Sent& sent : sent_) {
        if (!sent.answered)
            back.push_back(sent.task);
    }
    firstRef_ += sent_.size();
    sent_.clear();
    waiting_ = 0;
    return back;
}

std::optional<Moment> Connection::oldest() const
{
    return waiting_ == 0 ? std::nullopt : std::optional(sent_.front().at);
}

std::size_t Connection::room() const
{
    return connected_ ? protocol_->room() : 0;
}

bool Connection::send(std::span<const Task> tasks, Moment now)
{
    protocol_->write(out_, firstRef_ + sent_.size(), tasks);
    for (const Task& task : tasks)
        sent_.push_back({task, now});
    waiting_ += tasks.size();
    return flush();
}

bool Connection::flush()
{
    while (written_ < out_.size()) {
        const ssize_t count =
            ::send(socket_, out_.data() + written_, out_.size() - written_, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count > 0) {
            written_ += std::size_t(count);
        } else if (errno == EAGAIN) {
            break;
        } else if (errno != EINTR) {
            return false;
        }
    }
    const bool done = written_ == out_.size();
    if (done) {
        out_.clear();
        written_ = 0;
    }
    if (awaitsWritable_ == !done)
        return true;
    awaitsWritable_ = !done;
    epoll_event event{};
    event.events = awaitsWritable_ ? readable | EPOLLOUT : readable;
    event.data.u32 = tag_;
    return epoll_ctl(epoll_, EPOLL_CTL_MOD, socket_, &event) == 0;
}

/// False at the end, or when it broke.
bool Connection::fill()
{
    char piece[readBytes];
    for (;;) {
        const ssize_t count = recv(socket_, piece, readBytes, MSG_DONTWAIT);
        if (count > 0)
            in_.append(piece, std::size_t(count));
        if (count == ssize_t(readBytes) || (count < 0 && errno == EINTR))
            continue;
        return count > 0 || (count < 0 && errno == EAGAIN);
    }
}

bool Connection::proceed(std::uint32_t events, Incoming& incoming,
                         const std::function<void(const Task&, const Reply&)>& each)
{
    if (!connected_ && (events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0) {
        int failure = 0;
        socklen_t size = sizeof failure;
        getsockopt(socket_, SOL_SOCKET, SO_ERROR, &failure, &size);
        if (failure != 0)
            return false;
        connected_ = true;
    }
    bool alive = true;
    if ((events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0)
        alive = fill();
    std::size_t used = 0;
    while (used < in_.size()) {
        std::size_t taken = 0;
        incoming.replies.clear();
        const bool sense = protocol_->read(std::string_view(in_).substr(used), taken, incoming, out_);
        used += taken;
        settle(incoming, each);
        if (!sense)
            return false;
        if (taken == 0)
            break;
    }
    in_.erase(0, used);
    return alive && connected_ && flush();
}

void Connection::settle(const Incoming& incoming, const std::function<void(const Task&, const Reply&)>& each)
{
    for (const Reply& reply : incoming.replies) {
        if (reply.ref < firstRef_ || reply.ref - firstRef_ >= sent_.size())
            continue;
        Sent& sent = sent_[std::size_t(reply.ref - firstRef_)];
        if (sent.answered)
            continue;
        sent.answered = true;
        --waiting_;
        each(sent.task, reply);
    }
    while (!sent_.empty() && sent_.front().answered) {
        sent_.pop_front();
        ++firstRef_;
    }
}

} // namespace dsmsg::bench

// SPDX-License-Identifier: GPL-3.0-or-later
//
// One non-blocking connection of the load, with the messages that are under way on it. It decides nothing:
// what came back is handed to the load.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include "app/cli/bench/Protocol.h"
#include "app/cli/bench/Targets.h"

namespace dsmsg::bench {

class Connection
{
public:
    explicit Connection(std::unique_ptr<Protocol> protocol);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Begins to connect and registers with `epoll` under `tag`. False when it failed at once.
    bool open(int epoll, std::uint32_t tag, std::size_t index, const Target& target);
    /// What was under way is handed back; the connection may be opened again.
    std::vector<Task> close();

    bool isOpen() const { return socket_ >= 0; }
    std::size_t target() const { return target_; }
    std::size_t underWay() const { return waiting_; }
    /// When the oldest message under way was sent.
    std::optional<Moment> oldest() const;
    std::size_t room() const;

    /// Sends them; there is room. False when the connection broke.
    bool send(std::span<const Task> tasks, Moment now);
    /// After epoll spoke of it: goes on writing, reads what there is. `each` gets every task that was
    /// answered. False when the connection is of no use any more.
    bool proceed(std::uint32_t events, Incoming& incoming,
                 const std::function<void(const Task&, const Reply&)>& each);

private:
    struct Sent
    {
        Task task;
        Moment at;
        bool answered = false;
    };

    bool flush();
    bool fill();
    void settle(const Incoming& incoming, const std::function<void(const Task&, const Reply&)>& each);

    std::unique_ptr<Protocol> protocol_;
    int socket_ = -1;
    int epoll_ = -1;
    std::uint32_t tag_ = 0;
    bool connected_ = false;
    bool awaitsWritable_ = false;
    std::size_t target_ = 0;
    std::string out_;
    std::size_t written_ = 0; ///< of out_
    std::string in_;
    std::deque<Sent> sent_; ///< references firstRef_, firstRef_ + 1, ...
    std::uint64_t firstRef_ = 0;
    std::size_t waiting_ = 0; ///< not answered, of sent_
};

} // namespace dsmsg::bench

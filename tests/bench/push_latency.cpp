// SPDX-License-Identifier: GPL-3.0-or-later
//
// Measures real-time delivery (SPEED.md, bar 4): sends to the leader at a fixed rate over keep-alive
// connections, subscribes on a follower, and prints how long each message took from its send, and from its
// acknowledgement, to the subscriber. Not a test. One thread and plain sockets, so that the tool takes little
// of the processors that the nodes need.
//
// The acknowledgement is after the commit: a subscriber that hears of a message before its sender does counts
// as 0 there. The time from the send is an upper bound of that from the commit.
//
//   push_latency LEADER_PORT SUBSCRIBER_PORT [RATE [SECONDS [CONNECTIONS]]]
#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <netinet/tcp.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;

int connectTo(int port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        std::perror("connect");
        std::exit(1);
    }
    return socket;
}

void sendAll(int socket, const std::string& bytes)
{
    if (::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size())) {
        std::perror("send");
        std::exit(1);
    }
}

struct Sent
{
    Time at;
    Time acknowledged;
    Time seen;
};

struct Sender
{
    int socket = -1;
    std::size_t current = SIZE_MAX; ///< message in flight
    std::string input;
};

/// Appends what is there; exits when the other side is gone.
Time receive(int socket, std::string& input)
{
    std::array<char, 65536> bytes;
    const ssize_t count = ::recv(socket, bytes.data(), bytes.size(), 0);
    if (count <= 0) {
        std::fprintf(stderr, "a node closed the connection\n");
        std::exit(1);
    }
    input.append(bytes.data(), static_cast<std::size_t>(count));
    return Clock::now();
}

void noteAnswer(Sender& sender, std::vector<Sent>& all)
{
    const Time now = receive(sender.socket, sender.input);
    const std::size_t head = sender.input.find("\r\n\r\n");
    const std::size_t length = sender.input.find("Content-Length: ");
    if (head == std::string::npos || length > head)
        return;
    if (sender.input.size() < head + 4 + std::strtoul(sender.input.c_str() + length + 16, nullptr, 10))
        return;
    if (sender.input.compare(9, 3, "200") != 0) {
        std::fprintf(stderr, "%s\n", sender.input.c_str());
        std::exit(1);
    }
    all[sender.current].acknowledged = now;
    sender.current = SIZE_MAX;
    sender.input.clear();
}

/// Events carry the number of their message as payload.
void noteEvents(int socket, std::string& input, std::vector<Sent>& all, std::size_t& seen)
{
    const Time now = receive(socket, input);
    constexpr std::string_view mark = "\"payload\":";
    std::size_t done = 0;
    for (std::size_t end; (end = input.find('\n', done)) != std::string::npos; done = end + 1) {
        const std::size_t at = input.find(mark, done);
        if (at > end)
            continue;
        all.at(std::strtoul(input.c_str() + at + mark.size(), nullptr, 10)).seen = now;
        ++seen;
    }
    input.erase(0, done);
}

void print(const char* what, std::vector<double>& milliseconds)
{
    std::ranges::sort(milliseconds);
    const auto at = [&](double part) {
        return milliseconds[static_cast<std::size_t>(part * static_cast<double>(milliseconds.size() - 1))];
    };
    std::printf("%-28s p50 %.3f ms  p95 %.3f ms  p99 %.3f ms  max %.3f ms\n", what, at(0.5), at(0.95),
                at(0.99), at(1));
}

} // namespace

int main(int count, char** words)
{
    if (count < 3) {
        std::fprintf(stderr,
                     "usage: push_latency LEADER_PORT SUBSCRIBER_PORT [RATE [SECONDS [CONNECTIONS]]]\n");
        return 2;
    }
    const auto word = [&](int at, int otherwise) { return count > at ? std::atoi(words[at]) : otherwise; };
    const int rate = word(3, 1000);
    const auto messages = static_cast<std::size_t>(rate * word(4, 10));
    std::vector<Sender> senders(static_cast<std::size_t>(word(5, 16)));
    for (Sender& sender : senders)
        sender.socket = connectTo(word(1, 0));
    const int subscriber = connectTo(word(2, 0));
    sendAll(subscriber, "GET /events?recipient=push_latency HTTP/1.1\r\nHost: bench\r\n\r\n");
    std::string events;
    while (events.find("id: ") == std::string::npos)
        receive(subscriber, events);
    events.clear();

    std::vector<Sent> all(messages);
    std::size_t next = 0;
    std::size_t seen = 0;
    std::size_t late = 0;
    std::vector<pollfd> polled;
    for (const Sender& sender : senders)
        polled.push_back({sender.socket, POLLIN, 0});
    polled.push_back({subscriber, POLLIN, 0});
    const Time start = Clock::now();
    const auto due = [&](std::size_t number) {
        return start + std::chrono::nanoseconds(1'000'000'000LL * static_cast<long long>(number) / rate);
    };
    while (seen < messages) {
        while (next < messages && Clock::now() >= due(next)) {
            const auto idle = std::ranges::find(senders, SIZE_MAX, &Sender::current);
            if (idle == senders.end()) {
                ++late; // every connection waits: the rate is not reached
                break;
            }
            const std::string body =
                "{\"recipient\":\"push_latency\",\"payload\":" + std::to_string(next) + "}";
            idle->current = next;
            all[next].at = Clock::now();
            sendAll(idle->socket, "POST /send HTTP/1.1\r\nHost: bench\r\nContent-Length: " +
                                      std::to_string(body.size()) + "\r\n\r\n" + body);
            ++next;
        }
        timespec wait{0, 20'000'000};
        if (next < messages) {
            const auto left = std::max<long long>(0, (due(next) - Clock::now()).count());
            wait.tv_nsec = static_cast<long>(std::min<long long>(left, wait.tv_nsec));
        }
        ::ppoll(polled.data(), polled.size(), &wait, nullptr);
        // The subscriber first: it is what is measured.
        if (polled.back().revents != 0)
            noteEvents(subscriber, events, all, seen);
        for (std::size_t i = 0; i < senders.size(); ++i)
            if (polled[i].revents != 0)
                noteAnswer(senders[i], all);
    }
    std::vector<double> sinceSend;
    std::vector<double> sinceAnswer;
    for (const Sent& one : all) {
        sinceSend.push_back(std::chrono::duration<double, std::milli>(one.seen - one.at).count());
        if (one.acknowledged != Time())
            sinceAnswer.push_back(std::max(
                0.0, std::chrono::duration<double, std::milli>(one.seen - one.acknowledged).count()));
    }
    std::printf("%zu messages at %d a second, %zu times no connection was free\n", messages, rate, late);
    print("send to subscriber", sinceSend);
    print("acknowledged to subscriber", sinceAnswer);
}

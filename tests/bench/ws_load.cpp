// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps a window of messages in flight on /ws or POST /send/batch and counts what is acknowledged. Raw
// sockets and frames made once, because the client shares two cores with three nodes: what it costs is
// missing elsewhere. Ids are counted up inside the frame; acknowledgements are found by searching the bytes.
// Blocking, one thread for each connection.
//
//   ws_load ws|cbor|batch HOST PORT CONNECTIONS WINDOW MESSAGES_PER_FRAME SECONDS [PAYLOAD_BYTES]
//
// WINDOW is of one connection; with `batch` it is one request of MESSAGES_PER_FRAME at a time.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using Time = std::chrono::steady_clock::time_point;

struct Wish
{
    std::string mode;
    std::string host;
    std::uint16_t port = 0;
    int connections = 1;
    int window = 256;
    int perFrame = 64;
    int seconds = 10;
    std::size_t payloadBytes = 128;
};

struct Tally
{
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
    std::vector<double> latencies; ///< of frames, milliseconds
};

[[noreturn]] void fail(const char* what)
{
    std::perror(what);
    std::exit(1);
}

int connectTo(const Wish& wish)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(wish.port);
    if (::inet_pton(AF_INET, wish.host.c_str(), &address.sin_addr) != 1)
        fail("host");
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        fail("connect");
    const int one = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return socket;
}

void writeAll(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0)
            fail("send");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

std::string bigEndian(std::uint64_t number, int bytes)
{
    std::string out;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(number >> shift & 0xFF));
    return out;
}

/// The head of a masked frame whose mask is zero, so that the payload is itself.
std::string frameHead(bool binary, std::size_t size)
{
    std::string head(1, static_cast<char>(binary ? 0x82 : 0x81));
    if (size < 126)
        head += static_cast<char>(0x80 | size);
    else if (size < 65536)
        head += static_cast<char>(0x80 | 126) + bigEndian(size, 2);
    else
        head += static_cast<char>(0x80 | 127) + bigEndian(size, 8);
    return head + std::string(4, '\0');
}

/// A request with `perFrame` messages; their ids are rewritten in place.
class Request
{
public:
    Request(const Wish& wish, int connection)
        : perFrame_(wish.perFrame)
    {
        std::string prefix = std::to_string(::getpid()) + "-" + std::to_string(connection) + "-";
        prefix.resize(std::max<std::size_t>(prefix.size(), 14), 'x');
        std::string body = wish.mode == "cbor" ? cbor(wish, prefix) : json(wish, prefix);
        if (wish.mode == "batch")
            bytes_ =
                "POST /send/batch HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body;
        else
            bytes_ = frameHead(wish.mode == "cbor", body.size()) + body;
        for (std::size_t at = 0; (at = bytes_.find(prefix, at)) != std::string::npos; at += prefix.size())
            ids_.push_back(at + prefix.size());
    }

    const std::string& next()
    {
        for (const std::size_t at : ids_) {
            std::uint64_t number = ++count_;
            for (std::size_t digit = idDigits; digit-- > 0; number /= 10)
                bytes_[at + digit] = static_cast<char>('0' + number % 10);
        }
        return bytes_;
    }

private:
    static constexpr std::size_t idDigits = 10;

    std::string json(const Wish& wish, const std::string& prefix) const
    {
        std::string body =
            wish.mode == "batch" ? R"({"messages":[)" : R"({"type":"pub","ref":0,"messages":[)";
        for (int i = 0; i < perFrame_; ++i) {
            body += std::string(i == 0 ? "" : ",") + R"({"msg_id":")" + prefix + std::string(idDigits, '0') +
                    R"(","payload":")" + std::string(wish.payloadBytes, 'p') + R"("})";
        }
        return body + "]}";
    }

    std::string cbor(const Wish& wish, const std::string& prefix) const
    {
        const auto text = [](std::string_view t) {
            return static_cast<char>(0x60 | t.size()) + std::string(t);
        };
        const std::string payload = '"' + std::string(wish.payloadBytes, 'p') + '"';
        std::string body = '\xA3' + text("type") + text("pub") + text("ref") + '\0' + text("messages") +
                           '\x99' + bigEndian(static_cast<std::uint64_t>(perFrame_), 2);
        for (int i = 0; i < perFrame_; ++i) {
            const std::string id = prefix + std::string(idDigits, '0');
            body += '\xA2' + text("msg_id") + '\x78' + static_cast<char>(id.size()) + id + text("payload") +
                    '\x59' + bigEndian(payload.size(), 2) + payload;
        }
        return body;
    }

    const int perFrame_;
    std::string bytes_;
    std::vector<std::size_t> ids_;
    std::uint64_t count_ = 0;
};

std::uint64_t countOf(std::string_view text, std::string_view wanted)
{
    std::uint64_t count = 0;
    for (std::size_t at = 0; (at = text.find(wanted, at)) != std::string_view::npos; at += wanted.size())
        ++count;
    return count;
}

class Connection
{
public:
    Connection(const Wish& wish, int number)
        : wish_(wish)
        , request_(wish, number)
        , socket_(connectTo(wish))
        , accepted_(wish.mode == "cbor" ? "status\x62ok" : R"("status":"ok","seq")")
        , refused_(wish.mode == "cbor" ? "status\x65"
                                         "error"
                                       : R"("status":"error","reason")")
    {
        if (wish.mode != "batch")
            upgrade();
        greeted_ = true;
    }
    ~Connection() { ::close(socket_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Tally run(Time until)
    {
        const auto window = static_cast<std::uint64_t>(wish_.mode == "batch" ? wish_.perFrame : wish_.window);
        std::uint64_t sent = 0;
        std::vector<Time> sentAt;
        while (std::chrono::steady_clock::now() < until) {
            while (sent - answered() + static_cast<std::uint64_t>(wish_.perFrame) <= window) {
                writeAll(socket_, request_.next());
                sent += static_cast<std::uint64_t>(wish_.perFrame);
                sentAt.push_back(std::chrono::steady_clock::now());
            }
            receive();
            const auto frames = answered() / static_cast<std::uint64_t>(wish_.perFrame);
            for (; completed_ < frames; ++completed_)
                tally_.latencies.push_back(std::chrono::duration<double, std::milli>(
                                               std::chrono::steady_clock::now() - sentAt[completed_])
                                               .count());
        }
        return tally_;
    }

private:
    void upgrade()
    {
        std::string request =
            "GET /ws HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        if (wish_.mode == "cbor")
            request += "Sec-WebSocket-Protocol: dsmsg.cbor\r\n";
        writeAll(socket_, request + "\r\n");
        while (input_.find("frame_bytes_max") == std::string::npos)
            receive();
        input_.clear();
    }

    std::uint64_t answered() const { return tally_.accepted + tally_.refused; }

    /// Counts statuses in what came, and keeps what may be the first part of one.
    void receive()
    {
        static constexpr std::size_t chunk = 256 * 1024;
        const std::size_t kept = input_.size();
        input_.resize(kept + chunk);
        const ssize_t count = ::recv(socket_, input_.data() + kept, chunk, 0);
        if (count <= 0)
            fail("the node closed the connection");
        input_.resize(kept + static_cast<std::size_t>(count));
        if (!greeted_)
            return;
        tally_.accepted += countOf(input_, accepted_);
        tally_.refused += countOf(input_, refused_);
        const std::size_t last = input_.rfind("status");
        const std::size_t fromEnd = last == std::string::npos ? input_.size() : input_.size() - last;
        // A whole one was counted; a part of one goes to the next turn.
        const bool cut = last != std::string::npos && fromEnd < refused_.size();
        input_.erase(0, cut ? last - 1 : input_.size() - std::min<std::size_t>(input_.size(), 6));
        if (cut && input_.find(accepted_) != std::string::npos)
            input_.clear();
    }

    const Wish& wish_;
    Request request_;
    const int socket_;
    const std::string accepted_;
    const std::string refused_;
    std::string input_;
    bool greeted_ = false;
    Tally tally_;
    std::uint64_t completed_ = 0;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc < 8) {
        std::fprintf(
            stderr,
            "usage: ws_load ws|cbor|batch HOST PORT CONNECTIONS WINDOW MESSAGES_PER_FRAME SECONDS [PAYLOAD]\n");
        return 2;
    }
    Wish wish{argv[1],
              argv[2],
              static_cast<std::uint16_t>(std::atoi(argv[3])),
              std::atoi(argv[4]),
              std::atoi(argv[5]),
              std::atoi(argv[6]),
              std::atoi(argv[7])};
    if (argc > 8)
        wish.payloadBytes = static_cast<std::size_t>(std::atoi(argv[8]));
    const Time begin = std::chrono::steady_clock::now();
    const Time until = begin + std::chrono::seconds(wish.seconds);
    std::vector<Tally> tallies(static_cast<std::size_t>(wish.connections));
    std::vector<std::thread> threads;
    for (int i = 0; i < wish.connections; ++i)
        threads.emplace_back(
            [&, i] { tallies[static_cast<std::size_t>(i)] = Connection(wish, i).run(until); });
    Tally all;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i].join();
        all.accepted += tallies[i].accepted;
        all.refused += tallies[i].refused;
        all.latencies.insert(all.latencies.end(), tallies[i].latencies.begin(), tallies[i].latencies.end());
    }
    const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::ranges::sort(all.latencies);
    const auto at = [&](double share) {
        return all.latencies.empty() ? 0.0
                                     : all.latencies[static_cast<std::size_t>(
                                           share * static_cast<double>(all.latencies.size() - 1))];
    };
    std::printf(
        "%s: %d x %d in flight, %d a frame: %.0f acknowledged/s, %llu refused; p50 %.2f ms, p99 %.2f ms\n",
        wish.mode.c_str(), wish.connections, wish.mode == "batch" ? wish.perFrame : wish.window,
        wish.perFrame, static_cast<double>(all.accepted) / took, static_cast<unsigned long long>(all.refused),
        at(0.5), at(0.99));
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/Frame.h"

#include <algorithm>

#include "core/base/Cbor.h"

namespace dsmsg::net {

namespace {

enum class Kind : std::uint64_t
{
    Challenge = 1,
    Hello = 2,
    Goodbye = 3,
    Ping = 4,
    Pong = 5,
    RequestVote = 10,
    RequestVoteReply = 11,
    AppendEntries = 12,
    AppendEntriesReply = 13,
    Heartbeat = 14,
    HeartbeatReply = 15,
};

// --- writing: one overload a frame ---

void begin(CborWriter& out, Kind kind, std::size_t fields)
{
    out.array(fields + 1);
    out.unsignedInteger(static_cast<std::uint64_t>(kind));
}

template <class Tag>
void put(CborWriter& out, Counter<Tag> counter)
{
    out.unsignedInteger(counter.value);
}

void write(CborWriter& out, const Challenge& challenge)
{
    begin(out, Kind::Challenge, 1);
    out.bytes(challenge.nonce);
}

void write(CborWriter& out, const Hello& hello)
{
    begin(out, Kind::Hello, 10);
    out.unsignedInteger(hello.version);
    out.text(hello.nodeId);
    out.text(hello.url);
    put(out, hello.server);
    out.bytes(hello.cluster.view());
    out.array(hello.initialUrls.size());
    for (const std::string& url : hello.initialUrls)
        out.text(url);
    out.text(hello.mode);
    out.unsignedInteger(hello.quorum);
    out.bytes(hello.nonce);
    out.bytes(hello.proof);
}

void write(CborWriter& out, const Goodbye& goodbye)
{
    begin(out, Kind::Goodbye, 1);
    out.text(goodbye.reason);
}

void write(CborWriter& out, const Ping& ping)
{
    begin(out, Kind::Ping, 1);
    out.unsignedInteger(ping.number);
}

void write(CborWriter& out, const Pong& pong)
{
    begin(out, Kind::Pong, 1);
    out.unsignedInteger(pong.number);
}

void write(CborWriter& out, const raft::RequestVote& request)
{
    begin(out, Kind::RequestVote, 4);
    out.unsignedInteger(static_cast<std::uint64_t>(request.ballot));
    put(out, request.term);
    put(out, request.lastLogIndex);
    put(out, request.lastLogTerm);
}

void write(CborWriter& out, const raft::RequestVoteReply& reply)
{
    begin(out, Kind::RequestVoteReply, 3);
    out.unsignedInteger(static_cast<std::uint64_t>(reply.ballot));
    put(out, reply.term);
    out.boolean(reply.granted);
}

void write(CborWriter& out, const raft::AppendEntries& request)
{
    begin(out, Kind::AppendEntries, 5);
    put(out, request.term);
    put(out, request.prevLogIndex);
    put(out, request.prevLogTerm);
    put(out, request.leaderCommit);
    out.array(request.entries.size());
    for (const raft::EntryPtr& entry : request.entries) {
        out.array(3);
        put(out, entry->term);
        out.unsignedInteger(static_cast<std::uint64_t>(entry->kind));
        out.bytes(entry->data);
    }
}

void write(CborWriter& out, const raft::AppendEntriesReply& reply)
{
    begin(out, Kind::AppendEntriesReply, 7);
    put(out, reply.term);
    out.boolean(reply.success);
    put(out, reply.match);
    put(out, reply.rejected);
    put(out, reply.hint);
    put(out, reply.hintTerm);
    out.boolean(reply.noSpace);
}

void write(CborWriter& out, const raft::Heartbeat& heartbeat)
{
    begin(out, Kind::Heartbeat, 3);
    put(out, heartbeat.term);
    put(out, heartbeat.commit);
    out.unsignedInteger(heartbeat.round);
}

void write(CborWriter& out, const raft::HeartbeatReply& reply)
{
    begin(out, Kind::HeartbeatReply, 3);
    put(out, reply.term);
    out.unsignedInteger(reply.round);
    out.boolean(reply.noSpace);
}

void write(CborWriter& out, const raft::Message& message)
{
    std::visit([&out](const auto& m) { write(out, m); }, message);
}

std::size_t sizeHint(const Frame& frame)
{
    std::size_t bytes = 128;
    if (const auto* message = std::get_if<raft::Message>(&frame)) {
        if (const auto* append = std::get_if<raft::AppendEntries>(message)) {
            for (const raft::EntryPtr& entry : append->entries)
                bytes += entry->data.size() + 24;
        }
    }
    return bytes;
}

// --- reading: one function a frame, the kind being consumed already ---

template <class CounterType>
CounterType get(CborReader& in)
{
    return CounterType(in.unsignedInteger());
}

raft::Ballot getBallot(CborReader& in)
{
    const std::uint64_t value = in.unsignedInteger();
    if (value > static_cast<std::uint64_t>(raft::Ballot::Vote))
        in.fail();
    return value == 0 ? raft::Ballot::PreVote : raft::Ballot::Vote;
}

Hello readHello(CborReader& in)
{
    Hello hello;
    hello.version = in.unsignedInteger();
    hello.nodeId = in.text();
    hello.url = in.text();
    hello.server = get<ServerId>(in);
    const std::string_view cluster = in.bytes();
    if (cluster.size() == hello.cluster.bytes.size())
        std::ranges::copy(cluster, reinterpret_cast<char*>(hello.cluster.bytes.data()));
    else
        in.fail();
    for (std::uint64_t n = in.array(); n > 0 && in.ok(); --n)
        hello.initialUrls.emplace_back(in.text());
    hello.mode = in.text();
    hello.quorum = in.unsignedInteger();
    hello.nonce = in.bytes();
    hello.proof = in.bytes();
    if (!hello.server)
        in.fail();
    return hello;
}

raft::Message readAppendEntries(CborReader& in)
{
    raft::AppendEntries request;
    request.term = get<Term>(in);
    request.prevLogIndex = get<LogIndex>(in);
    request.prevLogTerm = get<Term>(in);
    request.leaderCommit = get<LogIndex>(in);
    // The core relies on entries that follow each other and on terms that never go back.
    constexpr std::uint64_t indexMax = std::uint64_t{1} << 62;
    if (request.prevLogIndex.value > indexMax)
        in.fail();
    LogIndex index = request.prevLogIndex;
    Term term = request.prevLogTerm;
    const std::uint64_t count = in.array();
    request.entries.reserve(count);
    for (std::uint64_t n = 0; n < count && in.ok(); ++n) {
        raft::Entry entry;
        if (in.array() != 3)
            in.fail();
        entry.term = get<Term>(in);
        entry.index = ++index;
        const std::uint64_t kind = in.unsignedInteger();
        entry.kind = static_cast<raft::EntryKind>(kind);
        entry.data = in.bytes();
        if (entry.term < term || entry.term > request.term ||
            kind > static_cast<std::uint64_t>(raft::EntryKind::Configuration))
            in.fail();
        term = entry.term;
        request.entries.push_back(std::make_shared<const raft::Entry>(std::move(entry)));
    }
    return request;
}

raft::Message readRequestVote(CborReader& in)
{
    raft::RequestVote request;
    request.ballot = getBallot(in);
    request.term = get<Term>(in);
    request.lastLogIndex = get<LogIndex>(in);
    request.lastLogTerm = get<Term>(in);
    return request;
}

raft::Message readRequestVoteReply(CborReader& in)
{
    raft::RequestVoteReply reply;
    reply.ballot = getBallot(in);
    reply.term = get<Term>(in);
    reply.granted = in.boolean();
    return reply;
}

raft::Message readAppendEntriesReply(CborReader& in)
{
    raft::AppendEntriesReply reply;
    reply.term = get<Term>(in);
    reply.success = in.boolean();
    reply.match = get<LogIndex>(in);
    reply.rejected = get<LogIndex>(in);
    reply.hint = get<LogIndex>(in);
    reply.hintTerm = get<Term>(in);
    reply.noSpace = in.boolean();
    return reply;
}

raft::Message readHeartbeat(CborReader& in)
{
    raft::Heartbeat heartbeat;
    heartbeat.term = get<Term>(in);
    heartbeat.commit = get<LogIndex>(in);
    heartbeat.round = in.unsignedInteger();
    return heartbeat;
}

raft::Message readHeartbeatReply(CborReader& in)
{
    raft::HeartbeatReply reply;
    reply.term = get<Term>(in);
    reply.round = in.unsignedInteger();
    reply.noSpace = in.boolean();
    return reply;
}

Frame readBody(Kind kind, CborReader& in)
{
    switch (kind) {
    case Kind::Challenge:
        return Challenge{std::string(in.bytes())};
    case Kind::Hello:
        return readHello(in);
    case Kind::Goodbye:
        return Goodbye{std::string(in.text())};
    case Kind::Ping:
        return Ping{in.unsignedInteger()};
    case Kind::Pong:
        return Pong{in.unsignedInteger()};
    case Kind::RequestVote:
        return readRequestVote(in);
    case Kind::RequestVoteReply:
        return readRequestVoteReply(in);
    case Kind::AppendEntries:
        return readAppendEntries(in);
    case Kind::AppendEntriesReply:
        return readAppendEntriesReply(in);
    case Kind::Heartbeat:
        return readHeartbeat(in);
    case Kind::HeartbeatReply:
        return readHeartbeatReply(in);
    }
    in.fail();
    return Goodbye{};
}

} // namespace

std::string encode(const Frame& frame)
{
    CborWriter out(sizeHint(frame));
    std::visit([&out](const auto& f) { write(out, f); }, frame);
    return out.take();
}

Result<Frame> decode(std::string_view data)
{
    CborReader in(data);
    in.array();
    const auto kind = static_cast<Kind>(in.unsignedInteger());
    Frame frame = in.ok() ? readBody(kind, in) : Frame{Goodbye{}};
    if (!in.finished())
        return Error{Error::Kind::Invalid, "A frame on the peer link is malformed or of an unknown kind."};
    return frame;
}

} // namespace dsmsg::net

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/Frame.h"

#include "core/net/FrameFields.h"
#include "core/net/RaftCodec.h"

namespace dsmsg::net {

namespace {

enum class Kind : std::uint64_t
{
    Challenge = 1,
    Hello = 2,
    Goodbye = 3,
    Ping = 4,
    Pong = 5,
    StateMark = 6,
    TimeProbe = 7,
    TimeReply = 8,
};

// --- writing: one overload a frame ---

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

void write(CborWriter& out, const StateMark& mark)
{
    begin(out, Kind::StateMark, 2);
    put(out, mark.index);
    out.bytes(mark.hash.view());
}

void write(CborWriter& out, const TimeProbe& probe)
{
    begin(out, Kind::TimeProbe, 1);
    out.unsignedInteger(probe.number);
}

void write(CborWriter& out, const TimeReply& reply)
{
    begin(out, Kind::TimeReply, 6);
    out.unsignedInteger(reply.number);
    out.integer(reply.received.time_since_epoch().count());
    out.integer(reply.sent.time_since_epoch().count());
    out.unsignedInteger(reply.clock.run);
    out.unsignedInteger(reply.clock.epoch);
    out.integer(reply.clock.anchor.count());
}

void write(CborWriter& out, const raft::Message& message)
{
    writeMessage(out, message);
}

std::size_t sizeHint(const Frame& frame)
{
    if (const auto* message = std::get_if<raft::Message>(&frame))
        return messageSizeHint(*message);
    return 128;
}

// --- reading: one function a frame, the kind being consumed already ---

StateMark readStateMark(CborReader& in)
{
    StateMark mark;
    mark.index = get<LogIndex>(in);
    getBits(in, mark.hash);
    return mark;
}

Duration getTime(CborReader& in)
{
    constexpr std::int64_t most = std::int64_t{1} << 60;
    const std::int64_t microseconds = in.integer();
    if (microseconds <= -most || microseconds >= most)
        in.fail();
    return Duration(microseconds);
}

TimeReply readTimeReply(CborReader& in)
{
    TimeReply reply;
    reply.number = in.unsignedInteger();
    reply.received = Instant(getTime(in));
    reply.sent = Instant(getTime(in));
    reply.clock.run = in.unsignedInteger();
    reply.clock.epoch = in.unsignedInteger();
    reply.clock.anchor = getTime(in);
    return reply;
}

Hello readHello(CborReader& in)
{
    Hello hello;
    hello.version = in.unsignedInteger();
    hello.nodeId = in.text();
    hello.url = in.text();
    hello.server = get<ServerId>(in);
    getBits(in, hello.cluster);
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
    case Kind::StateMark:
        return readStateMark(in);
    case Kind::TimeProbe:
        return TimeProbe{in.unsignedInteger()};
    case Kind::TimeReply:
        return readTimeReply(in);
    }
    return readMessage(static_cast<std::uint64_t>(kind), in);
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

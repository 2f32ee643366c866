// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/RaftCodec.h"

#include <algorithm>

#include "core/net/FrameFields.h"

namespace dsmsg::net {

namespace {

/// Far beyond any log, and far from where adding overflows.
constexpr std::uint64_t indexMax = std::uint64_t{1} << 62;
/// Same for terms: after the greatest of all, the next one would be 0.
constexpr std::uint64_t termMax = indexMax;

enum class Kind : std::uint64_t
{
    RequestVote = 10,
    RequestVoteReply = 11,
    AppendEntries = 12,
    AppendEntriesReply = 13,
    Heartbeat = 14,
    HeartbeatReply = 15,
    TimeoutNow = 16,
    ReadIndexRequest = 17,
    ReadIndexReply = 18,
    InstallSnapshot = 19,
    InstallSnapshotReply = 20,
};

// --- writing: one overload a message ---

void write(CborWriter& out, const raft::RequestVote& request)
{
    begin(out, Kind::RequestVote, 5);
    out.unsignedInteger(static_cast<std::uint64_t>(request.ballot));
    put(out, request.term);
    put(out, request.lastLogIndex);
    put(out, request.lastLogTerm);
    out.boolean(request.transfer);
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

void write(CborWriter& out, const raft::TimeoutNow& order)
{
    begin(out, Kind::TimeoutNow, 1);
    put(out, order.term);
}

void write(CborWriter& out, const raft::ReadIndexRequest& request)
{
    begin(out, Kind::ReadIndexRequest, 3);
    put(out, request.term);
    put(out, request.id);
    out.unsignedInteger(static_cast<std::uint64_t>(request.level));
}

void write(CborWriter& out, const raft::ReadIndexReply& reply)
{
    begin(out, Kind::ReadIndexReply, 3);
    put(out, reply.term);
    put(out, reply.id);
    put(out, reply.index);
}

void write(CborWriter& out, const raft::InstallSnapshot& message)
{
    begin(out, Kind::InstallSnapshot, 4);
    put(out, message.term);
    out.unsignedInteger(message.position);
    out.bytes(message.chunk);
    out.array(message.finished ? 3 : 0);
    if (message.finished) {
        put(out, message.finished->index);
        put(out, message.finished->term);
        out.bytes(raft::encodeConfiguration(message.finished->configuration));
    }
}

void write(CborWriter& out, const raft::InstallSnapshotReply& reply)
{
    begin(out, Kind::InstallSnapshotReply, 4);
    put(out, reply.term);
    out.unsignedInteger(reply.position);
    put(out, reply.installed);
    out.boolean(reply.noSpace);
}

// --- reading: one function a message, the kind being consumed already ---

/// An enumerator from 0 to `last`.
template <class Enum>
Enum getEnum(CborReader& in, Enum last)
{
    const std::uint64_t value = in.unsignedInteger();
    if (value > static_cast<std::uint64_t>(last))
        in.fail();
    return static_cast<Enum>(std::min(value, static_cast<std::uint64_t>(last)));
}

raft::Message readAppendEntries(CborReader& in)
{
    raft::AppendEntries request;
    request.term = get<Term>(in);
    request.prevLogIndex = get<LogIndex>(in);
    request.prevLogTerm = get<Term>(in);
    request.leaderCommit = get<LogIndex>(in);
    // The core relies on entries that follow each other and on terms that never go back.
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
        entry.kind = getEnum(in, raft::EntryKind::Configuration);
        entry.data = in.bytes();
        if (entry.term < term || entry.term > request.term)
            in.fail();
        term = entry.term;
        request.entries.push_back(std::make_shared<const raft::Entry>(std::move(entry)));
    }
    return request;
}

raft::Message readRequestVote(CborReader& in)
{
    raft::RequestVote request;
    request.ballot = getEnum(in, raft::Ballot::Vote);
    request.term = get<Term>(in);
    request.lastLogIndex = get<LogIndex>(in);
    request.lastLogTerm = get<Term>(in);
    request.transfer = in.boolean();
    return request;
}

raft::Message readRequestVoteReply(CborReader& in)
{
    raft::RequestVoteReply reply;
    reply.ballot = getEnum(in, raft::Ballot::Vote);
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

raft::Message readReadIndexRequest(CborReader& in)
{
    raft::ReadIndexRequest request;
    request.term = get<Term>(in);
    request.id = get<ReadId>(in);
    request.level = getEnum(in, raft::ReadLevel::Linearizable);
    return request;
}

raft::Message readReadIndexReply(CborReader& in)
{
    raft::ReadIndexReply reply;
    reply.term = get<Term>(in);
    reply.id = get<ReadId>(in);
    reply.index = get<LogIndex>(in);
    return reply;
}

raft::LogBase readLogBase(CborReader& in)
{
    raft::LogBase base;
    base.index = get<LogIndex>(in);
    base.term = get<Term>(in);
    auto configuration = raft::decodeConfiguration(in.bytes());
    // The log goes on after it, and its members decide from then on.
    if (!configuration || !configuration->formed() || !base.index || base.index.value > indexMax)
        in.fail();
    else
        base.configuration = std::move(*configuration);
    return base;
}

raft::Message readInstallSnapshot(CborReader& in)
{
    raft::InstallSnapshot message;
    message.term = get<Term>(in);
    message.position = in.unsignedInteger();
    message.chunk = in.bytes();
    const std::uint64_t fields = in.array();
    if (fields == 3)
        message.finished = readLogBase(in);
    if ((fields != 0 && fields != 3) || (message.finished && message.finished->term > message.term))
        in.fail();
    return message;
}

raft::Message readInstallSnapshotReply(CborReader& in)
{
    raft::InstallSnapshotReply reply;
    reply.term = get<Term>(in);
    reply.position = in.unsignedInteger();
    reply.installed = get<LogIndex>(in);
    reply.noSpace = in.boolean();
    return reply;
}

raft::Message readFields(std::uint64_t kind, CborReader& in)
{
    switch (static_cast<Kind>(kind)) {
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
    case Kind::TimeoutNow:
        return raft::TimeoutNow{get<Term>(in)};
    case Kind::ReadIndexRequest:
        return readReadIndexRequest(in);
    case Kind::ReadIndexReply:
        return readReadIndexReply(in);
    case Kind::InstallSnapshot:
        return readInstallSnapshot(in);
    case Kind::InstallSnapshotReply:
        return readInstallSnapshotReply(in);
    }
    in.fail();
    return raft::TimeoutNow{};
}

} // namespace

std::size_t messageSizeHint(const raft::Message& message)
{
    std::size_t bytes = 128;
    if (const auto* append = std::get_if<raft::AppendEntries>(&message)) {
        for (const raft::EntryPtr& entry : append->entries)
            bytes += entry->data.size() + 24;
    } else if (const auto* snapshot = std::get_if<raft::InstallSnapshot>(&message)) {
        bytes += snapshot->chunk.size();
    }
    return bytes;
}

void writeMessage(CborWriter& out, const raft::Message& message)
{
    std::visit([&out](const auto& m) { write(out, m); }, message);
}

raft::Message readMessage(std::uint64_t kind, CborReader& in)
{
    raft::Message message = readFields(kind, in);
    if (raft::termOf(message).value > termMax)
        in.fail();
    return message;
}

} // namespace dsmsg::net

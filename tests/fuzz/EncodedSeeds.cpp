// SPDX-License-Identifier: GPL-3.0-or-later
#include <span>

#include "core/base/Cbor.h"
#include "core/messaging/Command.h"
#include "core/messaging/Snapshot.h"
#include "core/net/Frame.h"
#include "tests/fuzz/Targets.h"

namespace dsmsg::fuzz {

namespace {

raft::Configuration sampleConfiguration()
{
    raft::Configuration configuration;
    configuration.cluster.bytes[0] = 1;
    configuration.members = {
        {ServerId(1), "n1", "http://127.0.0.1:8000", raft::MemberRole::Voter, {}},
        {ServerId(2), "n2", "http://127.0.0.1:8001", raft::MemberRole::Joining, ServerId(1)},
        {{}, {}, "http://127.0.0.1:8002", raft::MemberRole::Voter, {}}};
    configuration.oldVoters = {ServerId(1)};
    return configuration;
}

std::string sampleCommand()
{
    messaging::Message one;
    one.msgId = "m1";
    one.sender = "alice";
    one.recipient = "bob";
    one.payload = "{\"text\":1}";
    one.originalTs = UnixTime(Duration(1'700'000'000'000'000));
    one.receiveTs = one.originalTs + Duration(5);
    one.correction = {Duration(-7), Duration(9), messaging::CorrectionMethod::Offset};
    messaging::Message other = one;
    other.msgId = "m2";
    const std::vector<messaging::Message> messages{one, other, one};
    return messaging::encodeBatch(messages);
}

std::vector<net::Frame> sampleFrames()
{
    net::Hello hello;
    hello.nodeId = "n1";
    hello.url = "http://127.0.0.1:8000";
    hello.server = ServerId(7);
    hello.initialUrls = {"http://127.0.0.1:8000", "http://127.0.0.1:8001"};
    hello.mode = "sync_quorum";
    hello.quorum = 2;
    hello.nonce = std::string(16, 'n');
    raft::AppendEntries append{Term(3), LogIndex(1), Term(1), LogIndex(1), {}};
    append.entries.push_back(std::make_shared<const raft::Entry>(
        raft::Entry{Term(2), LogIndex(2), raft::EntryKind::Command, sampleCommand()}));
    append.entries.push_back(
        std::make_shared<const raft::Entry>(raft::Entry{Term(3), LogIndex(3), raft::EntryKind::Configuration,
                                                        raft::encodeConfiguration(sampleConfiguration())}));
    const auto message = [](raft::Message m) { return net::Frame(std::move(m)); };
    return {net::Challenge{std::string(16, 'c')},
            hello,
            net::Goodbye{"bye"},
            net::Ping{1},
            net::Pong{1},
            net::StateMark{LogIndex(5), {}},
            net::TimeProbe{1},
            net::TimeReply{
                1, Instant(Duration(5)), Instant(Duration(6)), {7, 1, Duration(1'700'000'000'000'000)}},
            message(raft::RequestVote{raft::Ballot::PreVote, Term(2), LogIndex(1), Term(1), false}),
            message(raft::RequestVoteReply{raft::Ballot::Vote, Term(2), true}),
            message(append),
            message(raft::AppendEntriesReply{Term(2), true, LogIndex(3), {}, {}, {}, false}),
            message(raft::Heartbeat{Term(2), LogIndex(1), 1}),
            message(raft::HeartbeatReply{Term(2), 1, false}),
            message(raft::TimeoutNow{Term(2)}),
            message(raft::ReadIndexRequest{Term(2), ReadId(1), raft::ReadLevel::Linearizable}),
            message(raft::ReadIndexReply{Term(2), ReadId(1), LogIndex(1)}),
            message(raft::InstallSnapshot{Term(2), 1, "piece",
                                          raft::LogBase{LogIndex(4), Term(2), sampleConfiguration()}}),
            message(raft::InstallSnapshotReply{Term(2), 1, LogIndex(4), false})};
}

/// The whole of a state that starts empty; the message that came twice is skipped.
std::string sampleChunk()
{
    messaging::StateChunk chunk;
    chunk.segments.push_back({Seq(1), 2, Term(1), LogIndex(2), {2}, sampleCommand()});
    chunk.finished = messaging::AppliedState{LogIndex(3), Term(1), Seq(2), {}, {}, {}};
    return messaging::encodeChunk(chunk);
}

/// Without the CRC: what the target puts one around.
std::string bodyOf(const std::string& encoded)
{
    CborReader reader(encoded);
    reader.array();
    reader.unsignedInteger();
    reader.unsignedInteger();
    return std::string(reader.bytes());
}

} // namespace

std::vector<std::pair<std::string, std::string>> encodedSeeds()
{
    std::vector<std::pair<std::string, std::string>> seeds;
    for (const net::Frame& frame : sampleFrames())
        seeds.emplace_back("peer_frame", net::encode(frame));
    seeds.emplace_back("command", sampleCommand());
    seeds.emplace_back("command", messaging::encodeBatch({}));
    seeds.emplace_back("snapshot_chunk", sampleChunk());
    seeds.emplace_back("snapshot_chunk", bodyOf(sampleChunk()));
    seeds.emplace_back("configuration", raft::encodeConfiguration(sampleConfiguration()));
    return seeds;
}

} // namespace dsmsg::fuzz

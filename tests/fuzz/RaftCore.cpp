// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Raft core among peers that say anything their frames can say, at any time. Raft promises nothing about
// liars, so there is no property but this: the node goes on. Its invariants are assertions, and no frame may
// reach one of them. Messages go through the codec first, as on the peer link, because the codec is what
// keeps the impossible ones out.
#include <algorithm>
#include <array>

#include "core/net/Frame.h"
#include "tests/fuzz/Choices.h"
#include "tests/fuzz/RaftHost.h"
#include "tests/fuzz/Targets.h"
#include "tests/raft/Subject.h"

namespace dsmsg::fuzz {

namespace {

using raft::Configuration;
using raft::Message;
namespace rt = raft::testing;

constexpr std::uint64_t servers = 5; // this one is 1; not all of them are members

class Script
{
public:
    explicit Script(std::string_view input)
        : choices_(input)
        , host_(beginning(choices_), 3)
    {
    }

    void run()
    {
        while (!choices_.done())
            act();
    }

private:
    static RaftHost::Disk beginning(Choices& choices)
    {
        RaftHost::Disk disk;
        const std::size_t form = choices.below(4);
        if (form == 0)
            return disk; // not formed
        const std::uint64_t length = 1 + choices.below(6);
        for (std::uint64_t index = 1; index <= length; ++index) {
            const std::uint64_t term = 1 + index / 3;
            disk.entries.push_back(index == 1 ? rt::form(rt::clusterOf(form == 1 ? 1 : 3))
                                              : rt::command(index, term));
        }
        disk.hardState.term = disk.entries.back()->term;
        disk.applied = LogIndex(choices.below(length + 1));
        return disk;
    }

    ServerId peer() { return ServerId(2 + choices_.below(servers - 1)); }
    Term someTerm() { return Term(choices_.number(host_.raft().term().value)); }
    LogIndex someIndex() { return LogIndex(choices_.number(host_.last().value)); }
    /// Small again and again, so that rounds and ids meet.
    std::uint64_t someRound() { return choices_.number(3); }

    void act()
    {
        switch (choices_.below(16)) {
        case 0:
            return host_.fire();
        case 1:
            host_.pass(std::chrono::milliseconds(choices_.byte() * 4));
            return host_.step(raft::Tick{});
        case 2:
            return host_.persist(host_.pendingWrites());
        case 3:
            return host_.persist(1);
        case 4:
            return host_.apply();
        case 5:
            return host_.answerReads(choices_.bytes(choices_.below(4)));
        case 6:
            return host_.restart();
        case 7:
            return win();
        case 8:
            return acknowledge();
        case 9:
            return administer();
        case 10:
            return follow();
        default:
            return receive(peer(), anyMessage());
        }
    }

    void receive(ServerId from, Message message)
    {
        const auto frame = net::decode(net::encode(message));
        if (frame)
            host_.step(raft::Received{from, std::get<Message>(*frame)});
    }

    // --- honest stretches, which chance would need too long to find ---

    void win()
    {
        host_.persist(host_.pendingWrites());
        host_.fire();
        for (const std::uint64_t voter : {2U, 3U})
            receive(ServerId(voter),
                    raft::RequestVoteReply{raft::Ballot::PreVote, host_.raft().term().next(), true});
        host_.persist(host_.pendingWrites());
        for (const std::uint64_t voter : {2U, 3U})
            receive(ServerId(voter), raft::RequestVoteReply{raft::Ballot::Vote, host_.raft().term(), true});
    }

    void acknowledge()
    {
        host_.persist(host_.pendingWrites());
        raft::AppendEntriesReply reply;
        reply.term = host_.raft().term();
        reply.success = true;
        reply.match = host_.last();
        receive(peer(), reply);
        host_.apply();
    }

    void follow()
    {
        raft::AppendEntries append;
        append.term = host_.raft().term() + choices_.below(2);
        append.prevLogIndex = host_.last();
        append.prevLogTerm = host_.raft().termAt(append.prevLogIndex);
        append.leaderCommit = someIndex();
        append.entries = entriesAfter(append, choices_.below(3));
        receive(peer(), append);
        host_.persist(host_.pendingWrites());
    }

    // --- the administrator, the link and the clients ---

    void administer()
    {
        switch (choices_.below(8)) {
        case 0:
            return host_.step(raft::Propose{std::string(choices_.byte(), 'x')});
        case 1:
            return host_.step(raft::Compact{LogIndex(choices_.number(host_.applied().value))});
        case 2:
            return host_.step(raft::ChangeMembers{{anyChange()}});
        case 3:
            return host_.step(raft::TransferLeadership{ServerId(choices_.below(servers + 1))});
        case 4:
            return host_.step(raft::ReadIndex{ReadId(1 + choices_.below(8)), anyLevel()});
        case 5:
            return host_.step(raft::DiskSpace{choices_.yes()});
        case 6:
            return host_.step(raft::PeerDisconnected{peer()});
        default:
            return host_.step(anyIdentity());
        }
    }

    raft::ReadLevel anyLevel()
    {
        return choices_.yes() ? raft::ReadLevel::Linearizable : raft::ReadLevel::Leader;
    }

    raft::PeerIdentified anyIdentity()
    {
        const std::uint64_t at = 2 + choices_.below(servers - 1);
        const bool known = choices_.yes();
        raft::PeerIdentified identity{
            rt::urlOf(at), rt::idOf(known ? at : peer().value), known ? ServerId(at) : peer(), {}};
        if (choices_.yes())
            identity.cluster = rt::clusterOf(1).cluster;
        return identity;
    }

    raft::MemberChange anyChange()
    {
        raft::MemberChange change;
        change.kind = static_cast<raft::MemberChange::Kind>(choices_.below(4));
        change.member = anyMember();
        return change;
    }

    raft::Member anyMember()
    {
        const std::uint64_t number = 1 + choices_.below(servers);
        return {ServerId(choices_.yes() ? number : choices_.below(servers + 1)), rt::idOf(number),
                rt::urlOf(number), static_cast<raft::MemberRole>(choices_.below(3)),
                ServerId(choices_.below(servers + 1))};
    }

    // --- anything that a frame can say ---

    std::string anyConfiguration()
    {
        Configuration configuration;
        if (choices_.yes())
            configuration = rt::clusterOf(choices_.below(5));
        else
            configuration.cluster.bytes[0] = choices_.byte();
        for (std::size_t more = choices_.below(3); more > 0; --more)
            configuration.members.push_back(anyMember());
        for (std::size_t old = choices_.below(3); old > 0; --old)
            configuration.oldVoters.emplace_back(choices_.below(servers + 1));
        return raft::encodeConfiguration(configuration);
    }

    std::vector<raft::EntryPtr> entriesAfter(const raft::AppendEntries& append, std::size_t count)
    {
        std::vector<raft::EntryPtr> entries;
        for (std::size_t n = 1; n <= count; ++n) {
            raft::Entry entry;
            entry.term = choices_.yes() ? append.term : someTerm();
            entry.index = append.prevLogIndex + n;
            entry.kind = static_cast<raft::EntryKind>(choices_.below(4));
            const bool configures =
                entry.kind == raft::EntryKind::Form || entry.kind == raft::EntryKind::Configuration;
            entry.data = configures && choices_.yes() ? anyConfiguration() : std::string(choices_.bytes(2));
            entries.push_back(std::make_shared<const raft::Entry>(std::move(entry)));
        }
        return entries;
    }

    raft::AppendEntries anyAppend()
    {
        raft::AppendEntries append{someTerm(), someIndex(), {}, someIndex(), {}};
        append.prevLogTerm = choices_.yes() ? host_.raft().termAt(append.prevLogIndex) : someTerm();
        append.entries = entriesAfter(append, choices_.below(4));
        return append;
    }

    raft::InstallSnapshot anySnapshot()
    {
        raft::InstallSnapshot message{someTerm(), choices_.number(2), std::string(choices_.bytes(2)), {}};
        const auto members = raft::decodeConfiguration(anyConfiguration());
        if (choices_.yes())
            message.finished = raft::LogBase{someIndex(), someTerm(), *members};
        return message;
    }

    raft::AppendEntriesReply anyAppendReply()
    {
        return {someTerm(),  choices_.yes(), someIndex(),   someIndex(),
                someIndex(), someTerm(),     choices_.yes()};
    }

    raft::Ballot anyBallot() { return choices_.yes() ? raft::Ballot::Vote : raft::Ballot::PreVote; }

    Message anyMessage()
    {
        switch (choices_.below(11)) {
        case 0:
            return raft::RequestVote{anyBallot(), someTerm(), someIndex(), someTerm(), choices_.yes()};
        case 1:
            return raft::RequestVoteReply{anyBallot(), someTerm(), choices_.yes()};
        case 2:
            return anyAppend();
        case 3:
            return anyAppendReply();
        case 4:
            return raft::Heartbeat{someTerm(), someIndex(), someRound()};
        case 5:
            return raft::HeartbeatReply{someTerm(), someRound(), choices_.yes()};
        case 6:
            return raft::TimeoutNow{someTerm()};
        case 7:
            return raft::ReadIndexRequest{someTerm(), ReadId(someRound()), anyLevel()};
        case 8:
            return raft::ReadIndexReply{someTerm(), ReadId(someRound()), someIndex()};
        case 9:
            return anySnapshot();
        default:
            return raft::InstallSnapshotReply{someTerm(), choices_.number(2), someIndex(), choices_.yes()};
        }
    }

    Choices choices_;
    RaftHost host_;
};

} // namespace

void raftCore(std::string_view input)
{
    Script(input).run();
}

} // namespace dsmsg::fuzz

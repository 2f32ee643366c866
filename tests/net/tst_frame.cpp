// SPDX-License-Identifier: GPL-3.0-or-later
//
// Frames of the peer link: each comes back as it was, and what comes out of decode is in range whatever goes
// in, because the core relies on it.
#include <QTest>

#include "core/base/Cbor.h"
#include "core/base/Random.h"
#include "core/net/Frame.h"

using namespace dsmsg;
using namespace dsmsg::net;

namespace {

Hello sampleHello()
{
    Hello hello;
    hello.nodeId = "n1";
    hello.url = "http://10.0.0.1:8000";
    hello.server = ServerId(~std::uint64_t{0});
    hello.cluster.bytes[3] = 7;
    hello.initialUrls = {"http://10.0.0.1:8000", "http://10.0.0.2:8000"};
    hello.mode = "sync_quorum";
    hello.quorum = 2;
    hello.nonce = std::string(16, '\0');
    hello.proof = std::string(32, '\xff');
    return hello;
}

raft::AppendEntries sampleAppend()
{
    raft::AppendEntries append{Term(9), LogIndex(41), Term(5), LogIndex(40), {}};
    const auto add = [&](std::uint64_t term, raft::EntryKind kind, std::string data) {
        append.entries.push_back(std::make_shared<const raft::Entry>(raft::Entry{
            Term(term), append.prevLogIndex + (append.entries.size() + 1), kind, std::move(data)}));
    };
    add(5, raft::EntryKind::Command, std::string(300, '\x80'));
    add(7, raft::EntryKind::NoOp, {});
    add(7, raft::EntryKind::Configuration, "c");
    add(9, raft::EntryKind::Form, "f");
    return append;
}

/// AppendEntries holds pointers; here its contents are compared.
bool same(const Frame& a, const Frame& b)
{
    const auto append = [](const Frame& frame) -> const raft::AppendEntries* {
        const auto* message = std::get_if<raft::Message>(&frame);
        return message != nullptr ? std::get_if<raft::AppendEntries>(message) : nullptr;
    };
    if (const auto* x = append(a)) {
        const auto* y = append(b);
        return y != nullptr && x->term == y->term && x->prevLogIndex == y->prevLogIndex &&
               x->prevLogTerm == y->prevLogTerm && x->leaderCommit == y->leaderCommit &&
               std::ranges::equal(x->entries, y->entries,
                                  [](const auto& p, const auto& q) { return *p == *q; });
    }
    return encode(a) == encode(b) && a.index() == b.index();
}

Bits128 someBits()
{
    Bits128 bits;
    bits.bytes[3] = 9;
    return bits;
}

constexpr Duration timeLimit{(std::int64_t{1} << 60) - 1};

ClockMark sampleMark()
{
    return {~std::uint64_t{0}, 3, Duration(1'700'000'000'000'000)};
}

raft::LogBase sampleBase()
{
    raft::LogBase base{LogIndex(9), Term(2), {}};
    base.configuration.cluster.bytes[0] = 1;
    base.configuration.members.push_back(
        {ServerId(5), "n1", "http://127.0.0.1:1", raft::MemberRole::Joining, ServerId(4)});
    base.configuration.oldVoters = {ServerId(4)};
    return base;
}

std::vector<std::pair<const char*, Frame>> everyFrame()
{
    using namespace raft;
    const auto message = [](Message m) { return Frame(std::move(m)); };
    return {
        {"challenge", Challenge{std::string(16, '\x01')}},
        {"hello", sampleHello()},
        {"goodbye", Goodbye{"darüm"}},
        {"ping", Ping{1}},
        {"pong", Pong{~std::uint64_t{0}}},
        {"pre-vote", message(RequestVote{Ballot::PreVote, Term(3), LogIndex(4), Term(2)})},
        {"vote", message(RequestVote{Ballot::Vote, Term(3), LogIndex(4), Term(2)})},
        {"vote in a transfer", message(RequestVote{Ballot::Vote, Term(3), LogIndex(4), Term(2), true})},
        {"vote reply", message(RequestVoteReply{Ballot::Vote, Term(3), true})},
        {"append", message(sampleAppend())},
        {"empty append", message(AppendEntries{Term(1), {}, {}, {}, {}})},
        {"append reply", message(AppendEntriesReply{Term(3), true, LogIndex(5), {}, {}, {}, false})},
        {"refusal", message(AppendEntriesReply{Term(3), false, {}, LogIndex(9), LogIndex(7), Term(2), true})},
        {"heartbeat", message(Heartbeat{Term(3), LogIndex(4), 5})},
        {"heartbeat reply", message(HeartbeatReply{Term(3), 5, true})},
        {"state mark", StateMark{LogIndex(64), someBits()}},
        {"time probe", TimeProbe{7}},
        {"time reply", TimeReply{7, Instant(Duration(5)), Instant(Duration(6)), sampleMark()}},
        {"time reply, times at their limits",
         TimeReply{~std::uint64_t{0}, Instant(-timeLimit), Instant(timeLimit), {1, 2, -timeLimit}}},
        {"timeout now", message(TimeoutNow{Term(3)})},
        {"read index", message(ReadIndexRequest{Term(3), ReadId(7), ReadLevel::Linearizable})},
        {"read index reply", message(ReadIndexReply{Term(3), ReadId(7), LogIndex(9)})},
        {"snapshot question", message(InstallSnapshot{Term(3), 0, {}, std::nullopt})},
        {"snapshot end", message(InstallSnapshot{Term(3), 17, "chunk", sampleBase()})},
        {"snapshot reply", message(InstallSnapshotReply{Term(3), 17, LogIndex(9), true})},
    };
}

/// An AppendEntries frame written by hand, so that it may say what the encoder never would.
std::string handMade(std::uint64_t term, std::uint64_t prevIndex, std::uint64_t prevTerm,
                     const std::vector<std::pair<std::uint64_t, std::uint64_t>>& termsAndKinds)
{
    CborWriter out;
    out.array(6);
    out.unsignedInteger(12);
    for (std::uint64_t field : {term, prevIndex, prevTerm, std::uint64_t{0}})
        out.unsignedInteger(field);
    out.array(termsAndKinds.size());
    for (const auto& [entryTerm, kind] : termsAndKinds) {
        out.array(3);
        out.unsignedInteger(entryTerm);
        out.unsignedInteger(kind);
        out.bytes("x");
    }
    return out.take();
}

/// What the core relies on.
void checkPromises(const Frame& frame)
{
    if (const auto* hello = std::get_if<Hello>(&frame))
        QVERIFY(hello->server);
    if (const auto* reply = std::get_if<TimeReply>(&frame)) {
        for (const Duration time :
             {reply->received.time_since_epoch(), reply->sent.time_since_epoch(), reply->clock.anchor})
            QVERIFY(time >= -timeLimit && time <= timeLimit);
    }
    const auto* message = std::get_if<raft::Message>(&frame);
    const auto* append = message != nullptr ? std::get_if<raft::AppendEntries>(message) : nullptr;
    if (append == nullptr)
        return;
    LogIndex index = append->prevLogIndex;
    Term term = append->prevLogTerm;
    for (const raft::EntryPtr& entry : append->entries) {
        QCOMPARE(entry->index, ++index);
        QVERIFY(entry->term >= term && entry->term <= append->term);
        QVERIFY(entry->kind <= raft::EntryKind::Configuration);
        term = entry->term;
    }
}

} // namespace

class TestFrame : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFrameComesBack()
    {
        for (const auto& [name, frame] : everyFrame()) {
            const auto back = decode(encode(frame));
            QVERIFY2(back.ok(), name);
            QVERIFY2(same(*back, frame), name);
        }
    }

    void everyTruncationIsRefused()
    {
        for (const auto& [name, frame] : everyFrame()) {
            const std::string whole = encode(frame);
            for (std::size_t length = 0; length < whole.size(); ++length)
                QVERIFY2(!decode(std::string(whole, 0, length)).ok(), name);
            QVERIFY2(!decode(whole + '\0').ok(), name);
        }
    }

    void anUnknownKindIsRefused()
    {
        for (std::uint64_t kind :
             {std::uint64_t{0}, std::uint64_t{9}, std::uint64_t{10}, std::uint64_t{21}, ~std::uint64_t{0}}) {
            CborWriter out;
            out.array(2);
            out.unsignedInteger(kind);
            out.unsignedInteger(1);
            QVERIFY(!decode(out.buffer()).ok());
        }
    }

    void aWrongCountOfFieldsIsRefused()
    {
        CborWriter out;
        out.array(5);
        out.unsignedInteger(4);
        out.unsignedInteger(1);
        QVERIFY(!decode(out.buffer()).ok());
    }

    void entriesThatTheCoreCouldNotTakeAreRefused_data()
    {
        using Entries = std::vector<std::pair<std::uint64_t, std::uint64_t>>;
        QTest::addColumn<std::string>("frame");
        QTest::addColumn<bool>("taken");
        const auto row = [](const char* name, const std::string& frame, bool taken) {
            QTest::newRow(name) << frame << taken;
        };
        row("in order", handMade(5, 9, 3, Entries{{3, 1}, {5, 0}}), true);
        row("terms that go back", handMade(5, 9, 3, Entries{{4, 1}, {3, 1}}), false);
        row("older than the one before", handMade(5, 9, 3, Entries{{2, 1}}), false);
        row("a term to come", handMade(5, 9, 3, Entries{{6, 1}}), false);
        row("an unknown kind", handMade(5, 9, 3, Entries{{4, 4}}), false);
        row("an index near the end of its range", handMade(5, ~std::uint64_t{0}, 3, Entries{{4, 1}}), false);
    }
    void entriesThatTheCoreCouldNotTakeAreRefused()
    {
        QFETCH(std::string, frame);
        QFETCH(bool, taken);
        QCOMPARE(decode(frame).ok(), taken);
    }

    void aFalseCountOfEntriesReservesNothing()
    {
        CborWriter out;
        out.array(6);
        out.unsignedInteger(12);
        for (int i = 0; i < 4; ++i)
            out.unsignedInteger(1);
        out.array(std::size_t{1} << 40);
        QVERIFY(!decode(out.buffer()).ok());
    }

    /// Their differences are computed.
    void timesBeyondEveryClockAreRefused()
    {
        const Duration beyond = timeLimit + Duration(1);
        const Instant now(Duration(5));
        QVERIFY(!decode(encode(TimeReply{1, Instant(beyond), now, sampleMark()})).ok());
        QVERIFY(!decode(encode(TimeReply{1, now, Instant(-beyond), sampleMark()})).ok());
        QVERIFY(!decode(encode(TimeReply{1, now, now, {1, 1, Duration::min()}})).ok());
    }

    void aHelloNeedsAServer()
    {
        Hello hello = sampleHello();
        hello.server = {};
        QVERIFY(!decode(encode(hello)).ok());
    }

    void randomBytesNeverCrash()
    {
        Random random(21);
        for (int round = 0; round < 30000; ++round) {
            std::string bytes(random.below(60), '\0');
            for (char& byte : bytes)
                byte = static_cast<char>(random.below(256));
            if (const auto frame = decode(bytes))
                checkPromises(*frame);
        }
    }

    void damagedFramesKeepTheirPromises()
    {
        Random random(22);
        const auto frames = everyFrame();
        int accepted = 0;
        for (int round = 0; round < 60000; ++round) {
            std::string bytes = encode(frames[random.below(frames.size())].second);
            for (std::uint64_t n = 1 + random.below(3); n > 0; --n)
                bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
            if (const auto frame = decode(bytes)) {
                checkPromises(*frame);
                ++accepted;
            }
        }
        QVERIFY(accepted > 1000); // the damage was small enough to reach the checks
    }
};

QTEST_APPLESS_MAIN(TestFrame)
#include "tst_frame.moc"

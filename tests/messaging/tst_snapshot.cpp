// SPDX-License-Identifier: GPL-3.0-or-later
//
// The chunks of a snapshot on the wire and in backups: every field comes back; what is damaged, newer or out
// of order is refused before it reaches a store.
#include <QTest>

#include "core/base/Cbor.h"
#include "core/base/Hash.h"
#include "core/base/Random.h"
#include "core/messaging/Snapshot.h"
#include "tests/support/MemoryStore.h"

using namespace dsmsg;
using namespace dsmsg::messaging;

namespace {

StateChunk sample()
{
    StateChunk chunk;
    chunk.after = Seq(7);
    chunk.segments.push_back({Seq(8), 2, Term(1), LogIndex(3), {}, "first"});
    chunk.segments.push_back({Seq(10), 1, Term(2), LogIndex(5), {0, 4, 70000}, std::string("\0\xff", 2)});
    chunk.finished = AppliedState{LogIndex(6), Term(2), Seq(10), {}, {}, {}};
    chunk.finished->hash.bytes[15] = 9;
    chunk.finished->newestReceive = UnixTime(Duration(5));
    chunk.finished->delivery = {UnixTime(Duration(-3)), DeliverySeq(8), Seq(9), 1, 2, UINT64_MAX};
    return chunk;
}

Error::Kind refusal(const StateChunk& chunk)
{
    const auto decoded = decodeChunk(encodeChunk(chunk));
    return decoded ? Error::Kind::NotFound : decoded.error().kind;
}

} // namespace

class TestSnapshot : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFieldComesBack()
    {
        StateChunk chunk = sample();
        QCOMPARE(decodeChunk(encodeChunk(chunk)).value(), chunk);
        chunk.finished.reset();
        QCOMPARE(decodeChunk(encodeChunk(chunk)).value(), chunk);
        QCOMPARE(decodeChunk(encodeChunk({})).value(), StateChunk{});
        QCOMPARE(chunk.through(), Seq(10));
    }

    void aNewerVersionIsRefusedInWords()
    {
        CborWriter writer;
        writer.array(3);
        writer.unsignedInteger(4);
        writer.unsignedInteger(0);
        writer.bytes("whatever");
        const Error error = decodeChunk(writer.buffer()).error();
        QCOMPARE(error.kind, Error::Kind::Invalid);
        QVERIFY2(error.text.find("version 4") != std::string::npos, error.text.c_str());
    }

    void whatIsOutOfOrderIsRefused()
    {
        StateChunk chunk = sample();
        chunk.segments[1].firstSeq = Seq(11);
        QCOMPARE(refusal(chunk), Error::Kind::Invalid);
        chunk = sample();
        chunk.segments[1].index = LogIndex(3);
        QCOMPARE(refusal(chunk), Error::Kind::Invalid);
        chunk = sample();
        chunk.segments[0].term = Term(3);
        QCOMPARE(refusal(chunk), Error::Kind::Invalid);
        chunk = sample();
        chunk.segments[0].count = 0;
        QCOMPARE(refusal(chunk), Error::Kind::Invalid);
        chunk = sample();
        chunk.finished->lastSeq = Seq(9);
        QCOMPARE(refusal(chunk), Error::Kind::Invalid);
    }

    void everyFlippedBitIsNoticed()
    {
        const std::string whole = encodeChunk(sample());
        for (std::size_t at = 0; at < whole.size() * 8; ++at) {
            std::string bytes = whole;
            bytes[at / 8] = static_cast<char>(bytes[at / 8] ^ (1 << (at % 8)));
            QVERIFY2(!decodeChunk(bytes).ok(), std::to_string(at).c_str());
        }
    }

    /// A hostile sender gets the CRC right: then the store's rules must hold.
    void nonsenseWithARightCrcNeverCrashes()
    {
        Random random(3);
        const std::string encoded = encodeChunk(sample());
        CborReader reader(encoded);
        reader.array();
        reader.unsignedInteger();
        reader.unsignedInteger();
        const std::string body(reader.bytes());
        for (int round = 0; round < 20000; ++round) {
            std::string bytes = body;
            for (std::uint64_t n = 1 + random.below(4); n > 0; --n)
                bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
            CborWriter writer;
            writer.array(3);
            writer.unsignedInteger(2);
            writer.unsignedInteger(crc32(bytes));
            writer.bytes(bytes);
            dsmsg::testing::MemoryStore store;
            if (const auto chunk = decodeChunk(writer.buffer()))
                static_cast<void>(SnapshotBuilder(store).add(*chunk).ok());
        }
    }
};

QTEST_APPLESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Identities print and parse without loss, and counters do not wrap below zero.
#include <QTest>

#include "core/base/Ids.h"

using namespace dsmsg;

class TestIds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hexRoundTrip()
    {
        Bits128 bits;
        for (std::size_t i = 0; i < 16; ++i)
            bits.bytes[i] = static_cast<std::uint8_t>(i * 17);
        QCOMPARE(toHex(bits), std::string("00112233445566778899aabbccddeeff"));
        Bits128 read;
        QVERIFY(fromHex("00112233445566778899AABBccddeeff", read));
        QCOMPARE(read, bits);
    }

    void badHexChangesNothing_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::newRow("empty") << std::string();
        QTest::newRow("31 digits") << std::string(31, 'a');
        QTest::newRow("33 digits") << std::string(33, 'a');
        QTest::newRow("a letter beyond f") << std::string(31, 'a') + 'g';
        QTest::newRow("bad high digit") << 'x' + std::string(31, '0');
        QTest::newRow("a sign") << '-' + std::string(31, '0');
        QTest::newRow("a zero byte") << std::string(32, '\0');
        QTest::newRow("high bit set") << std::string(32, '\xff');
    }
    void badHexChangesNothing()
    {
        QFETCH(std::string, text);
        Bits128 out;
        out.bytes[3] = 7;
        const Bits128 before = out;
        QVERIFY(!fromHex(text, out));
        QCOMPARE(out, before);
    }

    void serverIdsPrintSixteenDigits()
    {
        QCOMPARE(toHex(ServerId(0xabc)), std::string("0000000000000abc"));
        QCOMPARE(toHex(ServerId(~std::uint64_t{0})), std::string(16, 'f'));
    }

    void bitsCompareAsBytes()
    {
        Bits128 low;
        low.bytes[15] = 0xff;
        Bits128 high;
        high.bytes[0] = 1;
        QVERIFY(low < high);
        QVERIFY(Bits128{}.isZero());
        QVERIFY(!low.isZero());
        QCOMPARE(high.view().size(), std::size_t(16));
    }

    void countersStopAtZero()
    {
        QCOMPARE(LogIndex(0).previous(), LogIndex(0));
        QCOMPARE(LogIndex(1).previous(), LogIndex(0));
        QCOMPARE(LogIndex(4).next(), LogIndex(5));
        QCOMPARE(LogIndex(4) + 3, LogIndex(7));
    }

    void distanceIsNeverNegative()
    {
        QCOMPARE(Seq(7) - Seq(3), std::uint64_t(4));
        QCOMPARE(Seq(3) - Seq(7), std::uint64_t(0));
        QCOMPARE(Seq(3) - Seq(3), std::uint64_t(0));
    }

    void zeroMeansNone()
    {
        QVERIFY(!Term{});
        QVERIFY(static_cast<bool>(Term(1)));
        Term term;
        QCOMPARE(++term, Term(1));
    }
};

QTEST_APPLESS_MAIN(TestIds)
#include "tst_ids.moc"

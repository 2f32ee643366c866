// SPDX-License-Identifier: GPL-3.0-or-later
//
// A seed must give the same numbers on every platform and in every version, or an old failing seed replays
// something else. The known values come from an independent implementation of xoshiro256** over splitmix64.
#include <QTest>

#include <array>
#include <limits>

#include "core/base/Random.h"

using namespace dsmsg;

using Numbers = std::array<std::uint64_t, 4>;

class TestRandom : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knownValues_data();
    void knownValues();

    void belowStaysBelow()
    {
        Random random(7);
        std::array<int, 6> seen{};
        for (int i = 0; i < 6000; ++i)
            ++seen.at(random.below(6));
        for (int count : seen)
            QVERIFY2(count > 800 && count < 1200, "far from uniform");
        QCOMPARE(random.below(1), std::uint64_t(0));
    }

    void betweenIsHalfOpen()
    {
        Random random(8);
        bool low = false;
        bool high = false;
        for (int i = 0; i < 1000; ++i) {
            const std::int64_t value = random.between(-2, 3);
            QVERIFY(value >= -2 && value < 3);
            low = low || value == -2;
            high = high || value == 2;
        }
        QVERIFY(low && high);
    }

    /// The width of the range does not fit the signed type.
    void betweenTheExtremes()
    {
        Random random(9);
        bool negative = false;
        bool positive = false;
        for (int i = 0; i < 100; ++i) {
            const std::int64_t value = random.between(std::numeric_limits<std::int64_t>::min(),
                                                      std::numeric_limits<std::int64_t>::max());
            negative = negative || value < 0;
            positive = positive || value > 0;
        }
        QVERIFY(negative && positive);
    }

    void chanceKeepsItsOdds()
    {
        Random random(10);
        int hits = 0;
        for (int i = 0; i < 10000; ++i)
            hits += random.chance(1, 4) ? 1 : 0;
        QVERIFY(hits > 2300 && hits < 2700);
        QVERIFY(!random.chance(0, 5));
        QVERIFY(random.chance(5, 5));
    }

    void bitsAreTheNextTwoWords()
    {
        Random bits(12345);
        Random words(12345);
        const Bits128 value = bits.bits128();
        const std::uint64_t first = words.next();
        const std::uint64_t second = words.next();
        QCOMPARE(value.bytes[0], static_cast<std::uint8_t>(first));
        QCOMPARE(value.bytes[15], static_cast<std::uint8_t>(second >> 56));
        QCOMPARE(bits.next(), words.next());
    }
};

void TestRandom::knownValues_data()
{
    QTest::addColumn<std::uint64_t>("seed");
    QTest::addColumn<Numbers>("expected");
    const auto row = [](const char* name, std::uint64_t seed, const Numbers& numbers) {
        QTest::newRow(name) << seed << numbers;
    };
    row("seed 0", 0, {0x99ec5f36cb75f2b4u, 0xbf6e1f784956452au, 0x1a5f849d4933e6e0u, 0x6aa594f1262d2d2cu});
    row("seed 1", 1, {0xb3f2af6d0fc710c5u, 0x853b559647364ceau, 0x92f89756082a4514u, 0x642e1c7bc266a3a7u});
    row("seed 12345", 12345,
        {0xbe6a36374160d49bu, 0x214aaa0637a688c6u, 0xf69d16de9954d388u, 0x0c60048c4e96e033u});
}

void TestRandom::knownValues()
{
    QFETCH(std::uint64_t, seed);
    QFETCH(Numbers, expected);
    Random random(seed);
    for (std::uint64_t value : expected)
        QCOMPARE(random.next(), value);
}

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"

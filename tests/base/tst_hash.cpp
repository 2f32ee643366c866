// SPDX-License-Identifier: GPL-3.0-or-later
//
// Both hashes are on disk and between nodes, so their values may never change. BLAKE2s-128 against the values
// of another implementation (CPython's), CRC-32 against the check value of its catalogue entry.
#include <QTest>

#include "core/base/Hash.h"

using namespace dsmsg;

class TestHash : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void blake2sVectors_data();
    void blake2sVectors();

    void partsAreOneAfterAnother()
    {
        QCOMPARE(blake2s128({"ab", "", "c"}), blake2s128({"abc"}));
        QVERIFY(blake2s128({"abc"}) != blake2s128({"acb"}));
    }

    void zeroBytesCount()
    {
        QVERIFY(blake2s128({std::string_view("\0", 1)}) != blake2s128({""}));
        QVERIFY(blake2s128({std::string_view("a\0b", 3)}) != blake2s128({"a"}));
    }

    void crcVectors()
    {
        QCOMPARE(crc32("123456789"), 0xcbf43926u);
        QCOMPARE(crc32(""), 0u);
        QCOMPARE(crc32("a"), 0xe8b7be43u);
    }

    void crcGoesOnFromASeed() { QCOMPARE(crc32("6789", crc32("12345")), crc32("123456789")); }

    void crcSeesEveryBit()
    {
        std::string text = "one row of the log";
        const std::uint32_t right = crc32(text);
        for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
            const char flip = static_cast<char>(1 << (bit % 8));
            text[bit / 8] = static_cast<char>(text[bit / 8] ^ flip);
            QVERIFY(crc32(text) != right);
            text[bit / 8] = static_cast<char>(text[bit / 8] ^ flip);
        }
    }
};

void TestHash::blake2sVectors_data()
{
    QTest::addColumn<std::string>("input");
    QTest::addColumn<std::string>("expected");
    std::string counting;
    for (int i = 0; i < 200; ++i)
        counting += static_cast<char>(i);
    QTest::newRow("nothing") << std::string() << std::string("64550d6ffe2c0a01a14aba1eade0200c");
    QTest::newRow("abc") << std::string("abc") << std::string("aa4938119b1dc7b87cbad0ffd200d0ae");
    QTest::newRow("an id") << std::string("message-1") << std::string("7539cdf4b7727c67025ce16e923f534c");
    QTest::newRow("several blocks") << counting << std::string("60e1aeb835cbdc82f24af34585a9df13");
}

void TestHash::blake2sVectors()
{
    QFETCH(std::string, input);
    QFETCH(std::string, expected);
    QCOMPARE(toHex(blake2s128({input})), expected);
}

QTEST_APPLESS_MAIN(TestHash)
#include "tst_hash.moc"

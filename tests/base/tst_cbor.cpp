// SPDX-License-Identifier: GPL-3.0-or-later
//
// The encoding is RFC 8949's (vectors from its appendix A), every value comes back, and no input, however
// wrong, does more than make the reader say no.
#include <QTest>

#include <functional>
#include <limits>

#include "core/base/Cbor.h"
#include "core/base/Random.h"

using namespace dsmsg;

namespace {

using Write = std::function<void(CborWriter&)>;
using Read = std::function<void(CborReader&)>;

std::string fromHexText(const char* hex)
{
    return QByteArray::fromHex(hex).toStdString();
}

std::string written(const Write& write)
{
    CborWriter writer;
    write(writer);
    return writer.take();
}

/// One of everything, as the codecs of the project combine it.
std::string sample()
{
    return written([](CborWriter& w) {
        w.array(6);
        w.integer(-70000);
        w.unsignedInteger(std::numeric_limits<std::uint64_t>::max());
        w.bytes(std::string(300, '\xfe'));
        w.text("übermorgen");
        w.boolean(true);
        w.null();
    });
}

bool readSample(CborReader& reader)
{
    const bool right = reader.array() == 6 && reader.integer() == -70000 &&
                       reader.unsignedInteger() == std::numeric_limits<std::uint64_t>::max() &&
                       reader.bytes() == std::string(300, '\xfe') && reader.text() == "übermorgen" &&
                       reader.boolean() && reader.skipNull();
    return right && reader.finished();
}

/// Every read there is, whatever the input: nothing may crash, and what fails must stay failed.
void readAnything(std::string_view data, Random& random)
{
    CborReader reader(data);
    bool failed = false;
    for (int i = 0; i < 50; ++i) {
        switch (random.below(7)) {
        case 0:
            QVERIFY(reader.array() <= data.size());
            break;
        case 1:
            reader.integer();
            break;
        case 2:
            reader.unsignedInteger();
            break;
        case 3:
            QVERIFY(reader.bytes().size() <= data.size());
            break;
        case 4:
            QVERIFY(reader.text().size() <= data.size());
            break;
        case 5:
            reader.boolean();
            break;
        default:
            reader.skipNull();
        }
        QVERIFY(reader.position() <= data.size());
        QVERIFY(!failed || !reader.ok());
        failed = !reader.ok();
    }
}

} // namespace

class TestCbor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void encodesAsTheStandardSays_data();
    void encodesAsTheStandardSays();
    void signedIntegersComeBack_data();
    void signedIntegersComeBack();
    void unsignedIntegersComeBack_data();
    void unsignedIntegersComeBack();
    void stringsComeBack_data();
    void stringsComeBack();
    void aWrongTypeIsRefused_data();
    void aWrongTypeIsRefused();
    void mapsNumbersAndSkipping();
    void whatTheProjectDoesNotUseIsRefused_data();
    void whatTheProjectDoesNotUseIsRefused();

    void everythingTogether()
    {
        const std::string data = sample();
        CborReader reader(data);
        QVERIFY(readSample(reader));
    }

    void everyTruncationIsRefused()
    {
        const std::string whole = sample();
        for (std::size_t length = 0; length < whole.size(); ++length) {
            // A copy of its own, so that a sanitizer sees one byte too many.
            const std::string cut = whole.substr(0, length);
            CborReader reader(cut);
            QVERIFY2(!readSample(reader), qPrintable(QString::number(length)));
        }
    }

    void leftOversAreNotFinished()
    {
        const std::string data = sample() + '\0';
        CborReader reader(data);
        QVERIFY(!readSample(reader));
        QVERIFY(reader.ok());
        QVERIFY(!reader.finished());
    }

    void aFalseArrayCountIsRefused()
    {
        for (const char* hex : {"9bffffffffffffffff00", "9a0000100001", "8201"}) {
            const std::string data = fromHexText(hex);
            CborReader reader(data);
            QCOMPARE(reader.array(), std::uint64_t(0));
            QVERIFY(!reader.ok());
        }
    }

    void aFalseStringLengthIsRefused()
    {
        for (const char* hex : {"5bffffffffffffffff00", "5a0000ffff0102", "4401", "7bfffffffffffffff000"}) {
            const std::string data = fromHexText(hex);
            CborReader reader(data);
            QVERIFY(reader.bytes().empty());
            QVERIFY(!reader.ok());
        }
    }

    void anIntegerBeyondInt64IsRefused()
    {
        for (const char* hex : {"1b8000000000000000", "3b8000000000000000", "3bffffffffffffffff"}) {
            const std::string data = fromHexText(hex);
            CborReader reader(data);
            QCOMPARE(reader.integer(), std::int64_t(0));
            QVERIFY(!reader.ok());
        }
    }

    void afterAFailureNothingIsRead()
    {
        const std::string data = written([](CborWriter& w) {
            w.text("not a number");
            w.unsignedInteger(5);
        });
        CborReader reader(data);
        QCOMPARE(reader.unsignedInteger(), std::uint64_t(0));
        QCOMPARE(reader.unsignedInteger(), std::uint64_t(0));
        QVERIFY(!reader.ok());
        QVERIFY(!reader.finished());
    }

    void theCallerMayFailIt()
    {
        const std::string data = written([](CborWriter& w) { w.unsignedInteger(5); });
        CborReader reader(data);
        reader.fail();
        QCOMPARE(reader.unsignedInteger(), std::uint64_t(0));
        QVERIFY(!reader.finished());
    }

    void skippingNullLeavesOthersAlone()
    {
        const std::string data = written([](CborWriter& w) {
            w.unsignedInteger(5);
            w.null();
        });
        CborReader reader(data);
        QVERIFY(!reader.skipNull());
        QVERIFY(reader.ok());
        QCOMPARE(reader.unsignedInteger(), std::uint64_t(5));
        QVERIFY(reader.skipNull());
        QVERIFY(reader.finished());
        QVERIFY(!reader.skipNull());
        QVERIFY(reader.finished());
    }

    void readingNothing()
    {
        CborReader reader(std::string_view{});
        QVERIFY(reader.finished());
        QCOMPARE(reader.array(), std::uint64_t(0));
        QVERIFY(!reader.ok());
    }

    void randomBytesNeverCrash()
    {
        Random random(1);
        for (int round = 0; round < 20000; ++round) {
            std::string data(random.below(40), '\0');
            for (char& byte : data)
                byte = static_cast<char>(random.below(256));
            readAnything(data, random);
        }
    }

    void flippedBitsNeverCrash()
    {
        Random random(2);
        const std::string whole = sample();
        for (int round = 0; round < 5000; ++round) {
            std::string data = whole;
            for (std::uint64_t flips = 1 + random.below(4); flips > 0; --flips) {
                char& byte = data[random.below(data.size())];
                byte = static_cast<char>(byte ^ static_cast<char>(1 << random.below(8)));
            }
            readAnything(data, random);
        }
    }
};

Q_DECLARE_METATYPE(Write)
Q_DECLARE_METATYPE(Read)

void TestCbor::encodesAsTheStandardSays_data()
{
    QTest::addColumn<Write>("write");
    QTest::addColumn<QByteArray>("hex");
    const auto row = [](const char* name, const Write& write, const char* hex) {
        QTest::newRow(name) << write << QByteArray(hex);
    };
    row(
        "0", [](CborWriter& w) { w.integer(0); }, "00");
    row(
        "23", [](CborWriter& w) { w.integer(23); }, "17");
    row(
        "24", [](CborWriter& w) { w.integer(24); }, "1818");
    row(
        "1000", [](CborWriter& w) { w.integer(1000); }, "1903e8");
    row(
        "1000000", [](CborWriter& w) { w.integer(1000000); }, "1a000f4240");
    row(
        "1000000000000", [](CborWriter& w) { w.integer(1000000000000); }, "1b000000e8d4a51000");
    row(
        "-1", [](CborWriter& w) { w.integer(-1); }, "20");
    row(
        "-1000", [](CborWriter& w) { w.integer(-1000); }, "3903e7");
    row(
        "false", [](CborWriter& w) { w.boolean(false); }, "f4");
    row(
        "true", [](CborWriter& w) { w.boolean(true); }, "f5");
    row(
        "null", [](CborWriter& w) { w.null(); }, "f6");
    row(
        "empty bytes", [](CborWriter& w) { w.bytes({}); }, "40");
    row(
        "bytes", [](CborWriter& w) { w.bytes("\x01\x02\x03\x04"); }, "4401020304");
    row(
        "text", [](CborWriter& w) { w.text("IETF"); }, "6449455446");
    row(
        "empty array", [](CborWriter& w) { w.array(0); }, "80");
    row(
        "array of 25", [](CborWriter& w) { w.array(25); }, "9819");
}

void TestCbor::encodesAsTheStandardSays()
{
    QFETCH(Write, write);
    QFETCH(QByteArray, hex);
    QCOMPARE(QByteArray::fromStdString(written(write)).toHex(), hex);
}

void TestCbor::signedIntegersComeBack_data()
{
    QTest::addColumn<qint64>("value");
    for (std::int64_t edge : {std::int64_t(0), std::int64_t(24), std::int64_t(256), std::int64_t(65536),
                              std::int64_t(1) << 32, std::numeric_limits<std::int64_t>::max()}) {
        for (std::int64_t value : {edge, edge - 1, -edge, -edge - 1})
            QTest::addRow("%lld", static_cast<long long>(value)) << static_cast<qint64>(value);
    }
}

void TestCbor::signedIntegersComeBack()
{
    QFETCH(qint64, value);
    const std::string data = written([value](CborWriter& w) { w.integer(value); });
    CborReader reader(data);
    QCOMPARE(static_cast<qint64>(reader.integer()), value);
    QVERIFY(reader.finished());
}

void TestCbor::unsignedIntegersComeBack_data()
{
    QTest::addColumn<quint64>("value");
    for (int bits : {0, 5, 8, 16, 32, 63}) {
        const quint64 power = quint64(1) << bits;
        QTest::addRow("2^%d - 1", bits) << power - 1;
        QTest::addRow("2^%d", bits) << power;
    }
    QTest::newRow("greatest") << std::numeric_limits<quint64>::max();
}

void TestCbor::unsignedIntegersComeBack()
{
    QFETCH(quint64, value);
    const std::string data = written([value](CborWriter& w) { w.unsignedInteger(value); });
    CborReader reader(data);
    QCOMPARE(static_cast<quint64>(reader.unsignedInteger()), value);
    QVERIFY(reader.finished());
}

void TestCbor::stringsComeBack_data()
{
    QTest::addColumn<std::string>("value");
    for (std::size_t length : {std::size_t(0), std::size_t(1), std::size_t(23), std::size_t(24),
                               std::size_t(255), std::size_t(256), std::size_t(65535), std::size_t(65536)})
        QTest::addRow("%zu bytes", length) << std::string(length, 'x');
    QTest::newRow("zero bytes inside") << std::string("a\0b", 3);
    QTest::newRow("not UTF-8") << std::string("\xff\xfe\x80");
}

void TestCbor::stringsComeBack()
{
    QFETCH(std::string, value);
    const std::string data = written([&](CborWriter& w) {
        w.bytes(value);
        w.text(value);
    });
    CborReader reader(data);
    QCOMPARE(std::string(reader.bytes()), value);
    QCOMPARE(std::string(reader.text()), value);
    QVERIFY(reader.finished());
}

void TestCbor::aWrongTypeIsRefused_data()
{
    QTest::addColumn<Write>("write");
    QTest::addColumn<Read>("read");
    const std::vector<std::pair<const char*, Write>> writes = {
        {"array", [](CborWriter& w) { w.array(0); }},
        {"negative", [](CborWriter& w) { w.integer(-5); }},
        {"unsigned", [](CborWriter& w) { w.unsignedInteger(5); }},
        {"bytes", [](CborWriter& w) { w.bytes("b"); }},
        {"text", [](CborWriter& w) { w.text("t"); }},
        {"boolean", [](CborWriter& w) { w.boolean(true); }},
        {"null", [](CborWriter& w) { w.null(); }},
    };
    const std::vector<std::pair<const char*, Read>> reads = {
        {"array", [](CborReader& r) { QCOMPARE(r.array(), std::uint64_t(0)); }},
        {"integer", [](CborReader& r) { QCOMPARE(r.integer(), std::int64_t(0)); }},
        {"unsigned", [](CborReader& r) { QCOMPARE(r.unsignedInteger(), std::uint64_t(0)); }},
        {"bytes", [](CborReader& r) { QVERIFY(r.bytes().empty()); }},
        {"text", [](CborReader& r) { QVERIFY(r.text().empty()); }},
        {"boolean", [](CborReader& r) { QVERIFY(!r.boolean()); }},
    };
    const auto fits = [](std::string_view is, std::string_view wanted) {
        return is == wanted || (wanted == "integer" && (is == "negative" || is == "unsigned"));
    };
    for (const auto& [is, write] : writes) {
        for (const auto& [wanted, read] : reads) {
            if (!fits(is, wanted))
                QTest::addRow("%s read as %s", is, wanted) << write << read;
        }
    }
}

void TestCbor::aWrongTypeIsRefused()
{
    QFETCH(Write, write);
    QFETCH(Read, read);
    const std::string data = written(write);
    CborReader reader(data);
    read(reader);
    QVERIFY(!reader.ok());
}

/// {"a": 1.5 (half float), "b": -2, "c": [{"x": h'00'}], "d": null}: what foreign clients send.
void TestCbor::mapsNumbersAndSkipping()
{
    const std::string data = QByteArray::fromHex("a4"
                                                 "6161f93e00"
                                                 "616221"
                                                 "616381a161784100"
                                                 "6164f6")
                                 .toStdString();
    CborReader reader(data);
    QCOMPARE(reader.peek(), CborReader::Kind::Map);
    QCOMPARE(reader.map(), 4U);
    QCOMPARE(reader.text(), std::string_view("a"));
    QCOMPARE(reader.peek(), CborReader::Kind::Real);
    QCOMPARE(reader.number(), 1.5);
    reader.skip(0);
    QCOMPARE(reader.number(), -2.0);
    QCOMPARE(reader.text(), std::string_view("c"));
    reader.skip(2);
    QVERIFY(reader.ok());
    QCOMPARE(reader.text(), std::string_view("d"));
    QCOMPARE(reader.peek(), CborReader::Kind::Null);
    reader.skip(0);
    QVERIFY(reader.finished());
    QCOMPARE(reader.peek(), CborReader::Kind::Invalid);

    CborReader deep(data);
    deep.skip(2); // the map, its array and the map in that are three
    QVERIFY(!deep.ok());
    const std::string promises = QByteArray::fromHex("bb00000000ffffffff").toStdString();
    CborReader false_(promises);
    QCOMPARE(false_.map(), 0U);
    QVERIFY(!false_.ok());
}

void TestCbor::whatTheProjectDoesNotUseIsRefused_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("indefinite array") << QByteArray("9fff");
    QTest::newRow("indefinite bytes") << QByteArray("5f4101ff");
    QTest::newRow("indefinite text") << QByteArray("7f6161ff");
    QTest::newRow("map") << QByteArray("a10102");
    QTest::newRow("tag") << QByteArray("c001");
    QTest::newRow("half float") << QByteArray("f93c00");
    QTest::newRow("double") << QByteArray("fb3ff199999999999a");
    QTest::newRow("undefined") << QByteArray("f7");
    QTest::newRow("break") << QByteArray("ff");
    QTest::newRow("reserved length") << QByteArray("1c");
}

void TestCbor::whatTheProjectDoesNotUseIsRefused()
{
    QFETCH(QByteArray, hex);
    const std::string data = QByteArray::fromHex(hex).toStdString();
    const std::vector<Read> reads = {[](CborReader& r) { r.array(); }, [](CborReader& r) { r.integer(); },
                                     [](CborReader& r) { r.bytes(); }, [](CborReader& r) { r.text(); },
                                     [](CborReader& r) { r.boolean(); }};
    for (const Read& read : reads) {
        CborReader reader(data);
        read(reader);
        QVERIFY(!reader.ok());
    }
    CborReader reader(data);
    QVERIFY(!reader.skipNull());
}

QTEST_APPLESS_MAIN(TestCbor)
#include "tst_cbor.moc"

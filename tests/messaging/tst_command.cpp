// SPDX-License-Identifier: GPL-3.0-or-later
//
// The replicated batch: every field comes back, payloads to the byte, and what is damaged or newer is refused
// in words.
#include <QTest>

#include "core/base/Cbor.h"
#include "core/base/Random.h"
#include "core/messaging/Command.h"

using namespace dsmsg;
using namespace dsmsg::messaging;

namespace {

Message sample(const std::string& id, const std::string& payload = "\"hello\"")
{
    Message message;
    message.msgId = id;
    message.sender = "älice";
    message.recipient = "bob";
    message.payload = payload;
    message.originalTs = UnixTime(Duration(1'700'000'000'123'456));
    message.receiveTs = UnixTime(Duration(1'700'000'000'223'456));
    message.correction = {Duration(-1500), Duration(700), CorrectionMethod::DriftCompensated, true};
    return message;
}

/// As far away as times may be.
Message furthest()
{
    Message message = sample("id");
    message.originalTs = UnixTime(Duration(-(std::int64_t{1} << 61)));
    message.receiveTs = UnixTime(Duration(std::int64_t{1} << 61));
    message.correction.appliedOffset = Duration(std::int64_t{1} << 62);
    message.correction.halfWidth = Duration(std::int64_t{1} << 60);
    return message;
}

/// What a batch gives back; empty when anything in it is refused.
std::vector<Message> decoded(std::string_view command)
{
    std::vector<Message> messages;
    const auto split = splitBatch(command);
    if (!split)
        return {};
    for (std::string_view encoded : *split) {
        const auto message = decodeMessage(encoded);
        if (!message)
            return {};
        messages.push_back(message->toMessage());
    }
    return messages;
}

} // namespace

class TestCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aBatchComesBack()
    {
        const std::vector<Message> batch = {sample("a"), sample("b", "{}"), sample("c", "")};
        QCOMPARE(decoded(encodeBatch(batch)), batch);
        QCOMPARE(decoded(encodeBatch({})), std::vector<Message>{});
        QVERIFY(splitBatch(encodeBatch({})).ok());
    }

    void payloadsAreKeptToTheByte_data()
    {
        QTest::addColumn<std::string>("payload");
        QTest::newRow("a number beyond double") << std::string("12345678901234567890");
        QTest::newRow("1.0") << std::string("1.0");
        QTest::newRow("spaces and key order") << std::string("{ \"b\" : 1,\n\"a\":2 }");
        QTest::newRow("a repeated key") << std::string("{\"a\":1,\"a\":2}");
        QTest::newRow("a zero byte") << std::string("\"\0\"", 3);
        QTest::newRow("not UTF-8") << std::string("\"\xff\xfe\"");
        QTest::newRow("a mebibyte") << std::string(1 << 20, 'x');
    }
    void payloadsAreKeptToTheByte()
    {
        QFETCH(std::string, payload);
        const std::vector<Message> batch = {sample("id", payload)};
        const auto back = decoded(encodeBatch(batch));
        QCOMPARE(back.size(), std::size_t(1));
        QCOMPARE(back.front().payload, payload);
    }

    void timesFarAwayComeBack()
    {
        const std::vector<Message> batch = {furthest()};
        QCOMPARE(decoded(encodeBatch(batch)), batch);
    }

    /// Sums of them would not fit 64 bits.
    void timesBeyondAreRefused()
    {
        const auto refused = [](const Message& message) {
            const std::string command = encodeBatch(std::span(&message, 1));
            return !decodeMessage(splitBatch(command)->front()).ok();
        };
        Message message = furthest();
        message.originalTs -= Duration(1);
        QVERIFY(refused(message));
        message = furthest();
        message.receiveTs += Duration(1);
        QVERIFY(refused(message));
        message = furthest();
        message.correction.appliedOffset += Duration(1);
        QVERIFY(refused(message));
        message = furthest();
        *message.correction.halfWidth += Duration(1);
        QVERIFY(refused(message));
        message.correction.halfWidth = Duration(-2);
        QVERIFY(refused(message));
    }

    void anUnknownWidthComesBack()
    {
        Message message = sample("id");
        message.correction.halfWidth.reset();
        QCOMPARE(decoded(encodeBatch(std::span(&message, 1))), std::vector{message});
    }

    void theCorrectedTimeIsTheSum()
    {
        QCOMPARE(sample("id").correctedTs(), UnixTime(Duration(1'700'000'000'121'956)));
    }

    void everyTruncationIsRefused()
    {
        const std::vector<Message> batch = {sample("a"), sample("b")};
        const std::string whole = encodeBatch(batch);
        for (std::size_t length = 0; length < whole.size(); ++length)
            QVERIFY(!splitBatch(std::string(whole, 0, length)).ok());
        QCOMPARE(splitBatch(whole + '\0').error().kind, Error::Kind::Corrupt);
    }

    void aLaterVersionIsRefusedInWords()
    {
        CborWriter later;
        later.array(3);
        later.unsignedInteger(commandVersion + 1);
        later.unsignedInteger(1);
        later.array(0);
        const auto split = splitBatch(later.buffer());
        QVERIFY(!split.ok());
        QCOMPARE(split.error().kind, Error::Kind::Invalid);
        QVERIFY(split.error().text.find("Upgrade") != std::string::npos);
    }

    void anUnknownCommandIsRefused()
    {
        CborWriter unknown;
        unknown.array(3);
        unknown.unsignedInteger(commandVersion);
        unknown.unsignedInteger(2);
        unknown.array(0);
        QVERIFY(!splitBatch(unknown.buffer()).ok());
    }

    void aMessageNeedsAnIdAndAKnownMethod()
    {
        const std::vector<Message> nameless = {sample("")};
        const auto split = splitBatch(encodeBatch(nameless));
        QVERIFY(!decodeMessage(split->front()).ok());

        const std::vector<Message> batch = {sample("id")};
        std::string encoded(splitBatch(encodeBatch(batch))->front());
        QVERIFY(decodeMessage(encoded).ok());
        const std::size_t method = encoded.size() - 3; // verified and ttl follow it
        encoded[method] = 3;                           // one more than the last
        QVERIFY(!decodeMessage(encoded).ok());
    }

    void aTtlIsPositive()
    {
        std::vector<Message> batch = {sample("id")};
        batch[0].ttl = Duration(7);
        const std::string whole = encodeBatch(batch);
        std::string encoded(splitBatch(whole)->front());
        QCOMPARE(decodeMessage(encoded)->ttl, std::optional(Duration(7)));
        encoded.back() = '\x20'; // -1
        QVERIFY(!decodeMessage(encoded).ok());
    }

    void damageNeverCrashes()
    {
        Random random(11);
        const std::vector<Message> batch = {sample("a"), sample("b")};
        const std::string whole = encodeBatch(batch);
        for (int round = 0; round < 20000; ++round) {
            std::string bytes = whole;
            for (std::uint64_t n = 1 + random.below(4); n > 0; --n)
                bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
            bytes.resize(random.below(bytes.size() + 1));
            decoded(bytes);
        }
    }

    void methodsHaveTheContractsNames()
    {
        QCOMPARE(std::string(toString(CorrectionMethod::Offset)), std::string("offset"));
        QCOMPARE(std::string(toString(CorrectionMethod::DriftCompensated)), std::string("drift_compensated"));
        QCOMPARE(std::string(toString(CorrectionMethod::Hybrid)), std::string("hybrid"));
    }
};

QTEST_APPLESS_MAIN(TestCommand)
#include "tst_command.moc"

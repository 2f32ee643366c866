// SPDX-License-Identifier: GPL-3.0-or-later
//
// A configuration survives its encoding, damaged bytes are refused, and membership questions have one answer.
#include <QTest>

#include "core/base/Cbor.h"
#include "core/base/Random.h"
#include "core/raft/Configuration.h"

using namespace dsmsg;
using namespace dsmsg::raft;

namespace {

Configuration sample()
{
    Configuration configuration;
    configuration.cluster.bytes[15] = 9;
    configuration.members = {{ServerId(11), "n1", "http://10.0.0.1:8000", MemberRole::Voter},
                             {ServerId(12), "n2", "http://10.0.0.2:8000", MemberRole::Voter},
                             {ServerId(), "", "http://10.0.0.3:8000", MemberRole::Voter},
                             {ServerId(14), "n4", "http://10.0.0.4:8000", MemberRole::Learner}};
    configuration.oldVoters = {ServerId(11), ServerId(15)};
    return configuration;
}

} // namespace

class TestConfiguration : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void encodingRoundTrips()
    {
        for (const Configuration& configuration : {sample(), Configuration{}}) {
            const auto decoded = decodeConfiguration(encodeConfiguration(configuration));
            QVERIFY(decoded.ok());
            QCOMPARE(*decoded, configuration);
        }
    }

    void everyTruncationIsRefused()
    {
        const std::string whole = encodeConfiguration(sample());
        for (std::size_t length = 0; length < whole.size(); ++length)
            QVERIFY(!decodeConfiguration(whole.substr(0, length)).ok());
        QVERIFY(!decodeConfiguration(whole + '\0').ok());
    }

    /// As it was written at first, without `replaces`.
    void theFirstVersionIsStillRead()
    {
        Configuration now = sample();
        CborWriter writer;
        writer.array(4);
        writer.unsignedInteger(1);
        writer.bytes(now.cluster.view());
        writer.array(now.members.size());
        for (Member& member : now.members) {
            member.replaces = {};
            writer.array(4);
            writer.unsignedInteger(member.server.value);
            writer.text(member.id);
            writer.text(member.url);
            writer.unsignedInteger(static_cast<std::uint64_t>(member.role));
        }
        writer.array(now.oldVoters.size());
        for (ServerId server : now.oldVoters)
            writer.unsignedInteger(server.value);
        const auto decoded = decodeConfiguration(writer.take());
        QVERIFY(decoded.ok());
        QCOMPARE(*decoded, now);
    }

    void aLaterVersionIsRefusedInWords()
    {
        std::string bytes = encodeConfiguration(sample());
        QCOMPARE(bytes[1], '\x02');
        bytes[1] = '\x03';
        const auto decoded = decodeConfiguration(bytes);
        QVERIFY(!decoded.ok());
        QVERIFY(decoded.error().text.find("newer version") != std::string::npos);
    }

    void damageNeverCrashes()
    {
        Random random(7);
        const std::string whole = encodeConfiguration(sample());
        for (int round = 0; round < 20000; ++round) {
            std::string bytes = whole;
            for (std::uint64_t n = 1 + random.below(3); n > 0; --n)
                bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
            const auto decoded = decodeConfiguration(bytes);
            if (decoded.ok())
                QCOMPARE(*decodeConfiguration(encodeConfiguration(*decoded)), *decoded);
        }
    }

    void anUnboundSlotIsNobody()
    {
        const Configuration configuration = sample();
        QCOMPARE(configuration.find(ServerId()), nullptr);
        QVERIFY(!configuration.isVoter(ServerId()));
        QVERIFY(configuration.findUrl("http://10.0.0.3:8000") != nullptr);
        QVERIFY(!configuration.findUrl("http://10.0.0.3:8000")->bound());
        QCOMPARE(configuration.findUrl("http://10.0.0.9:8000"), nullptr);
        QCOMPARE(configuration.voterSlots(), std::size_t(3));
    }

    void outgoingVotersStillVote()
    {
        const Configuration configuration = sample();
        QVERIFY(configuration.isVoter(ServerId(15)));
        QVERIFY(configuration.isVoter(ServerId(12)));
        QVERIFY(!configuration.isVoter(ServerId(14)));
        QVERIFY(!configuration.isVoter(ServerId(99)));
    }

    void othersAreEveryBoundMemberOnce()
    {
        const std::vector<ServerId> others = sample().others(ServerId(11));
        QCOMPARE(others, (std::vector{ServerId(12), ServerId(14), ServerId(15)}));
    }

    void effectiveQuorums_data()
    {
        QTest::addColumn<int>("voters");
        QTest::addColumn<int>("asked");
        QTest::addColumn<int>("effective");
        QTest::newRow("a single node with the default") << 1 << 2 << 1;
        QTest::newRow("two") << 2 << 2 << 2;
        QTest::newRow("three, one asked") << 3 << 1 << 2;
        QTest::newRow("three, all asked") << 3 << 3 << 3;
        QTest::newRow("three, more than all asked") << 3 << 9 << 3;
        QTest::newRow("five with the default") << 5 << 2 << 3;
        QTest::newRow("five, four asked") << 5 << 4 << 4;
        QTest::newRow("even") << 4 << 2 << 3;
    }
    void effectiveQuorums()
    {
        QFETCH(int, voters);
        QFETCH(int, asked);
        QFETCH(int, effective);
        QCOMPARE(effectiveQuorum(static_cast<std::size_t>(voters), static_cast<std::size_t>(asked)),
                 static_cast<std::size_t>(effective));
    }
};

QTEST_APPLESS_MAIN(TestConfiguration)
#include "tst_configuration.moc"

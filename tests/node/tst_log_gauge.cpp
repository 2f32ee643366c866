// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/node/LogGauge.h"

namespace dsmsg::node {

class TestLogGauge : public QObject
{
    Q_OBJECT

    /// Entries of 100 bytes and 10 messages.
    static void fill(LogGauge& gauge, std::uint64_t first, std::uint64_t last)
    {
        for (std::uint64_t index = first; index <= last; ++index)
            gauge.applied(LogIndex(index), 100, 10);
    }

private Q_SLOTS:
    void aShortLogStays()
    {
        LogGauge gauge({.bytes = 10'000, .messages = 1'000'000});
        fill(gauge, 1, 112);
        QVERIFY(!gauge.target());
    }

    void enoughIsLeftByBytes()
    {
        LogGauge gauge({.bytes = 10'000, .messages = 1'000'000});
        fill(gauge, 1, 200);
        const auto target = gauge.target();
        QVERIFY(target);
        QVERIFY(target->value <= 100 && target->value >= 95); // 100 entries stay, the marks being two apart
    }

    void enoughIsLeftByMessagesWhenThatIsLess()
    {
        LogGauge gauge({.bytes = 1'000'000, .messages = 500});
        fill(gauge, 1, 100);
        const auto target = gauge.target();
        QVERIFY(target);
        QVERIFY(target->value <= 50 && target->value >= 45);
    }

    void whatIsGoneCountsNoMore()
    {
        LogGauge gauge({.bytes = 10'000, .messages = 1'000'000});
        fill(gauge, 1, 200);
        gauge.compacted(*gauge.target());
        QVERIFY(!gauge.target());
        fill(gauge, 201, 230);
        QVERIFY(gauge.target());
        gauge.reset(LogIndex(500));
        QVERIFY(!gauge.target());
    }

    void aLogFoundAtStartIsTakenAsEven()
    {
        LogGauge gauge({.bytes = 10'000, .messages = 1'000'000});
        gauge.restored(LogIndex(1000), LogIndex(1400), 40'000, 4'000);
        QVERIFY(!gauge.target() || *gauge.target() <= LogIndex(1300));
        fill(gauge, 1401, 1520);
        const auto target = gauge.target();
        QVERIFY(target && *target <= LogIndex(1420) && *target >= LogIndex(1400));
    }
};

} // namespace dsmsg::node

QTEST_APPLESS_MAIN(dsmsg::node::TestLogGauge)
#include "tst_log_gauge.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows for charts: how long they are kept, and what a joined row says.
#include <QTest>

#include "core/node/History.h"

using namespace dsmsg;
using namespace dsmsg::node;
using namespace std::chrono_literals;

namespace {

constexpr UnixTime start{std::chrono::seconds(1'700'000'000)}; // a whole ten

UnixTime at(std::int64_t second)
{
    return start + std::chrono::seconds(second);
}

HistoryRow rowAt(std::int64_t second)
{
    HistoryRow row;
    row.at = at(second);
    row.commit = LogIndex(static_cast<std::uint64_t>(second));
    return row;
}

History historyOf(std::int64_t seconds)
{
    History history;
    for (std::int64_t i = 0; i < seconds; ++i)
        history.add(rowAt(i));
    return history;
}

} // namespace

class TestHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void secondsAreKeptForAQuarterOfAnHourAndTensForADay()
    {
        constexpr std::int64_t twoDays = 2 * 24 * 3600;
        const History history = historyOf(twoDays);
        const auto seconds = history.find({.step = 1s}).rows;
        QCOMPARE(seconds.size(), History::secondsKept);
        QCOMPARE(seconds.front().at, at(twoDays - 900));
        QCOMPARE(seconds.back().at, at(twoDays - 1));
        const auto tens = history.find({.step = 10s}).rows;
        QCOMPARE(tens.size(), History::tensKept + 1); // and the one under way
        QCOMPARE(tens.back().at, at(twoDays - 1));
        QCOMPARE(tens.front().seconds, 10u);
    }

    void fromAndToAreHalfOpen()
    {
        const auto rows = historyOf(20).find({.from = at(5), .to = at(8), .step = 1s}).rows;
        QCOMPARE(rows.size(), std::size_t(3));
        QCOMPARE(rows.front().at, at(5));
        QCOMPARE(rows.back().at, at(7));
    }

    void aJoinedRowShowsTheWorst()
    {
        History history;
        for (std::int64_t i = 0; i < 5; ++i) {
            HistoryRow row = rowAt(i);
            row.acknowledged = static_cast<float>(10 * i);
            row.p99 = i == 2 ? 80.0f : -1.0f;
            row.lag = i == 3 ? 7.0f : 0.0f;
            row.clockOffset = i == 1 ? -5.0f : 2.0f;
            history.add(row);
        }
        const auto rows = history.find({.step = 5s}).rows;
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0].at, at(4));
        QCOMPARE(rows[0].commit, LogIndex(4));
        QCOMPARE(rows[0].acknowledged, 20.0f);
        QCOMPARE(rows[0].p99, 80.0f);
        QCOMPARE(rows[0].p50, -1.0f);
        QCOMPARE(rows[0].lag, 7.0f);
        QCOMPARE(rows[0].clockOffset, -5.0f);
        QCOMPARE(rows[0].seconds, 5u);
    }

    void anyStepJoinsWholeStretches()
    {
        const auto rows = historyOf(3600).find({.step = 60s}).rows;
        for (std::size_t i = 1; i + 1 < rows.size(); ++i)
            QCOMPARE(rows[i].seconds, 60u);
        std::uint32_t seconds = 0;
        for (const HistoryRow& row : rows)
            seconds += row.seconds;
        QCOMPARE(seconds, 3600u);
    }

    void aPageIsBounded()
    {
        const History history = historyOf(100);
        const HistoryPage page = history.find({.step = 1s, .rowsMax = 30});
        QCOMPARE(page.rows.size(), std::size_t(30));
        QVERIFY(page.more);
        QVERIFY(!history.find({.step = 1s, .rowsMax = 100}).more);
        const HistoryPage next = history.find({.from = page.rows.back().at + 1us, .step = 1s, .rowsMax = 30});
        QCOMPARE(next.rows.front().at, at(30));
    }
};

QTEST_APPLESS_MAIN(TestHistory)
#include "tst_history.moc"

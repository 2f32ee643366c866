// SPDX-License-Identifier: GPL-3.0-or-later
//
// The simulator itself: one seed, one history; another seed, another one.
#include <sstream>

#include <QtTest>

#include "tests/support/sim/World.h"

using namespace dsmsg;
using namespace dsmsg::sim;

class Simulator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSeedReplays_data();
    void aSeedReplays();
    void seedsDiffer();
    void theTraceIsWritten();
    void clocksKeepTheirPromises();
    void wallClocksAreSetAndGoWithTheOthers();
};

void Simulator::aSeedReplays_data()
{
    QTest::addColumn<int>("nodes");
    QTest::newRow("one node") << 1;
    QTest::newRow("three nodes") << 3;
    QTest::newRow("five nodes") << 5;
}

void Simulator::aSeedReplays()
{
    QFETCH(int, nodes);
    for (std::uint64_t seed = 7001; seed < 7006; ++seed) {
        const WorldResult first = World({.seed = seed, .nodes = nodes, .trace = nullptr}).run();
        const WorldResult second = World({.seed = seed, .nodes = nodes, .trace = nullptr}).run();
        QVERIFY2(!first.violation, first.violation ? first.violation->what.c_str() : "");
        QCOMPARE(first.traceHash, second.traceHash);
        QCOMPARE(first.events, second.events);
        QVERIFY(first.messages > 0);
    }
}

void Simulator::seedsDiffer()
{
    const WorldResult one = World({.seed = 1, .nodes = 3, .trace = nullptr}).run();
    const WorldResult two = World({.seed = 2, .nodes = 3, .trace = nullptr}).run();
    QVERIFY(one.traceHash != two.traceHash);
}

void Simulator::theTraceIsWritten()
{
    std::ostringstream trace;
    const WorldResult result = World({.seed = 3, .nodes = 3, .trace = &trace}).run();
    QVERIFY(trace.str().find("is Leader of term") != std::string::npos);
    QCOMPARE(result.tail.size(), Trace::keptLines);
    QVERIFY(trace.str().ends_with(result.tail.back() + "\n"));
}

void Simulator::clocksKeepTheirPromises()
{
    using std::chrono::milliseconds;
    SimClock clock{milliseconds(5)};
    clock.setRate(milliseconds(100), 10000); // one in a hundred too fast
    const auto before = clock.at(milliseconds(100));
    QCOMPARE((clock.at(milliseconds(1100)) - before).count(), 1010000);
    const auto later = before + milliseconds(300);
    QVERIFY(clock.at(clock.when(later)) >= later);
    QVERIFY(clock.at(clock.when(later) - dsmsg::Duration(1)) < later);
    clock.leap(milliseconds(1100), milliseconds(70));
    QCOMPARE((clock.at(milliseconds(1100)) - before).count(), 1080000);
}

void Simulator::wallClocksAreSetAndGoWithTheOthers()
{
    using namespace std::chrono;
    SimClock clock{milliseconds(5)};
    clock.setRate(Duration{}, 100);
    clock.setWall(milliseconds(10), trueTime(milliseconds(10)) - seconds(2));
    const auto error = [&](SimTime t) { return (clock.wallAt(t) - trueTime(t)).count(); };
    QCOMPARE(error(milliseconds(10)), -2000000);
    QCOMPARE(error(milliseconds(1010)), -1999900); // drifts as the boot-time clock does
    const auto boot = clock.at(milliseconds(1010));
    clock.setWall(milliseconds(1010), clock.wallAt(milliseconds(1010)) + seconds(3));
    QCOMPARE(error(milliseconds(1010)), 1000100);
    QCOMPARE(clock.at(milliseconds(1010)), boot);
    clock.leap(milliseconds(1010), milliseconds(70)); // takes both along
    QCOMPARE(error(milliseconds(1010)), 1070100);
}

QTEST_APPLESS_MAIN(Simulator)
#include "tst_simulator.moc"

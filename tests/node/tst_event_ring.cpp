// SPDX-License-Identifier: GPL-3.0-or-later
//
// Resuming: an observer gets every event after the one it saw last, or is told that some are gone.
#include <QTest>

#include "core/node/EventRing.h"

using namespace dsmsg;
using namespace dsmsg::node;

namespace {

constexpr std::uint64_t origin = 1000;

/// A ring of five after `count` events: ids 1001, 1002, ...
EventRing ringAfter(int count)
{
    EventRing ring(origin, 5);
    for (int i = 0; i < count; ++i) {
        ObservedEvent event;
        event.kind = "peer_lost";
        event.text = std::to_string(i);
        ring.add(std::move(event));
    }
    return ring;
}

/// "1001 1002 gap"
QString idsOf(const EventPage& page)
{
    QStringList ids;
    for (const ObservedEvent& event : page.events)
        ids.append(QString::number(event.id));
    if (page.gap)
        ids.append(QStringLiteral("gap"));
    return ids.join(QLatin1Char(' '));
}

} // namespace

class TestEventRing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void after_data()
    {
        QTest::addColumn<int>("added");
        QTest::addColumn<quint64>("after");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, int added, quint64 after, const char* expected) {
            QTest::newRow(name) << added << after << QString::fromLatin1(expected);
        };
        row("everything, none yet", 0, 0, "");
        row("everything", 3, 0, "1001 1002 1003");
        row("everything that is kept", 7, 0, "1003 1004 1005 1006 1007 gap");
        row("the newest is known", 3, 1003, "");
        row("some are new", 3, 1001, "1002 1003");
        row("none yet, from the beginning", 0, 1000, "");
        row("exactly what is kept", 7, 1002, "1003 1004 1005 1006 1007");
        row("one is gone", 7, 1001, "1003 1004 1005 1006 1007 gap");
        row("of an earlier run", 2, 17, "1001 1002 gap");
        row("never given", 2, 5000, "1001 1002 gap");
        row("the greatest number", 2, UINT64_MAX, "1001 1002 gap");
    }
    void after()
    {
        QFETCH(int, added);
        QFETCH(quint64, after);
        QFETCH(QString, expected);
        QCOMPARE(idsOf(ringAfter(added).after(after, 100)), expected);
    }

    void aPageIsBoundedAndGoesOn()
    {
        const EventRing ring = ringAfter(5);
        const EventPage first = ring.after(0, 2);
        QCOMPARE(idsOf(first), QStringLiteral("1001 1002"));
        QCOMPARE(first.last, std::uint64_t(1005));
        QCOMPARE(idsOf(ring.after(1002, 2)), QStringLiteral("1003 1004"));
        QCOMPARE(idsOf(ring.after(1004, 2)), QStringLiteral("1005"));
    }

    void aGapSaysWhereItEnds()
    {
        QCOMPARE(ringAfter(7).after(1001, 100).firstKept, std::uint64_t(1003));
        QCOMPARE(ringAfter(0).after(1, 100).firstKept, std::uint64_t(1001));
    }
};

QTEST_APPLESS_MAIN(TestEventRing)
#include "tst_event_ring.moc"

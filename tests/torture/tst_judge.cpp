// SPDX-License-Identifier: GPL-3.0-or-later
//
// The judge's check of real time on histories made up by hand: what is allowed passes, what is not is found.
#include <QHash>
#include <QTest>

#include "tests/torture/Judge.h"

using namespace dsmsg;
using namespace dsmsg::test;
using namespace std::chrono_literals;

namespace {

Sent sentOf(const char* id, Milliseconds issued, Milliseconds acknowledged, quint64 seq)
{
    Sent sent{.id = QLatin1String(id), .seq = seq};
    sent.issuedAt += issued;
    sent.acknowledgedAt += acknowledged;
    return sent;
}

QHash<QString, quint64> storedOf(const std::vector<Sent>& sent)
{
    QHash<QString, quint64> stored;
    for (const Sent& message : sent)
        stored.insert(message.id, message.seq);
    return stored;
}

} // namespace

class TestJudge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneAfterTheOther()
    {
        const std::vector<Sent> sent{sentOf("a", 1ms, 2ms, 1), sentOf("b", 3ms, 4ms, 2)};
        QCOMPARE(torture::checkRealTime(sent, storedOf(sent)), QStringList());
    }

    void atTheSameTimeAnyOrderIsRight()
    {
        const std::vector<Sent> sent{sentOf("a", 1ms, 5ms, 2), sentOf("b", 2ms, 6ms, 1)};
        QCOMPARE(torture::checkRealTime(sent, storedOf(sent)), QStringList());
    }

    void theLaterOneMustComeLater()
    {
        const std::vector<Sent> sent{sentOf("a", 1ms, 2ms, 2), sentOf("b", 3ms, 4ms, 1)};
        const QStringList findings = torture::checkRealTime(sent, storedOf(sent));
        QCOMPARE(findings.size(), 1);
        QVERIFY2(findings[0].contains(QLatin1String("order: b (seq 1)")), qPrintable(findings[0]));
    }

    void alsoBehindManyOthers()
    {
        const std::vector<Sent> sent{sentOf("a", 0ms, 2ms, 9), sentOf("b", 0ms, 3ms, 4),
                                     sentOf("c", 4ms, 5ms, 8)};
        QCOMPARE(torture::checkRealTime(sent, storedOf(sent)).size(), 1);
    }

    void storedWithoutAnAcknowledgementCountsToo()
    {
        const std::vector<Sent> sent{sentOf("a", 1ms, 2ms, 2), sentOf("b", 3ms, 0ms, 0)};
        QCOMPARE(torture::checkRealTime(sent, {{QStringLiteral("a"), 2}, {QStringLiteral("b"), 1}}).size(),
                 1);
        QCOMPARE(torture::checkRealTime(sent, {{QStringLiteral("a"), 2}}), QStringList());
    }

    void aRepeatKeepsItsFirstPlace()
    {
        std::vector<Sent> sent{sentOf("a", 1ms, 2ms, 1), sentOf("b", 3ms, 4ms, 2), sentOf("a", 5ms, 6ms, 1)};
        sent[2].repeated = true;
        QCOMPARE(torture::checkRealTime(sent, storedOf(sent)), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestJudge)
#include "tst_judge.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The palette finds what a person meant by few letters, and the best of it first.
#include <QTest>

#include "app/monitor/app/CommandModel.h"
#include "app/monitor/app/FuzzyMatch.h"

using namespace dsmsg::monitor;

namespace {

int scoreOf(const char* query, const char* text)
{
    const auto hit = fuzzyMatch(QString::fromLatin1(query), QString::fromLatin1(text));
    return hit ? hit->score : -1;
}

QVariantMap command(const char* title, const char* group = "", const char* hint = "")
{
    return {{QStringLiteral("title"), QString::fromLatin1(title)},
            {QStringLiteral("group"), QString::fromLatin1(group)},
            {QStringLiteral("hint"), QString::fromLatin1(hint)}};
}

QStringList titles(const CommandModel& model)
{
    QStringList result;
    for (int row = 0; row < model.count(); ++row)
        result += model.data(model.index(row), CommandModel::TitleRole).toString();
    return result;
}

} // namespace

class TestFuzzyMatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void matches_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("found");
        const auto row = [](const char* query, const char* text, bool found) {
            QTest::addRow("'%s' in '%s'", query, text)
                << QString::fromUtf8(query) << QString::fromUtf8(text) << found;
        };
        row("", "Overview", true);
        row("over", "Overview", true);
        row("OVER", "Overview", true);
        row("ktl", "Kill the leader", true);
        row("leader kill", "Kill the leader", true);
        row("  leader  ", "Kill the leader", true);
        row("overviews", "Overview", false);
        row("reader", "Kill the leader", false);
        row("kk", "Kill the leader", false);
        row("ü", "Knoten prüfen", true);
        row("x", "", false);
    }
    void matches()
    {
        QFETCH(QString, query);
        QFETCH(QString, text);
        QFETCH(bool, found);
        QCOMPARE(fuzzyMatch(query, text).has_value(), found);
    }

    void betterAlignmentsScoreMore_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("the beginnings of words before letters within")
            << QStringLiteral("kl") << QStringLiteral("Kill the leader") << QStringLiteral("Look closely");
        QTest::newRow("letters together before letters apart")
            << QStringLiteral("node") << QStringLiteral("Show nodes")
            << QStringLiteral("Not on the disk, early");
        QTest::newRow("the beginning before the middle")
            << QStringLiteral("raft") << QStringLiteral("Raft") << QStringLiteral("Craft");
    }
    void betterAlignmentsScoreMore()
    {
        QFETCH(QString, query);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        const auto first = fuzzyMatch(query, better);
        const auto second = fuzzyMatch(query, worse);
        QVERIFY(first && second);
        QVERIFY2(first->score > second->score,
                 qPrintable(QStringLiteral("%1 and %2").arg(first->score).arg(second->score)));
    }

    void theBestAlignmentCountsNotTheFirst()
    {
        // The first "a" stands within "Slack"; the second begins a word.
        const auto hit = fuzzyMatch(QStringLiteral("a"), QStringLiteral("Slack all"));
        QVERIFY(hit);
        QCOMPARE(hit->positions, QList<int>{6});
    }

    void longTextsAreCut()
    {
        QVERIFY(scoreOf("b", (std::string(199, 'a') + "b").c_str()) >= 0);
        QVERIFY(scoreOf("b", (std::string(200, 'a') + "b").c_str()) < 0);
    }

    void modelListsTheBestFirst()
    {
        CommandModel model;
        model.setCommands({command("Overview"), command("Clocks"), command("Kill the leader", "Faults"),
                           command("Light", "Look")});
        QCOMPARE(model.count(), 4);
        model.setQuery(QStringLiteral("cl"));
        QCOMPARE(titles(model).value(0), QStringLiteral("Clocks"));
        QCOMPARE(model.sourceOf(0), 1);
        model.setQuery(QStringLiteral("nothing at all"));
        QCOMPARE(model.count(), 0);
        QCOMPARE(model.sourceOf(0), -1);
    }

    void modelFindsByGroupAfterTitle()
    {
        CommandModel model;
        model.setCommands({command("Light", "Look"), command("Look around", "")});
        model.setQuery(QStringLiteral("look"));
        QCOMPARE(titles(model), (QStringList{QStringLiteral("Look around"), QStringLiteral("Light")}));
    }

    void modelMarksWhatMatchedAndEscapesTheRest()
    {
        CommandModel model;
        model.setCommands({command("a<b>")});
        model.setQuery(QStringLiteral("b"));
        QCOMPARE(model.data(model.index(0), CommandModel::MarkedRole).toString(),
                 QStringLiteral("a&lt;<b>b</b>&gt;"));
    }
};

QTEST_APPLESS_MAIN(TestFuzzyMatch)
#include "tst_fuzzy_match.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the fault lab works out by itself, without any node: what would remain, who a script means, what a
// matrix shows, and whether the verdict is able to fail.
#include <QTemporaryDir>
#include <QTest>

#include "app/monitor/lab/LabVerdict.h"
#include "app/monitor/lab/LinkMatrix.h"
#include "app/monitor/lab/QuorumRisk.h"
#include "app/monitor/lab/ScenarioModel.h"
#include "app/monitor/lab/ScenarioTexts.h"

namespace dsmsg::monitor {

namespace {

QuorumPicture cluster(int nodes)
{
    QuorumPicture picture;
    for (int i = 1; i <= nodes; ++i)
        picture.voters.append({QStringLiteral("n%1").arg(i), true});
    return picture;
}

/// A run in which all went well.
RunRecord honest()
{
    RunRecord record;
    record.scenario = QStringLiteral("Kill the leader");
    record.nodes = 3;
    record.load.acknowledged = 1000;
    record.load.longestSilenceMs = 640;
    record.read.messages = 1000;
    record.read.nodes = 3;
    record.read.equal = true;
    record.read.hash = QStringLiteral("0123456789abcdef");
    for (int i = 1; i <= 3; ++i) {
        soak::Verifier::NodeReport report;
        report.name = QStringLiteral("n%1").arg(i);
        report.messages = 1000;
        report.hash = record.read.hash;
        record.read.reports.append(report);
    }
    record.deeds.append({100.0, QStringLiteral("n1 killed"), QStringLiteral("n1"), QStringLiteral("skull"), true});
    record.leaders.append({100.41, 5, QStringLiteral("n2"), 410});
    record.catchUps.append({QStringLiteral("n1"), 214, 380});
    return record;
}

bool mentions(const Judgement& judgement, const QString& text)
{
    return std::ranges::any_of(judgement.evidence, [&](const Finding& finding) {
        return finding.title.contains(text) || finding.detail.contains(text);
    });
}

} // namespace

class TestLabRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatRemains_data();
    void whatRemains();
    void onlyWhatWouldBeLostIsAsked();
    void oneWayCutsCount();
    void aWiderQuorumCounts();
    void everyBundledScenarioCanBeRead();
    void aWrongScenarioSaysWhichStep_data();
    void aWrongScenarioSaysWhichStep();
    void aScenarioComesBackAsWritten();
    void ownScenariosAreKept();
    void whomAScriptMeans();
    void faultsAreOrderedInTheNodesUnits();
    void theMatrixShowsWhoCuts();
    void theMatrixBelievesTheListener();
    void anHonestRunIsClean();
    void aTamperedRunIsNot_data();
    void aTamperedRunIsNot();
    void asyncLossesAreApart();
    void nothingAcknowledgedProvesNothing();
    void theEvidenceNamesWhatHappened();
};

void TestLabRules::whatRemains_data()
{
    QTest::addColumn<int>("nodes");
    QTest::addColumn<int>("down");
    QTest::addColumn<bool>("serves");
    for (const int nodes : {1, 3, 5}) {
        for (int down = 0; down <= nodes; ++down)
            QTest::addRow("%d of %d", down, nodes) << nodes << down << (nodes - down > nodes / 2);
    }
}

void TestLabRules::whatRemains()
{
    QFETCH(int, nodes);
    QFETCH(int, down);
    QFETCH(bool, serves);
    QuorumPicture picture = cluster(nodes);
    for (int i = 1; i <= down; ++i)
        picture.takeDown(QStringLiteral("n%1").arg(i));
    const QuorumOutlook outlook = outlookOf(picture);
    QCOMPARE(outlook.serves, serves);
    QCOMPARE(outlook.remain.size(), nodes - down);
}

void TestLabRules::onlyWhatWouldBeLostIsAsked()
{
    const QuorumPicture now = cluster(3);
    QuorumPicture one = now;
    one.takeDown(QStringLiteral("n1"));
    QVERIFY(!riskOf(now, one).asks);
    QVERIFY(riskOf(now, one).text.contains(QStringLiteral("n2, n3")));
    QuorumPicture two = one;
    two.takeDown(QStringLiteral("n2"));
    QVERIFY(riskOf(one, two).asks);
    QVERIFY(riskOf(one, two).text.contains(QStringLiteral("Only 1 of 3")));
    // Who has no majority any more cannot lose it.
    QVERIFY(!riskOf(two, two).asks);
}

void TestLabRules::oneWayCutsCount()
{
    QuorumPicture picture = cluster(3);
    picture.cut(QStringLiteral("n1"), {}, true, false);
    QVERIFY(outlookOf(picture).serves);
    QCOMPARE(outlookOf(picture).remain, QStringList({QStringLiteral("n2"), QStringLiteral("n3")}));
    picture.cut(QStringLiteral("n2"), {QStringLiteral("n3")}, false, true);
    QVERIFY(!outlookOf(picture).serves);
    // A leader in the middle is enough, though the others do not hear each other.
    QuorumPicture star = cluster(3);
    star.cut(QStringLiteral("n1"), {QStringLiteral("n2")}, true, true);
    QCOMPARE(outlookOf(star).remain.size(), 3);
}

void TestLabRules::aWiderQuorumCounts()
{
    QuorumPicture picture = cluster(3);
    picture.needed = 3;
    picture.takeDown(QStringLiteral("n3"));
    QVERIFY(!outlookOf(picture).serves);
}

void TestLabRules::everyBundledScenarioCanBeRead()
{
    const QList<Scenario> all = bundledScenarios();
    QCOMPARE(all.size(), 11);
    QCOMPARE(all.first().id, QStringLiteral("kill-leader"));
    ScenarioCast cast{
        {QStringLiteral("n1"), QStringLiteral("n2"), QStringLiteral("n3")}, QStringLiteral("n2"), {}};
    for (const Scenario& scenario : all) {
        for (const QString& text : {scenario.name, scenario.about})
            QVERIFY2(std::ranges::any_of(scenarioTexts,
                                         [&](const char* known) { return text == QString::fromUtf8(known); }),
                     qPrintable(text));
        for (const ScenarioStep& step : scenario.steps) {
            QVERIFY2(!step.title().isEmpty(), qPrintable(scenario.name));
            if (!step.as.isEmpty())
                cast.aliases.insert(step.as, cast.find(step.node));
            if (!step.node.isEmpty())
                QVERIFY2(!cast.find(step.node).isEmpty(), qPrintable(step.node));
            // A fault that outlived the load would spoil the verdict.
            QVERIFY2(!step.isFault() || step.atS + step.fault.forS <= scenario.seconds,
                     qPrintable(scenario.name));
        }
    }
}

void TestLabRules::aWrongScenarioSaysWhichStep_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");
    QTest::newRow("no JSON") << QByteArray("{") << QStringLiteral("no scenario");
    QTest::newRow("no steps") << QByteArray(R"({"name":"a","steps":[]})") << QStringLiteral("\"steps\"");
    QTest::newRow("unknown")
        << QByteArray(R"({"name":"a","steps":[{"at":1,"do":"heal"},{"at":1,"do":"hit","node":"n1"}]})")
        << QStringLiteral("Step 2");
    QTest::newRow("nobody") << QByteArray(R"({"name":"a","steps":[{"at":1,"do":"pause"}]})")
                            << QStringLiteral("names no node");
    QTest::newRow("too late") << QByteArray(R"({"name":"a","seconds":5,"steps":[{"at":6,"do":"heal"}]})")
                              << QStringLiteral("\"at\"");
    QTest::newRow("too long") << QByteArray(R"({"name":"a","seconds":1e9,"steps":[{"at":6,"do":"heal"}]})")
                              << QStringLiteral("600");
}

void TestLabRules::aWrongScenarioSaysWhichStep()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, says);
    const auto scenario = readScenario(json);
    QVERIFY(!scenario);
    const QString text = QString::fromStdString(scenario.error().text);
    QVERIFY2(text.contains(says), qPrintable(text));
}

void TestLabRules::aScenarioComesBackAsWritten()
{
    for (const Scenario& scenario : bundledScenarios()) {
        const auto again = readScenario(scenario.json());
        QVERIFY(again.ok());
        QCOMPARE(again->json(), scenario.json());
    }
}

void TestLabRules::ownScenariosAreKept()
{
    const QTemporaryDir folder;
    const QString json = QStringLiteral(
        R"({"name":"My own","seconds":5,"steps":[{"at":1,"do":"loss","node":"leader","value":30,"for_s":2}]})");
    {
        ScenarioModel model(folder.path());
        model.reload();
        const int bundled = model.count();
        QCOMPARE(model.save({}, QStringLiteral("{}")).isEmpty(), false);
        QCOMPARE(model.count(), bundled);
        QCOMPARE(model.save({}, json), QString());
        QCOMPARE(model.count(), bundled + 1);
    }
    ScenarioModel model(folder.path());
    model.reload();
    const Scenario* own = model.find(QStringLiteral("own-my-own"));
    QVERIFY(own != nullptr && own->own);
    QCOMPARE(own->steps.first().fault.value.value_or(0), 0.3);
    model.remove(QStringLiteral("own-my-own"));
    QVERIFY(model.find(QStringLiteral("own-my-own")) == nullptr);
}

void TestLabRules::whomAScriptMeans()
{
    const auto n = [](int i) { return QStringLiteral("n%1").arg(i); };
    const ScenarioCast cast{{n(1), n(2), n(3), n(4), n(5)}, n(1), {{QStringLiteral("victim"), {n(4)}}}};
    QCOMPARE(cast.find(QStringLiteral("leader")), QStringList{n(1)});
    QCOMPARE(cast.find(QStringLiteral("follower")), QStringList{n(2)});
    QCOMPARE(cast.find(QStringLiteral("other follower")), QStringList{n(3)});
    QCOMPARE(cast.find(QStringLiteral("minority")), QStringList({n(2), n(3)}));
    QCOMPARE(cast.find(QStringLiteral("victim")), QStringList{n(4)});
    QCOMPARE(cast.find(n(5)), QStringList{n(5)});
    QVERIFY(cast.find(QStringLiteral("n9")).isEmpty());
    QVERIFY((ScenarioCast{{n(1)}, {}, {}}.find(QStringLiteral("leader")).isEmpty()));
}

void TestLabRules::faultsAreOrderedInTheNodesUnits()
{
    const Fault loss = Fault::fromMap({{QStringLiteral("kind"), QStringLiteral("loss")},
                                       {QStringLiteral("value"), 25},
                                       {QStringLiteral("for_s"), 4},
                                       {QStringLiteral("direction"), QStringLiteral("in")},
                                       {QStringLiteral("peers"), QStringList{QStringLiteral("n2")}}});
    const QJsonObject order = loss.order();
    QCOMPARE(order.value(QLatin1String("value")).toDouble(), 0.25);
    QCOMPARE(order.value(QLatin1String("for_s")).toDouble(), 4.0);
    QCOMPARE(order.value(QLatin1String("direction")).toString(), QStringLiteral("in"));
    const QJsonObject pause = Fault::fromMap({{QStringLiteral("kind"), QStringLiteral("pause")},
                                              {QStringLiteral("value"), 7},
                                              {QStringLiteral("for_s"), 99999}})
                                  .order();
    QVERIFY(!pause.contains(QLatin1String("value")));
    QCOMPARE(pause.value(QLatin1String("for_s")).toDouble(), 3600.0);
}

void TestLabRules::theMatrixShowsWhoCuts()
{
    Fault cut;
    cut.kind = QStringLiteral("partition");
    cut.peers = {QStringLiteral("n2")};
    cut.direction = QStringLiteral("out");
    Fault slow;
    slow.kind = QStringLiteral("delay");
    slow.value = 40;
    const QStringList both{QStringLiteral("n1"), QStringLiteral("n2")};
    QList<LinkMatrix::Node> nodes{{both[0], QStringLiteral("http://a"), true, {both[1]}, {cut}},
                                  {both[1], QStringLiteral("http://b"), true, {both[0]}, {slow}}};
    LinkMatrix matrix;
    matrix.update(nodes);
    QCOMPARE(matrix.size(), 2);
    QCOMPARE(matrix.cell(0, 0).state, LinkMatrix::Self);
    QCOMPARE(matrix.cell(0, 1).state, LinkMatrix::Cut);
    QCOMPARE(matrix.cell(0, 1).cutBy, QStringList{both[0]});
    QCOMPARE(matrix.cell(1, 0).state, LinkMatrix::Slow);
    QCOMPARE(matrix.cell(1, 0).delayMs, 40.0);
    QVERIFY(matrix.isCut(both[0], both[1]));
    QVERIFY(!matrix.isCut(both[1], both[0]));
    // The same cut, ordered from the other end.
    nodes[0].faults.clear();
    nodes[1].faults = {
        Fault{QStringLiteral("partition"), {QStringLiteral("http://a")}, QStringLiteral("in"), {}, 10, 1, 1}};
    matrix.update(nodes);
    QCOMPARE(matrix.cell(0, 1).cutBy, QStringList{both[1]});
    QCOMPARE(matrix.cell(1, 0).state, LinkMatrix::Open);
}

void TestLabRules::theMatrixBelievesTheListener()
{
    LinkMatrix matrix;
    matrix.update({{QStringLiteral("n1"), {}, true, {}, {}}, {QStringLiteral("n2"), {}, false, {}, {}}});
    QCOMPARE(matrix.cell(1, 0).state, LinkMatrix::Silent);  // n1 hears nothing of n2
    QCOMPARE(matrix.cell(0, 1).state, LinkMatrix::Unknown); // and n2 cannot be asked
}

void TestLabRules::anHonestRunIsClean()
{
    const Judgement judgement = judge(honest());
    QCOMPARE(judgement.severity, QStringLiteral("good"));
    QVERIFY(judgement.sentence.startsWith(QStringLiteral("Clean.")));
    QVERIFY(mentions(judgement, QStringLiteral("0123456789ab")));
}

void TestLabRules::aTamperedRunIsNot_data()
{
    QTest::addColumn<int>("how");
    QTest::addColumn<QString>("says");
    QTest::newRow("a loss") << 0 << QStringLiteral("1 lost");
    QTest::newRow("a duplicate") << 1 << QStringLiteral("1 stored twice");
    QTest::newRow("another order") << 2 << QStringLiteral("2 in another order");
    QTest::newRow("a gap") << 3 << QStringLiteral("1 missing numbers");
    QTest::newRow("unequal") << 4 << QStringLiteral("do not agree");
    QTest::newRow("unread") << 5 << QStringLiteral("could not be read");
    QTest::newRow("state hashes") << 6 << QStringLiteral("do not agree");
}

void TestLabRules::aTamperedRunIsNot()
{
    QFETCH(int, how);
    QFETCH(QString, says);
    RunRecord record = honest();
    soak::Verifier::Verdict& read = record.read;
    const std::vector<std::function<void()>> lies{
        [&] { read.lost = 1; },
        [&] { read.duplicated = 1; },
        [&] { read.reordered = 2; },
        [&] { read.gaps = 1; },
        [&] { read.equal = false; },
        [&] { read.reports[1].problem = QStringLiteral("refused"); },
        [&] { read.problems = {QStringLiteral("the nodes' own state hashes differ")}; }};
    lies[static_cast<std::size_t>(how)]();
    const Judgement judgement = judge(record);
    QCOMPARE(judgement.severity, QStringLiteral("critical"));
    QVERIFY2(judgement.sentence.startsWith(QStringLiteral("Not clean.")) && judgement.sentence.contains(says),
             qPrintable(judgement.sentence));
}

void TestLabRules::asyncLossesAreApart()
{
    RunRecord record = honest();
    record.read.lostBeforeMajority = 3;
    record.read.problems = {QStringLiteral("n1 does not have 3 messages ...")};
    const Judgement judgement = judge(record);
    QCOMPARE(judgement.severity, QStringLiteral("warning"));
    QVERIFY(judgement.sentence.startsWith(QStringLiteral("As async promises: 3 of")));
    record.read.lost = 1;
    QCOMPARE(judge(record).severity, QStringLiteral("critical"));
}

void TestLabRules::nothingAcknowledgedProvesNothing()
{
    RunRecord record = honest();
    record.load.acknowledged = 0;
    QCOMPARE(judge(record).severity, QStringLiteral("warning"));
}

void TestLabRules::theEvidenceNamesWhatHappened()
{
    const Judgement judgement = judge(honest());
    QVERIFY(mentions(judgement, QStringLiteral("n1 killed")));
    QVERIFY(mentions(judgement, QStringLiteral("not a power loss")));
    QVERIFY(mentions(judgement, QStringLiteral("n2 leads term 5")));
    QVERIFY(mentions(judgement, QStringLiteral("410")));
    QVERIFY(mentions(judgement, QStringLiteral("n1 caught up")));
    QVERIFY(mentions(judgement, QStringLiteral("214 entries")));
}

} // namespace dsmsg::monitor

QTEST_GUILESS_MAIN(dsmsg::monitor::TestLabRules)
#include "tst_lab_rules.moc"

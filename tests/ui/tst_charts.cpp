// SPDX-License-Identifier: GPL-3.0-or-later
//
// What charts are made of: rings of points, fewer points that draw the same, ticks, the cursor, the picture,
// and numbers as text.
#include <QQuickItem>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

#include "qml/Ui/Format.h"
#include "qml/Ui/Typefaces.h"
#include "qml/Ui/chart/ChartCursor.h"
#include "qml/Ui/chart/ChartPlot.h"
#include "qml/Ui/chart/ChartSeries.h"
#include "qml/Ui/chart/Decimation.h"
#include "qml/Ui/chart/PlotPicture.h"
#include "qml/Ui/chart/Ticks.h"

using namespace dsmsg::ui;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

PlotPicture pictureOf(QSizeF size, double ratio)
{
    PlotPicture picture;
    picture.size = size;
    picture.ratio = ratio;
    picture.plot = QRectF(QPointF(), size);
    picture.to = 100;
    picture.high = 10;
    return picture;
}

std::vector<ChartPoint> flat(int count, double value)
{
    std::vector<ChartPoint> points;
    for (int at = 0; at < count; ++at)
        points.push_back({.time = double(at), .value = value});
    return points;
}

} // namespace

class TestCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // --- the ring

    static void pointsThatAreNotNewerAreIgnored()
    {
        ChartSeries series;
        series.append(10, 1);
        series.append(10, 2);
        series.append(9, 3);
        QCOMPARE(series.count(), 1);
        QCOMPARE(series.latest(), 1.0);
    }

    static void aFullRingJoinsWhatIsOld()
    {
        ChartSeries series;
        series.setMerge(ChartSeries::Greatest);
        for (int second = 0; second < 100'000; ++second)
            series.append(second, second == 50'004 ? 99.0 : 1.0);
        QVERIFY(series.points().size() <= ChartSeries::capacity);
        // More than a day would be; the newest are as they came.
        QCOMPARE(series.points().back().time, 99'999.0);
        QCOMPARE(series.points()[series.points().size() - 2].time, 99'998.0);
        // The greatest stands for the ten seconds it was in.
        QCOMPARE(series.valueAt(50'004), 99.0);
    }

    static void thePastGoesBeforeWhatIsLive()
    {
        ChartSeries series;
        series.append(100, 5);
        series.setPast({{.time = 98, .value = 1}, {.time = 99, .value = 2}, {.time = 100.5, .value = 9}});
        QCOMPARE(series.count(), 3);
        QCOMPARE(series.latest(), 5.0);
        // Asked again, the answer replaces the one before.
        series.setPast({{.time = 99, .value = 3}});
        QCOMPARE(series.count(), 2);
        QCOMPARE(series.valueAt(99), 3.0);
    }

    static void whatIsFarAwayIsNotKnown()
    {
        ChartSeries series;
        series.append(100, 5);
        QCOMPARE(series.valueAt(104), 5.0);
        QVERIFY(std::isnan(series.valueAt(150)));
        QVERIFY(std::isnan(series.valueAt(unknown)));
    }

    // --- fewer points

    static void aSpikeStays()
    {
        auto points = flat(10'000, 1);
        points[5'123].value = 50;
        const auto runs = decimate(points, 0, 10'000, 100, 30);
        QCOMPARE(runs.size(), std::size_t{1});
        QVERIFY(runs[0].size() <= 400);
        QVERIFY(
            std::any_of(runs[0].begin(), runs[0].end(), [](const auto& point) { return point.value == 50; }));
        QCOMPARE(runs[0].front().time, 0.0);
        QCOMPARE(runs[0].back().time, 9'999.0);
        QVERIFY(std::is_sorted(runs[0].begin(), runs[0].end(),
                               [](const auto& a, const auto& b) { return a.time < b.time; }));
    }

    static void aGapIsNotDrawnOver()
    {
        auto points = flat(100, 1);
        points[50].value = unknown;
        QCOMPARE(decimate(points, 0, 100, 1000, 30).size(), std::size_t{2});
        // Neither is a stretch without points.
        points = flat(10, 1);
        points.push_back({.time = 60, .value = 1});
        QCOMPARE(decimate(points, 0, 100, 1000, 30).size(), std::size_t{2});
        QCOMPARE(decimate(points, 0, 100, 1000, 100).size(), std::size_t{1});
    }

    static void aBandKeepsItsEdges()
    {
        auto points = flat(1000, 0);
        for (auto& point : points) {
            point.low = -1;
            point.high = 1;
        }
        points[500].high = 7;
        const auto runs = decimate(points, 0, 1000, 10, 30);
        QVERIFY(
            std::any_of(runs[0].begin(), runs[0].end(), [](const auto& point) { return point.high == 7; }));
    }

    // --- ticks

    static void stepsAreOneTwoFive_data()
    {
        QTest::addColumn<double>("size");
        QTest::addColumn<int>("wanted");
        QTest::addColumn<double>("step");
        QTest::newRow("exact") << 10.0 << 5 << 2.0;
        QTest::newRow("more") << 10.1 << 5 << 5.0;
        QTest::newRow("small") << 0.003 << 4 << 0.001;
        QTest::newRow("large") << 812'000.0 << 4 << 500'000.0;
        QTest::newRow("nothing") << 0.0 << 4 << 1.0;
    }

    static void stepsAreOneTwoFive()
    {
        QFETCH(double, size);
        QFETCH(int, wanted);
        QFETCH(double, step);
        QVERIFY(std::abs(niceStep(size, wanted) - step) < step * 1e-9);
    }

    static void timesAreThoseOfAClock()
    {
        QCOMPARE(niceTimeStep(60, 6), 10.0);
        QCOMPARE(niceTimeStep(300, 8), 60.0);
        QCOMPARE(niceTimeStep(86'400, 8), 10'800.0);
        const auto ticks = timeTicks(1'795'411'663.2, 1'795'411'723.2, 6);
        QCOMPARE(ticks.size(), std::size_t{6});
        for (const Tick& tick : ticks)
            QVERIFY(tick.text.endsWith(QLatin1Char('0')));
    }

    // --- the cursor

    static void liveFollowsNow()
    {
        ChartCursor cursor;
        cursor.setSpan(60);
        cursor.setNow(1000);
        QCOMPARE(cursor.from(), 940.0);
        cursor.setNow(1001);
        QCOMPARE(cursor.to(), 1001.0);
        QVERIFY(!cursor.zoomed());
    }

    static void aWideRangeFollowsInStepsThatCanBeSeen()
    {
        ChartCursor cursor;
        cursor.setSpan(1000);
        cursor.setNow(5000);
        QSignalSpy moved(&cursor, &ChartCursor::rangeChanged);
        cursor.setNow(5001);
        QCOMPARE(cursor.to(), 5000.0);
        QCOMPARE(moved.size(), 0);
        cursor.setNow(5002);
        QCOMPARE(cursor.to(), 5002.0);
        QCOMPARE(moved.size(), 1);
        cursor.setNow(5003);
        cursor.reset(); // who asks for now gets it
        QCOMPARE(cursor.to(), 5003.0);
    }

    static void whoZoomsIntoThePastStaysThere()
    {
        ChartCursor cursor;
        cursor.setSpan(100);
        cursor.setNow(1000);
        cursor.zoom(950, 0.5); // the middle stays the middle
        QCOMPARE(cursor.from(), 925.0);
        QCOMPARE(cursor.to(), 975.0);
        QVERIFY(!cursor.live());
        cursor.setNow(1010);
        QCOMPARE(cursor.to(), 975.0);
        cursor.pan(100); // against the right edge
        QVERIFY(cursor.live());
        QCOMPARE(cursor.to(), 1010.0);
        cursor.reset();
        QCOMPARE(cursor.from(), 910.0);
    }

    static void zoomHasEnds()
    {
        ChartCursor cursor;
        cursor.setNow(1000);
        for (int again = 0; again < 100; ++again)
            cursor.zoom(990, 0.5);
        QCOMPARE(cursor.to() - cursor.from(), ChartCursor::leastSpan);
        for (int again = 0; again < 100; ++again)
            cursor.zoom(990, 2);
        QCOMPARE(cursor.to() - cursor.from(), ChartCursor::greatestSpan);
    }

    // --- the picture

    static void aLineIsWhereItsValueIs()
    {
        PlotPicture picture = pictureOf({200, 100}, 1);
        picture.lines.push_back({.points = flat(101, 5), .color = Qt::red, .width = 3});
        const QImage image = draw(picture);
        QCOMPARE(image.size(), QSize(200, 100));
        QCOMPARE(QColor(image.pixel(100, 50)), QColor(Qt::red));
        QCOMPARE(qAlpha(image.pixel(100, 20)), 0);
        QVERIFY(draw(PlotPicture{}).isNull());
    }

    static void noSeamIsInACurve_data()
    {
        QTest::addColumn<double>("ratio");
        for (double ratio : {1.0, 1.25, 1.5, 1.75, 2.0, 3.0})
            QTest::addRow("%g", ratio) << ratio;
    }

    static void noSeamIsInACurve()
    {
        QFETCH(double, ratio);
        PlotPicture picture = pictureOf({400, 100}, ratio);
        std::vector<ChartPoint> points = flat(101, 5.3);
        for (ChartPoint& point : points) {
            point.low = 2.7;
            point.high = 8.1;
        }
        picture.lines.push_back({.points = std::move(points), .color = Qt::red, .width = 1.6, .fill = 0.3});
        const QImage image = draw(picture);
        // Where it begins and ends, a pixel may be covered in part.
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 3; x < image.width() - 3; ++x)
                QCOMPARE(image.pixel(x, y), image.pixel(image.width() / 2, y));
        }
    }

    /// Each pair of strips has a corner of a steep curve at their common edge.
    static void aJaggedCurveIsWhole()
    {
        PlotPicture picture = pictureOf({400, 100}, 1);
        PlotLine line;
        line.color = Qt::red;
        line.width = 4;
        for (int at = 0; at <= 20; ++at)
            line.points.push_back({.time = 5.0 * at, .value = at % 2 == 0 ? 1.0 : 9.0});
        picture.lines.push_back(line);
        const QImage image = draw(picture);
        for (int at = 1; at < 20; ++at) {
            for (double share : {0.05, 0.1, 0.5, 0.9}) {
                const double value = (at % 2 == 0 ? 1 + 8 * share : 9 - 8 * share);
                const QPoint place(int(20 * (at + share)), int(100 - 10 * value));
                QCOMPARE(qAlpha(image.pixel(place)), 255);
            }
        }
    }

    static void theRatioOfTheScreenIsKept()
    {
        const QImage image = draw(pictureOf({50, 40}, 2));
        QCOMPARE(image.size(), QSize(100, 80));
        QCOMPARE(image.devicePixelRatio(), 2.0);
    }

    static void nothingIsDrawnWhileHiddenAndNotTooOften()
    {
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
        QQuickWindow window;
        window.resize(300, 200);
        ChartSeries series;
        ChartCursor cursor;
        cursor.setNow(100);
        auto* plot = new ChartPlot(window.contentItem());
        plot->setSize({300, 200});
        plot->setSeries({QVariant::fromValue(&series)});
        plot->setCursor(&cursor);
        plot->setVisible(false);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        series.append(99, 1);
        QTest::qWait(150);
        QCOMPARE(plot->drawings(), 0);

        plot->setVisible(true);
        QTRY_VERIFY(plot->drawings() > 0);
        QVERIFY(!plot->isEmpty());
        QVERIFY(plot->summary().contains(QLatin1Char('1')));
        const int before = plot->drawings();
        QElapsedTimer watch;
        watch.start();
        for (double time = 99.001; watch.elapsed() < 450; time += 0.001) {
            series.append(time, 2);
            QTest::qWait(5);
        }
        QVERIFY2(plot->drawings() - before <= 6, qPrintable(QString::number(plot->drawings() - before)));
        // And none when nothing changes.
        QTest::qWait(250);
        const int still = plot->drawings();
        QTest::qWait(250);
        QCOMPARE(plot->drawings(), still);
    }

    // --- numbers as text

    static void numbersReadWell_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char* name, const QString& text, const QString& wanted) {
            QTest::newRow(name) << text << wanted;
        };
        const QString thin(QChar(0x202F));
        const QString space(QChar(0x00A0));
        row("unknown", Format::count(unknown), QStringLiteral("–"));
        row("unknown ms", Format::ms(unknown), QStringLiteral("–"));
        row("thousands", Format::count(1'234'567),
            QStringLiteral("1") + thin + QStringLiteral("234") + thin + QStringLiteral("567"));
        row("negative", Format::count(-1200), QStringLiteral("−1") + thin + QStringLiteral("200"));
        row("micro", Format::ms(0.037), QStringLiteral("37") + space + QStringLiteral("µs"));
        row("milli", Format::ms(2.136), QStringLiteral("2.14") + space + QStringLiteral("ms"));
        row("rounds up", Format::ms(99.97), QStringLiteral("100") + space + QStringLiteral("ms"));
        row("seconds", Format::ms(12'340), QStringLiteral("12.3") + space + QStringLiteral("s"));
        row("plus", Format::signedMs(0.5), QStringLiteral("+0.500") + space + QStringLiteral("ms"));
        row("minus", Format::signedMs(-3), QStringLiteral("−3.00") + space + QStringLiteral("ms"));
        row("minutes", Format::seconds(185), QStringLiteral("3 min 05 s"));
        row("whole minutes", Format::seconds(300), QStringLiteral("5 min"));
        row("a day", Format::seconds(86'400), QStringLiteral("24 h"));
        row("bytes", Format::bytes(56'005'140'480.0), QStringLiteral("52.2") + space + QStringLiteral("GiB"));
        row("few bytes", Format::bytes(512), QStringLiteral("512") + space + QStringLiteral("B"));
        row("si", Format::si(1'230'000), QStringLiteral("1.23") + space + QStringLiteral("M"));
        row("percent", Format::percent(0.425), QStringLiteral("42.5") + space + QStringLiteral("%"));
        row("sparse", Format::sparse(2.50), QStringLiteral("2.5"));
        row("now", Format::age(400), QStringLiteral("now"));
        row("ago", Format::age(3'400), QStringLiteral("3 s ago"));
    }

    static void numbersReadWell()
    {
        QFETCH(QString, text);
        QFETCH(QString, wanted);
        QCOMPARE(text, wanted);
    }

    static void figuresDoNotDance()
    {
        QVERIFY(Typefaces::hasEvenDigits(Typefaces().figures()));
        QVERIFY(Typefaces::hasEvenDigits(Typefaces().mono()));
    }
};

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"

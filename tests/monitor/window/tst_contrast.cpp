// SPDX-License-Identifier: GPL-3.0-or-later
//
// Contrast as the eye gets it: every text of every page in every theme, measured in the pixels of the window.
// The background is the colour that most pixels of the text's box have, the ink the one farthest from it.
// Smoothed edges of thin letters never reach the ink's full colour, so the colour that the text was given,
// laid over the measured background, decides (WCAG 2.1, 1.4.3: 4.5, and 3 for large text); the pixels must
// show that it is there at all.
#include <QFont>
#include <QHash>
#include <QTest>
#include <cmath>

#include "app/monitor/screenshots/Scenes.h"
#include "tests/monitor/window/WindowTest.h"

namespace dsmsg::test {

namespace {

double linear(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(QRgb colour)
{
    return 0.2126 * linear(qRed(colour) / 255.0) + 0.7152 * linear(qGreen(colour) / 255.0) +
           0.0722 * linear(qBlue(colour) / 255.0);
}

double contrast(QRgb one, QRgb other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QRgb laidOver(const QColor& ink, double opacity, QRgb ground)
{
    const double share = ink.alphaF() * opacity;
    const auto mix = [&](int top, int below) {
        return static_cast<int>(std::lround(top * share + below * (1 - share)));
    };
    return qRgb(mix(ink.red(), qRed(ground)), mix(ink.green(), qGreen(ground)),
                mix(ink.blue(), qBlue(ground)));
}

double wholeOpacity(const QQuickItem* item)
{
    double opacity = 1;
    for (; item != nullptr; item = item->parentItem())
        opacity *= item->opacity();
    return opacity;
}

struct Measured
{
    QRgb ground = 0;
    double seen = 1;  ///< the greatest contrast of any pixel with the ground
    double given = 1; ///< of the text's colour with it
};

Measured measure(const QImage& picture, const QQuickItem* text)
{
    const QRect box = monitor::visibleRect(text).toAlignedRect().intersected(picture.rect());
    QHash<QRgb, int> counts;
    for (int y = box.top(); y <= box.bottom(); ++y)
        for (int x = box.left(); x <= box.right(); ++x)
            ++counts[picture.pixel(x, y)];
    Measured result;
    int most = 0;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        if (it.value() > most) {
            most = it.value();
            result.ground = it.key();
        }
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        result.seen = std::max(result.seen, contrast(it.key(), result.ground));
    result.given = contrast(
        laidOver(text->property("color").value<QColor>(), wholeOpacity(text), result.ground), result.ground);
    return result;
}

/// 24 pixels, or bold and 18.66.
bool isLarge(const QQuickItem* text)
{
    const auto font = text->property("font").value<QFont>();
    return font.pixelSize() >= 24 || (font.weight() >= QFont::Bold && font.pixelSize() >= 19);
}

} // namespace

class TestContrast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { window_.reset(); }
    void everyTextCanBeRead_data();
    void everyTextCanBeRead();

private:
    std::unique_ptr<MonitorWindow> window_;
};

void TestContrast::initTestCase()
{
    window_ = std::make_unique<MonitorWindow>(QSize(1280, 800));
    QVERIFY(window_->isOpen());
    QVERIFY(startEmbedded(*window_, 3));
}

void TestContrast::everyTextCanBeRead_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<int>("theme");
    for (const QString& page : pageNames())
        for (const monitor::Look& look : monitor::allLooks())
            if (look.size.width() == 1280)
                QTest::addRow("%s %s", qPrintable(page), qPrintable(look.name))
                    << page << static_cast<int>(look.theme);
}

void TestContrast::everyTextCanBeRead()
{
    QFETCH(QString, page);
    QFETCH(int, theme);
    window_->goTo(page);
    window_->wear(static_cast<monitor::Settings::Theme>(theme));
    QVERIFY(window_->settle());
    const QImage picture = window_->picture();
    QStringList faint;
    int texts = 0;
    for (const QQuickItem* item : monitor::visibleItems(window_->window().contentItem())) {
        if (!item->inherits("QQuickText") || !item->isEnabled() ||
            item->property("text").toString().trimmed().isEmpty())
            continue;
        // A line that is half scrolled away may show no more than the feet of its letters.
        if (wholeOpacity(item) < 0.05 || monitor::visibleRect(item).height() < 0.8 * item->height())
            continue;
        ++texts;
        const Measured measured = measure(picture, item);
        const double least = isLarge(item) ? 3.0 : 4.5;
        constexpr double leastSeen = 3.0;
        if (measured.given < least - 0.005 || measured.seen < std::min(leastSeen, least))
            faint.append(QStringLiteral("'%1': %2 (seen: %3) on #%4")
                             .arg(item->property("text").toString())
                             .arg(measured.given, 0, 'f', 2)
                             .arg(measured.seen, 0, 'f', 2)
                             .arg(measured.ground & 0xffffffU, 6, 16, QLatin1Char('0')));
    }
    QVERIFY(texts > 10);
    QVERIFY2(faint.isEmpty(), qPrintable(faint.join(QLatin1Char('\n'))));
}

} // namespace dsmsg::test

DSMSG_WINDOW_TEST(dsmsg::test::TestContrast)
#include "tst_contrast.moc"

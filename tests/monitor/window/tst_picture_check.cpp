// SPDX-License-Identifier: GPL-3.0-or-later
//
// The checks of pictures find what they are for: each is shown a window with the defect and one without.
#include <QPainter>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QTest>

#include "app/monitor/screenshots/PictureBook.h"
#include "app/monitor/screenshots/PictureIndex.h"
#include "tests/monitor/window/WindowTest.h"

namespace dsmsg::test {

using namespace monitor;

namespace {

QImage page(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    return image;
}

} // namespace

class TestPictureCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGreatestBlank();
    void aBlankRegionIsNamed();
    void cutOffTitles_data();
    void cutOffTitles();
    void collidingTexts_data();
    void collidingTexts();
    void hiddenItemsDoNotCount();
    void warningsAreHeardOnce();
    void theIndexEscapesAndNamesDefects();

private:
    QQuickWindow* show(const QByteArray& content);

    QQmlEngine engine_;
    std::unique_ptr<QObject> window_;
};

QQuickWindow* TestPictureCheck::show(const QByteArray& content)
{
    QQmlComponent component(&engine_);
    component.setData("import QtQuick\nWindow { width: 400; height: 200; visible: true\n" + content + "\n}",
                      {});
    window_.reset(component.create());
    auto* window = qobject_cast<QQuickWindow*>(window_.get());
    if (window != nullptr)
        window->grabWindow(); // lays it out
    return window;
}

void TestPictureCheck::theGreatestBlank()
{
    QImage image = page({320, 160});
    QPainter painter(&image);
    painter.fillRect(0, 0, 320, 40, QBrush(Qt::black, Qt::Dense4Pattern));
    painter.fillRect(0, 40, 100, 120, QBrush(Qt::black, Qt::Dense4Pattern));
    painter.end();
    QCOMPARE(greatestBlank(image, image.rect()), QRect(104, 40, 216, 120));
}

void TestPictureCheck::aBlankRegionIsNamed()
{
    QImage image = page({320, 160});
    QCOMPARE(blankRegions(image, image.rect()).size(), 1);
    QPainter painter(&image);
    for (int x = 0; x < 320; x += 40)
        painter.drawLine(x, 0, x, 160);
    painter.end();
    QCOMPARE(blankRegions(image, image.rect()), QStringList());
}

void TestPictureCheck::cutOffTitles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("found");
    const QByteArray text = "Text { text: 'Acknowledged a second'; elide: Text.ElideRight; ";
    QTest::newRow("whole") << text + "font.bold: true; width: 300 }" << 0;
    QTest::newRow("bold") << text + "font.bold: true; width: 40 }" << 1;
    QTest::newRow("large") << text + "font.pixelSize: 20; width: 40 }" << 1;
    QTest::newRow("running text may be") << text + "font.pixelSize: 12; width: 40 }" << 0;
}

void TestPictureCheck::cutOffTitles()
{
    QFETCH(QByteArray, content);
    QFETCH(int, found);
    const QQuickWindow* window = show(content);
    QVERIFY(window != nullptr);
    QCOMPARE(elidedTitles(window->contentItem()).size(), found);
}

void TestPictureCheck::collidingTexts_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("found");
    QTest::newRow("apart") << QByteArray("Text { text: 'one' } Text { y: 40; text: 'two' }") << 0;
    QTest::newRow("over each other") << QByteArray("Text { text: 'one' } Text { x: 4; text: 'two' }") << 1;
    QTest::newRow("boxes only") << QByteArray("Text { text: 'one'; width: 300 } Text { x: 200; text: 'two' }")
                                << 0;
    QTest::newRow("aligned to the right")
        << QByteArray(
               "Text { text: 'one'; width: 220; horizontalAlignment: Text.AlignRight } Text { x: 200; text: 'two' }")
        << 1;
}

void TestPictureCheck::collidingTexts()
{
    QFETCH(QByteArray, content);
    QFETCH(int, found);
    const QQuickWindow* window = show(content);
    QVERIFY(window != nullptr);
    QCOMPARE(monitor::collidingTexts(window->contentItem()).size(), found);
}

void TestPictureCheck::hiddenItemsDoNotCount()
{
    const QQuickWindow* window =
        show("Item { visible: false; Text { text: 'a' } } Item { opacity: 0; Text { text: 'b' } }"
             "Item { clip: true; width: 9; height: 9; Text { y: 50; text: 'c' } } Text { text: 'd' }");
    QVERIFY(window != nullptr);
    QStringList texts;
    for (const QQuickItem* item : visibleItems(window->contentItem()))
        if (item->inherits("QQuickText"))
            texts.append(item->property("text").toString());
    QCOMPARE(texts, QStringList{QStringLiteral("d")});
}

void TestPictureCheck::warningsAreHeardOnce()
{
    WarningCatcher catcher;
    QTest::ignoreMessage(QtWarningMsg, "twice");
    QTest::ignoreMessage(QtWarningMsg, "twice");
    qWarning("twice");
    qWarning("twice");
    qInfo("a note");
    QCOMPARE(catcher.take(), QStringList{QStringLiteral("twice")});
    QCOMPARE(catcher.take(), QStringList());
}

void TestPictureCheck::theIndexEscapesAndNamesDefects()
{
    const QByteArray html = pictureIndex({{QStringLiteral("a"),
                                           QStringLiteral("Pages"),
                                           QStringLiteral("1 < 2"),
                                           {10, 20},
                                           {QStringLiteral("the title '<b>' is cut off")}}});
    QVERIFY(html.contains("1 &lt; 2"));
    QVERIFY(html.contains("src=\"a.png\""));
    QVERIFY(html.contains("Wrong: the title '&lt;b&gt;' is cut off"));
}

} // namespace dsmsg::test

DSMSG_WINDOW_TEST(dsmsg::test::TestPictureCheck)
#include "tst_picture_check.moc"

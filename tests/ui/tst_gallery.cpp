// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every control of Dsmsg.Ui on one page, in each scheme: nothing warns, nothing comes out blank.
// DSMSG_GALLERY_DIR=<folder> keeps the pictures.
#include <QDir>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTest>

class TestGallery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    static void initTestCase()
    {
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
        QQuickStyle::setStyle(QStringLiteral("Fusion"));
    }

    static void looksLikeItself_data()
    {
        QTest::addColumn<int>("scheme");
        QTest::newRow("light") << 0;
        QTest::newRow("dark") << 1;
        QTest::newRow("contrast") << 2;
    }

    static void looksLikeItself()
    {
        QFETCH(int, scheme);
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        QQmlEngine engine;
        engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        QQmlComponent component(&engine, QUrl(QStringLiteral("qrc:/gallery/Gallery.qml")));
        QVERIFY2(component.isReady(), qUtf8Printable(component.errorString()));
        const std::unique_ptr<QObject> root(
            component.createWithInitialProperties({{QStringLiteral("scheme"), scheme}}));
        auto* window = qobject_cast<QQuickWindow*>(root.get());
        QVERIFY(window);
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window));
        QTest::qWait(150);
        const QImage image = window->grabWindow();
        if (qEnvironmentVariableIsSet("DSMSG_GALLERY_DIR"))
            image.save(QDir(qEnvironmentVariable("DSMSG_GALLERY_DIR"))
                           .filePath(QStringLiteral("gallery-%1.png").arg(scheme)));
        QVERIFY(coloursOf(image) > 100);
    }

private:
    /// How many different colours a picture has; a blank one has a handful.
    static qsizetype coloursOf(const QImage& image)
    {
        QSet<QRgb> colours;
        for (int y = 0; y < image.height(); y += 2) {
            for (int x = 0; x < image.width(); x += 2)
                colours.insert(image.pixel(x, y));
        }
        return colours.size();
    }
};

QTEST_MAIN(TestGallery)
#include "tst_gallery.moc"

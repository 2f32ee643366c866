// SPDX-License-Identifier: GPL-3.0-or-later
//
// The real window on a real embedded cluster: every page opens without a complaint, the keys lead where they
// say, in the smallest window nothing is cut off, and no layout holds the items of a model.
#include <QApplication>
#include <QQmlApplicationEngine>
#include <QQmlContext>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTest>

#include "app/monitor/app/Session.h"

using namespace dsmsg::monitor;

namespace {

/// Everything Qt and QML complained of. A message handler has no other way to hand it on.
QStringList& complaints()
{
    static QStringList list;
    return list;
}

void collect(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (type != QtDebugMsg && type != QtInfoMsg && QByteArray(context.category) != "qt.qpa.fonts")
        complaints().append(text);
}

const QStringList pages{QStringLiteral("overview"), QStringLiteral("raft"),     QStringLiteral("messages"),
                        QStringLiteral("publish"),  QStringLiteral("timeline"), QStringLiteral("clocks"),
                        QStringLiteral("ordering"), QStringLiteral("faults"),   QStringLiteral("nodes"),
                        QStringLiteral("settings")};

bool inFlickable(const QQuickItem* item)
{
    for (const QQuickItem* parent = item->parentItem(); parent != nullptr; parent = parent->parentItem())
        if (parent->inherits("QQuickFlickable") || (parent->clip() && parent->inherits("QQuickText")))
            return true;
    return false;
}

/// Texts that reach out of the window though nothing scrolls them.
void findOutside(const QQuickItem* item, const QRectF& window, QStringList& found)
{
    if (!item->isVisible() || item->opacity() == 0)
        return;
    const QString text = item->inherits("QQuickText") ? item->property("text").toString() : QString();
    const QRectF rect = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
    if (!text.isEmpty() && item->width() > 0 && !window.adjusted(-1, -1, 1, 1).contains(rect) &&
        !inFlickable(item))
        found.append(QStringLiteral("'%1' at %2,%3 %4x%5")
                         .arg(text)
                         .arg(rect.x())
                         .arg(rect.y())
                         .arg(rect.width())
                         .arg(rect.height()));
    for (const QQuickItem* child : item->childItems())
        findOutside(child, window, found);
}

bool shows(const QQuickItem* item, const QString& text)
{
    if (!item->isVisible())
        return false;
    if (item->inherits("QQuickText") && item->property("text").toString() == text)
        return true;
    return std::ranges::any_of(item->childItems(),
                               [&](const QQuickItem* child) { return shows(child, text); });
}

/// Every Repeater below `object`: in what is shown, in pages behind the open one, in popups that are closed.
void findRepeaters(QObject* object, QSet<QObject*>& seen, QList<QQuickItem*>& found)
{
    if (seen.contains(object))
        return;
    seen.insert(object);
    auto* item = qobject_cast<QQuickItem*>(object);
    if (item != nullptr && item->inherits("QQuickRepeater"))
        found.append(item);
    for (QObject* child : object->children())
        findRepeaters(child, seen, found);
    if (item != nullptr)
        for (QQuickItem* child : item->childItems())
            findRepeaters(child, seen, found);
}

/// The name of the QML type that an item is made of.
QString typeOf(const QQuickItem* item)
{
    return item == nullptr
               ? QString()
               : QString::fromLatin1(item->metaObject()->className()).section(QLatin1Char('_'), 0, 0);
}

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT
    QTemporaryDir dir_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<QQmlApplicationEngine> engine_;
    QQuickWindow* window_ = nullptr;

    QObject* shell() const { return window_->property("shell").value<QObject*>(); }
    QString page() const { return shell()->property("page").toString(); }
    QQuickItem* shown() const { return window_->property("shownPage").value<QQuickItem*>(); }
    void open(const QString& name)
    {
        QMetaObject::invokeMethod(shell(), "goTo", Q_ARG(QString, name), Q_ARG(QVariant, {}));
    }

    /// The files of the Repeaters in the window whose items a layout lays out. When such a layout is resized,
    /// Qt 6.4 asks items for their size that are gone with an old model (see Rows.qml).
    QSet<QString> repeatersInLayouts() const
    {
        QSet<QObject*> seen;
        QList<QQuickItem*> repeaters;
        findRepeaters(window_, seen, repeaters);
        if (repeaters.isEmpty())
            return {QStringLiteral("There is not one Repeater: where they are looked for is wrong.")};
        QSet<QString> found;
        for (const QQuickItem* repeater : repeaters)
            if (repeater->parentItem() != nullptr && repeater->parentItem()->inherits("QQuickLayout"))
                found.insert(qmlContext(repeater)->baseUrl().fileName());
        return found;
    }

    /// No popup is open or on its way out: while one is, the window's keys are not heard.
    bool nothingIsOpen() const
    {
        for (const QQuickItem* item : window_->contentItem()->childItems())
            if (item->inherits("QQuickOverlay"))
                return item->childItems().isEmpty();
        return true;
    }

    /// For a look at what is tested: DSMSG_PICTURES names a folder.
    void picture(const QString& name) const
    {
        const QString folder = qEnvironmentVariable("DSMSG_PICTURES");
        if (!folder.isEmpty())
            window_->grabWindow().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    }

    QByteArray saidSince(qsizetype count) const
    {
        return complaints().mid(count).join(QLatin1Char('\n')).toUtf8();
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CONFIG_HOME", dir_.filePath(QStringLiteral("config")).toUtf8());
        qputenv("XDG_STATE_HOME", dir_.filePath(QStringLiteral("state")).toUtf8());
        QCoreApplication::setOrganizationName(QStringLiteral("dsmsg"));
        QCoreApplication::setApplicationName(QStringLiteral("dsmsg-monitor"));
        qInstallMessageHandler(collect);
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
        QQuickStyle::setStyle(QStringLiteral("Fusion"));
        session_ = std::make_unique<Session>();
        session_->settings()->setLanguage(QStringLiteral("en"));
        engine_ = std::make_unique<QQmlApplicationEngine>();
        connect(session_->languages(), &Languages::changed, engine_.get(), &QQmlEngine::retranslate);
        engine_->addImportPath(QStringLiteral("qrc:/qt/qml"));
        engine_->setInitialProperties({{QStringLiteral("session"), QVariant::fromValue(session_.get())},
                                       {QStringLiteral("wantedSize"), QSize(1280, 800)}});
        engine_->load(QUrl(QStringLiteral("qrc:/qt/qml/Dsmsg/Monitor/Main.qml")));
        QVERIFY(!engine_->rootObjects().isEmpty());
        window_ = qobject_cast<QQuickWindow*>(engine_->rootObjects().constFirst());
        QVERIFY(window_ != nullptr);
        window_->requestActivate(); // a display without a window manager does not do it
        QVERIFY(QTest::qWaitForWindowActive(window_));
    }

    void cleanupTestCase()
    {
        engine_.reset();
        session_.reset();
        qInstallMessageHandler(nullptr);
    }

    void welcomesFirst()
    {
        QTRY_VERIFY(shown() != nullptr);
        QVERIFY(shown()->inherits("QQuickItem"));
        QVERIFY2(complaints().isEmpty(), saidSince(0));
        picture(QStringLiteral("welcome"));
    }

    void connectsToTheEmbeddedCluster()
    {
        session_->embedded()->start(3);
        QTRY_VERIFY_WITH_TIMEOUT(session_->cluster()->leader() != nullptr, 20'000);
        QCOMPARE(session_->clusterName(), QStringLiteral("Embedded cluster"));
    }

    void keysOpenPages_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("page");
        for (int row = 0; row < pages.size(); ++row)
            QTest::newRow(qPrintable(pages[row]))
                << (row < 9 ? Qt::Key_1 + row : int(Qt::Key_Comma)) << pages[row];
    }
    void keysOpenPages()
    {
        QFETCH(int, key);
        QFETCH(QString, page);
        const qsizetype before = complaints().size();
        QTest::keyClick(window_, static_cast<Qt::Key>(key), Qt::ControlModifier);
        QCOMPARE(this->page(), page);
        QTRY_VERIFY(shown() != nullptr);
        QTRY_VERIFY(shown()->isVisible());
        QTest::qWait(100); // what a page does once it is seen: its first polls, its first picture
        QVERIFY2(complaints().size() == before, saidSince(before));
        picture(page);
    }

    void nothingIsCutOffInTheSmallestWindow_data() { keysOpenPages_data(); }
    void nothingIsCutOffInTheSmallestWindow()
    {
        QFETCH(QString, page);
        const qsizetype before = complaints().size();
        window_->resize(900, 600);
        QTRY_COMPARE(window_->contentItem()->width(), 900.0);
        open(page);
        QTRY_VERIFY(shown() != nullptr && shown()->isVisible());
        QStringList outside;
        // A layout needs a frame or two to settle.
        const auto fits = [&] {
            outside.clear();
            findOutside(window_->contentItem(), QRectF(0, 0, 900, 600), outside);
            return outside.isEmpty();
        };
        const bool fit = QTest::qWaitFor(fits, 2000);
        picture(page + QStringLiteral("-small"));
        QVERIFY2(fit, outside.join(QLatin1Char('\n')).toUtf8());
        QVERIFY2(complaints().size() == before, saidSince(before));
    }

    void theLanguageChangesWhileItRuns()
    {
        const qsizetype before = complaints().size();
        window_->resize(1280, 800);
        open(QStringLiteral("settings"));
        QTRY_VERIFY(shows(window_->contentItem(), QStringLiteral("Settings")));
        session_->settings()->setLanguage(QStringLiteral("de"));
        QTRY_VERIFY(shows(window_->contentItem(), QStringLiteral("Einstellungen")));
        QVERIFY(!shows(window_->contentItem(), QStringLiteral("Settings")));
        for (const QString& page : pages) {
            open(page);
            QTRY_VERIFY(shown() != nullptr && shown()->isVisible());
            QTest::qWait(100);
            picture(page + QStringLiteral("-de"));
        }
        session_->settings()->setLanguage(QStringLiteral("en"));
        QTRY_VERIFY(shows(window_->contentItem(), QStringLiteral("Settings")));
        QVERIFY2(complaints().size() == before, saidSince(before));
    }

    void theDrawerShowsANodeAndEscapeClosesIt()
    {
        window_->resize(1280, 800);
        open(QStringLiteral("nodes"));
        const qsizetype before = complaints().size();
        QMetaObject::invokeMethod(shell(), "select", Q_ARG(QString, QStringLiteral("node")),
                                  Q_ARG(QVariant, QVariant::fromValue(session_->cluster()->leader())));
        QTest::qWait(200);
        picture(QStringLiteral("drawer"));
        QVERIFY2(complaints().size() == before, saidSince(before));
        QTest::keyClick(window_, Qt::Key_Escape);
        QTRY_COMPARE(shell()->property("selectedKind").toString(), QString());
    }

    void thePaletteRunsWhatIsTyped()
    {
        open(QStringLiteral("overview"));
        const qsizetype before = complaints().size();
        QTest::keyClick(window_, Qt::Key_K, Qt::ControlModifier);
        QTest::qWait(200);
        picture(QStringLiteral("palette"));
        for (const char letter : {'c', 'l', 'o', 'c'})
            QTest::keyClick(window_, letter);
        picture(QStringLiteral("palette-typed"));
        QTest::keyClick(window_, Qt::Key_Return);
        QTRY_COMPARE(page(), QStringLiteral("clocks"));
        QTRY_VERIFY(nothingIsOpen());
        QTest::keyClick(window_, Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(page(), QStringLiteral("overview"));
        QVERIFY2(complaints().size() == before, saidSince(before));
    }

    void everyLookAndDialogIsDrawn()
    {
        const qsizetype before = complaints().size();
        for (const auto theme : {Settings::DarkTheme, Settings::ContrastTheme, Settings::LightTheme}) {
            session_->settings()->setTheme(theme);
            QTest::keyClick(window_, Qt::Key_F1);
            QTest::qWait(200);
            picture(QStringLiteral("keys-%1").arg(theme));
            QTest::keyClick(window_, Qt::Key_Escape);
            QTRY_VERIFY(nothingIsOpen());
            QTest::keyClick(window_, Qt::Key_O, Qt::ControlModifier);
            QTest::qWait(200);
            picture(QStringLiteral("connect-%1").arg(theme));
            QTest::keyClick(window_, Qt::Key_Escape);
            QTRY_VERIFY(nothingIsOpen());
        }
        QVERIFY2(complaints().size() == before, saidSince(before));
    }

    /// Last, because it leaves the cluster: for nodes that do not answer, and then for none.
    void noLayoutHoldsTheItemsOfAModel()
    {
        for (const QString& page : pages) {
            open(page);
            QTRY_VERIFY(shown() != nullptr && shown()->isVisible());
        }
        QSet<QString> found = repeatersInLayouts();
        NodeState* leader = session_->cluster()->leader();
        QVERIFY(leader != nullptr);
        QTRY_VERIFY(!leader->peers().isEmpty() && session_->cluster()->events()->count() > 0);
        const QList<std::pair<QString, QVariant>> things{
            {QStringLiteral("node"), QVariant::fromValue(leader)},
            {QStringLiteral("peer"), QVariant::fromValue(leader->peers().constFirst())},
            {QStringLiteral("event"), session_->cluster()->events()->get(0)},
            {QStringLiteral("message"), QVariantMap{{QStringLiteral("seq"), 1}}}};
        for (const auto& [kind, thing] : things) {
            QMetaObject::invokeMethod(shell(), "select", Q_ARG(QString, kind), Q_ARG(QVariant, thing));
            found += repeatersInLayouts();
            QMetaObject::invokeMethod(shell(), "deselect");
        }
        open(QStringLiteral("overview"));
        QCOMPARE(session_->connectTo(QStringLiteral("127.0.0.1:1")), QString());
        QTRY_COMPARE(typeOf(shown()), QStringLiteral("StateView"));
        found += repeatersInLayouts();
        session_->disconnectFromCluster();
        QTRY_COMPARE(typeOf(shown()), QStringLiteral("WelcomePage"));
        found += repeatersInLayouts();
        QVERIFY2(found.isEmpty(), found.values().join(QLatin1Char('\n')).toUtf8());
    }
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    TestWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window.moc"

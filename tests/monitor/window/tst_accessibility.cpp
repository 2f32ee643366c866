// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whoever does not see the window, or has no mouse: on every page each item that takes the focus says what it
// is and what it is called, and the Tab key visits all of them and comes back.
#include <QAccessible>
#include <QSet>
#include <QTest>
#include <optional>

#include "tests/monitor/window/Screen.h"
#include "tests/monitor/window/WindowTest.h"

namespace dsmsg::test {

namespace {

QString nameOf(const QQuickItem* item)
{
    const QString type = QString::fromLatin1(item->metaObject()->className()).section(QLatin1Char('_'), 0, 0);
    const QRectF rect = monitor::visibleRect(item);
    return QStringLiteral("%1 '%2' at %3, %4")
        .arg(type, item->property("text").toString())
        .arg(rect.x())
        .arg(rect.y());
}

bool takesTab(const QQuickItem* item)
{
    return item->activeFocusOnTab() && item->isEnabled() && item->isVisible();
}

QString described(const QList<QQuickItem*>& items)
{
    QStringList names;
    for (const QQuickItem* item : items)
        names.append(nameOf(item));
    return names.join(QStringLiteral("\n  "));
}

} // namespace

class TestAccessibility : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void everyControlSaysWhatItIs_data() { eachPage(); }
    void everyControlSaysWhatItIs();
    void tabVisitsEverything_data() { eachPage(); }
    void tabVisitsEverything();
    void nothingWarns() { QCOMPARE(warnings_->take(), QStringList()); }

private:
    void eachPage();
    bool open(const QString& page);
    QList<QQuickItem*> controls() const;

    std::optional<monitor::WarningCatcher> warnings_; ///< after QTest's own
    std::unique_ptr<MonitorWindow> window_;
};

void TestAccessibility::initTestCase()
{
    warnings_.emplace();
    QAccessible::setActive(true);
    window_ = std::make_unique<MonitorWindow>(QSize(1280, 800));
    QVERIFY(window_->isOpen());
    QVERIFY(QTest::qWaitForWindowActive(&window_->window()));
    QVERIFY(startEmbedded(*window_, 3));
}

void TestAccessibility::cleanupTestCase()
{
    window_.reset();
    warnings_.reset();
}

void TestAccessibility::eachPage()
{
    QTest::addColumn<QString>("page");
    for (const QString& page : pageNames())
        QTest::newRow(qPrintable(page)) << page;
}

bool TestAccessibility::open(const QString& page)
{
    window_->goTo(page);
    return window_->settle();
}

QList<QQuickItem*> TestAccessibility::controls() const
{
    QList<QQuickItem*> list;
    for (QQuickItem* item : monitor::visibleItems(window_->window().contentItem()))
        if (takesTab(item))
            list.append(item);
    return list;
}

void TestAccessibility::everyControlSaysWhatItIs()
{
    QFETCH(QString, page);
    QVERIFY(open(page));
    QList<QQuickItem*> mute;
    const QList<QQuickItem*> all = controls();
    for (QQuickItem* item : all) {
        const QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(item);
        if (interface == nullptr || interface->role() == QAccessible::NoRole ||
            interface->role() == QAccessible::Client ||
            interface->text(QAccessible::Name).trimmed().isEmpty())
            mute.append(item);
    }
    QVERIFY(all.size() > 10);
    QVERIFY2(mute.isEmpty(), qPrintable(QStringLiteral("no role or no name:\n  ") + described(mute)));
}

void TestAccessibility::tabVisitsEverything()
{
    QFETCH(QString, page);
    QVERIFY(open(page));
    QQuickWindow& window = window_->window();
    QSet<QQuickItem*> visited;
    QTest::keyClick(&window, Qt::Key_Tab);
    QQuickItem* const first = window.activeFocusItem();
    QVERIFY(first != nullptr);
    constexpr int tooMany = 500;
    int steps = 0;
    do {
        // A list hands the focus on to its current row.
        for (QQuickItem* item = window.activeFocusItem(); item != nullptr; item = item->parentItem())
            if (item == window.activeFocusItem() || item->isFocusScope())
                visited.insert(item);
        QTest::keyClick(&window, Qt::Key_Tab);
    } while (window.activeFocusItem() != first && ++steps < tooMany);
    QVERIFY2(steps < tooMany, "Tab does not come back to where it began");
    QList<QQuickItem*> left;
    for (QQuickItem* item : controls())
        if (!visited.contains(item))
            left.append(item);
    QVERIFY2(left.isEmpty(), qPrintable(QStringLiteral("Tab does not visit:\n  ") + described(left)));
}

} // namespace dsmsg::test

DSMSG_WINDOW_TEST(dsmsg::test::TestAccessibility)
#include "tst_accessibility.moc"

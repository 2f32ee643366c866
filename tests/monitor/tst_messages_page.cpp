// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Messages page in its window, on an embedded cluster, by keyboard: follow, select, read, search, filter;
// and what it costs to scroll while a thousand messages a second come in. With DSMSG_PICTURES set to a
// folder, pictures of what is tested are left there.
#include <algorithm>
#include <array>

#include <QDir>
#include <QElapsedTimer>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "WatchedApplication.h"
#include "app/monitor/app/Session.h"
#include "app/monitor/messages/MessageTrace.h"
#include "core/client/Client.h"

using dsmsg::test::WatchedApplication;

namespace dsmsg::monitor {

namespace {

constexpr int patienceMs = 20'000;

/// The item of this QML type, wherever it is; null: none.
QQuickItem* itemOf(QQuickItem* root, const QByteArray& type)
{
    if (root->isVisible() && QByteArray(root->metaObject()->className()).startsWith(type + "_QMLTYPE"))
        return root;
    for (QQuickItem* child : root->childItems())
        if (QQuickItem* found = itemOf(child, type))
            return found;
    return nullptr;
}

/// Texts, numbers and trees, as people send them.
QByteArray draft(int n)
{
    static const std::array<const char*, 4> payloads{
        "{\"order\":%1,\"items\":[{\"sku\":\"A-%1\",\"count\":3}],\"total\":129.90}", "\"Hello, number %1\"",
        "{\"sensor\":\"hall/%1\",\"celsius\":21.50}", "12345678901234567890"};
    static const std::array<const char*, 4> names{"alice", "bob", "orders", "gate-7"};
    const QString payload = QLatin1String(payloads.at(std::size_t(n) % 4));
    return QStringLiteral("{\"msg_id\":\"m-%1\",\"sender\":\"%2\",\"recipient\":\"%3\",\"payload\":%4}\n")
        .arg(QString::number(n), QLatin1String(names.at(std::size_t(n) % 4)),
             QLatin1String(names.at(std::size_t(n / 3) % 4)),
             payload.contains(QLatin1String("%1")) ? payload.arg(n) : payload)
        .toUtf8();
}

} // namespace

class TestMessagesPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void anEmptyLogOffersToSend();
    void followsTheEnd();
    void aRowIsReadByKeyboard();
    void theDrawerShowsTheWholeLife();
    void searchIsOneKeyAway();
    void whatPassesNothingSaysSo();
    void scrollingUnderLoad();
    void everyLook_data();
    void everyLook();

private:
    void send(int count);
    QObject* shell() const { return window_->property("shell").value<QObject*>(); }
    QQuickItem* item(const char* type) const { return itemOf(window_->contentItem(), type); }
    void press(Qt::Key key) { QTest::keyClick(window_, key); }
    void keep(const QString& name);

    std::unique_ptr<Session> session_;
    std::unique_ptr<QQmlApplicationEngine> engine_;
    std::unique_ptr<client::Client> client_;
    QQuickWindow* window_ = nullptr;
    int sent_ = 0;
};

void TestMessagesPage::initTestCase()
{
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    session_ = std::make_unique<Session>();
    QSignalSpy ready(session_->embedded(), &EmbeddedCluster::ready);
    session_->embedded()->start(3);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(session_->cluster()->leader(), patienceMs);
    engine_ = std::make_unique<QQmlApplicationEngine>();
    engine_->addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine_->setInitialProperties({{QStringLiteral("session"), QVariant::fromValue(session_.get())},
                                   {QStringLiteral("firstPage"), QStringLiteral("messages")},
                                   {QStringLiteral("wantedSize"), QSize(1280, 800)}});
    engine_->load(QUrl(QStringLiteral("qrc:/qt/qml/Dsmsg/Monitor/Main.qml")));
    QVERIFY(!engine_->rootObjects().isEmpty());
    window_ = qobject_cast<QQuickWindow*>(engine_->rootObjects().constFirst());
    window_->requestActivate();
    QVERIFY(QTest::qWaitForWindowActive(window_));
    client::Client::Options options;
    options.endpoints = session_->embedded()->urls();
    options.seed = 1;
    client_ = std::make_unique<client::Client>(options);
}

void TestMessagesPage::cleanupTestCase()
{
    client_.reset();
    engine_.reset();
    session_.reset();
}

void TestMessagesPage::send(int count)
{
    client::Call::Request request;
    request.method = client::HttpRequest::Method::Post;
    request.path = QStringLiteral("/send/batch");
    for (int i = 0; i < count; ++i)
        request.body += draft(++sent_);
    client_->request(request, client::Client::To::Leader, [](const Result<QByteArray>&) {});
}

void TestMessagesPage::keep(const QString& name)
{
    const QString folder = qEnvironmentVariable("DSMSG_PICTURES");
    if (!folder.isEmpty())
        window_->grabWindow().save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

void TestMessagesPage::anEmptyLogOffersToSend()
{
    QTRY_COMPARE_WITH_TIMEOUT(session_->messages()->state(), MessageBrowser::Empty, patienceMs);
    QTRY_VERIFY(item("EmptyState"));
    QCOMPARE(item("EmptyState")->property("actionText").toString(), QStringLiteral("Send a message"));
    keep(QStringLiteral("empty"));
}

void TestMessagesPage::followsTheEnd()
{
    send(300);
    QTRY_COMPARE_WITH_TIMEOUT(session_->messages()->rows()->last(), 300.0, patienceMs);
    QQuickItem* list = nullptr;
    QTRY_VERIFY((list = item("MessageList")));
    QTRY_VERIFY(list->property("atEnd").toBool());
    send(20);
    QTRY_COMPARE_WITH_TIMEOUT(session_->messages()->rows()->last(), 320.0, patienceMs);
    QTRY_VERIFY(list->property("atEnd").toBool());
    keep(QStringLiteral("live"));
}

void TestMessagesPage::aRowIsReadByKeyboard()
{
    item("MessageList")->forceActiveFocus();
    press(Qt::Key_Up);
    press(Qt::Key_Up);
    QVERIFY(!session_->messages()->live());
    QCOMPARE(item("MessageList")->property("currentRow").toInt(), 318);
    press(Qt::Key_Return);
    QCOMPARE(shell()->property("selectedKind").toString(), QStringLiteral("message"));
    QTRY_VERIFY(item("MessageDrawer"));
    // The drawer follows the keyboard.
    item("MessageList")->forceActiveFocus();
    press(Qt::Key_Up);
    QTRY_COMPARE(shell()->property("selected").toMap().value(QStringLiteral("seq")).toDouble(), 318.0);
    press(Qt::Key_Space);
    QVERIFY(session_->messages()->live());
}

void TestMessagesPage::theDrawerShowsTheWholeLife()
{
    QTRY_VERIFY_WITH_TIMEOUT(item("LifeLineView"), patienceMs);
    auto* trace = item("LifeLineView")->property("trace").value<MessageTrace*>();
    QVERIFY(trace);
    QCOMPARE(trace->seq(), 318.0);
    keep(QStringLiteral("drawer_waiting"));
    QTRY_VERIFY_WITH_TIMEOUT(trace->complete(), patienceMs);
    // Received, appended, three disks, committed, applied, delivered.
    QCOMPARE(trace->stages().size(), 8);
    keep(QStringLiteral("drawer"));
}

void TestMessagesPage::searchIsOneKeyAway()
{
    item("MessageList")->forceActiveFocus();
    press(Qt::Key_Slash);
    for (const char c : QByteArray("hall/302"))
        QTest::keyClick(window_, c);
    QTRY_COMPARE(session_->messages()->searchText(), QStringLiteral("hall/302"));
    QCOMPARE(session_->messages()->rows()->matches(), 1);
    press(Qt::Key_Return);
    QCOMPARE(item("MessageList")->property("currentRow").toInt(),
             session_->messages()->rows()->rowOfSeq(302));
    keep(QStringLiteral("search"));
    session_->messages()->reset();
}

void TestMessagesPage::whatPassesNothingSaysSo()
{
    session_->messages()->apply({{QStringLiteral("sender"), QStringLiteral("nobody")}});
    QTRY_COMPARE_WITH_TIMEOUT(session_->messages()->state(), MessageBrowser::NoMatch, patienceMs);
    QTRY_VERIFY(item("EmptyState"));
    QTRY_VERIFY(session_->messages()->streaming());
    keep(QStringLiteral("filtered_empty"));
    session_->messages()->reset();
    QTRY_COMPARE_WITH_TIMEOUT(session_->messages()->rows()->last(), 320.0, patienceMs);
}

void TestMessagesPage::scrollingUnderLoad()
{
    auto& application = *static_cast<WatchedApplication*>(qApp);
    QTRY_VERIFY(item("MessageList"));
    auto* view = item("MessageList")->property("view").value<QQuickItem*>();
    QVERIFY(view);
    // The time of a frame is what the GUI thread works for it: with the software renderer it does all of it.
    QList<double> frames;
    double before = 0;
    connect(window_, &QQuickWindow::beforeSynchronizing, this, [&] { before = WatchedApplication::cpuMs(); });
    connect(window_, &QQuickWindow::afterRendering, this,
            [&] { frames.append(WatchedApplication::cpuMs() - before); });
    QTimer load;
    connect(&load, &QTimer::timeout, this, [this] { send(100); });
    load.start(100);
    application.startAnew();
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 2000)
        QTest::qWait(10);
    const qsizetype followed = frames.size();
    session_->messages()->pause();
    while (clock.elapsed() < 4000) {
        view->setProperty("contentY", view->property("contentY").toDouble() - 100);
        QTest::qWait(10);
    }
    load.stop();
    window_->disconnect(this);
    QVERIFY(followed > 0 && frames.size() > followed);
    std::sort(frames.begin(), frames.end());
    const double p95 = frames.at(frames.size() * 95 / 100);
    qInfo("%lld frames; a frame costs %.1f ms (p95); the GUI thread worked at most %.1f ms at a time.",
          qlonglong(frames.size()), p95, application.longestMs());
    keep(QStringLiteral("paused_under_load"));
    session_->messages()->resume();
    QTRY_COMPARE_WITH_TIMEOUT(session_->messages()->rows()->last(), double(sent_), patienceMs);
    QVERIFY2(p95 <= 16.7, qPrintable(QString::number(p95)));
}

void TestMessagesPage::everyLook_data()
{
    QTest::addColumn<int>("theme");
    QTest::addColumn<QSize>("size");
    QTest::newRow("dark") << int(Settings::DarkTheme) << QSize(1280, 800);
    QTest::newRow("contrast") << int(Settings::ContrastTheme) << QSize(1280, 800);
    QTest::newRow("light_large") << int(Settings::LightTheme) << QSize(1920, 1080);
    QTest::newRow("light_small") << int(Settings::LightTheme) << QSize(900, 600);
}

/// Nothing complains in any palette or size.
void TestMessagesPage::everyLook()
{
    QFETCH(int, theme);
    QFETCH(QSize, size);
    QTest::failOnWarning(QRegularExpression(QStringLiteral("qrc:.*messages")));
    session_->settings()->overrideTheme(static_cast<Settings::Theme>(theme));
    window_->resize(size);
    QTRY_COMPARE(window_->size(), size);
    QTRY_VERIFY(item("MessageList") && item("MessageList")->width() > 0);
    QTest::qWait(300);
    keep(QString::fromLatin1(QTest::currentDataTag()));
}

} // namespace dsmsg::monitor

int main(int argc, char** argv)
{
    // Settings and the embedded cluster's data.
    const QTemporaryDir folder;
    for (const char* variable : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"})
        qputenv(variable, folder.path().toLocal8Bit());
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
    WatchedApplication application(argc, argv);
    dsmsg::monitor::TestMessagesPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_messages_page.moc"

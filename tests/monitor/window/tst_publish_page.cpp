// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Publish page used as a person uses it, on a real cluster inside the application. Where DSMSG_PICTURES
// names a folder, it gets a picture of every state.
#include <QAccessible>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <optional>

#include "tests/monitor/window/Screen.h"
#include "tests/monitor/window/WindowTest.h"

namespace dsmsg::test {

using monitor::DraftImport;
using monitor::LoadGenerator;
using monitor::MessageForm;
using monitor::Publisher;
using monitor::Receipt;

class TestPublishPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        warnings_.emplace();
        QAccessible::setActive(true);
        window_ = std::make_unique<MonitorWindow>(QSize(1280, 800));
        QVERIFY(window_->isOpen());
        QVERIFY(QTest::qWaitForWindowActive(&window_->window()));
        QVERIFY(startEmbedded(*window_, 3));
        window_->goTo(QStringLiteral("publish"));
        QVERIFY(window_->settle());
    }

    void cleanupTestCase()
    {
        window_->session().embedded()->wipe();
        QVERIFY(await([this] { return !window_->session().embedded()->busy(); }, Milliseconds(20'000)));
        window_.reset();
        QCOMPARE(warnings_->take(), QStringList());
    }

    void ctrlEnterSends()
    {
        keep("empty");
        QVERIFY(focus(QStringLiteral("Payload")));
        screen().type(QStringLiteral("Hello, number "));
        form().setText(form().text() + QStringLiteral("{{n}}"));
        QVERIFY(await([this] { return screen().shows(QStringLiteral("Next: \"Hello, number 1\"")); }));
        screen().press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(answered());
        QVERIFY(await([this] { return screen().shows(QStringLiteral("is stored")); }));
        QVERIFY(!form().text().contains(QLatin1Char('\n')));
        QVERIFY(screen().shows(QStringLiteral("On disk on")));
        keep("stored");
    }

    void brokenJsonIsNotSent()
    {
        form().setJson(true);
        form().setText(QStringLiteral("{\n  \"order\": {{random 1000 9999}},\n  \"item\": bolt\n}"));
        QVERIFY(await([this] { return screen().shows(QStringLiteral("Line 3")); }));
        QVERIFY(screen().control(QStringLiteral("Send")) == nullptr || !isEnabled(QStringLiteral("Send")));
        keep("broken");
        QVERIFY(screen().click(QStringLiteral("Go there")));
        form().setText(QStringLiteral("{\n  \"order\": {{random 1000 9999}},\n  \"item\": \"bolt\"\n}"));
        QVERIFY(await([this] { return isEnabled(QStringLiteral("Send")); }));
        QVERIFY(screen().click(QStringLiteral("Send")));
        QVERIFY(answered());
        QCOMPARE(form().receipt()->severity(), QStringLiteral("good"));
    }

    void theHistorySendsAgain()
    {
        const double seq = form().receipt()->seq();
        publisher().sendAgain(0, true, &form());
        QVERIFY(answered());
        QVERIFY(await([&] { return screen().shows(QStringLiteral("Duplicate of #%1").arg(seq)); }));
        keep("duplicate");
        window_->wear(monitor::Settings::DarkTheme);
        keep("duplicate-dark");
        window_->wear(monitor::Settings::ContrastTheme);
        keep("duplicate-contrast");
        window_->wear(monitor::Settings::LightTheme);
        QVERIFY(focus(QStringLiteral("Sent messages")));
        screen().press(Qt::Key_Return);
        QVERIFY(await([this] { return screen().shows(QStringLiteral("Put into the form")); }));
        keep("history-menu");
        screen().press(Qt::Key_Escape);
    }

    void optionsAndVariables()
    {
        QVERIFY(screen().click(QStringLiteral("Options")));
        QVERIFY(await([this] { return screen().shows(QStringLiteral("Time to live")); }));
        keep("options");
        QVERIFY(screen().click(QStringLiteral("Options")));
        QVERIFY(screen().click(QStringLiteral("Variables")));
        QVERIFY(await([this] { return screen().shows(QStringLiteral("{{pick a|b|c}}")); }));
        keep("variables");
        screen().press(Qt::Key_Escape);
    }

    void templates()
    {
        QVERIFY(openTab(1));
        QVERIFY(await([this] { return screen().shows(QStringLiteral("Sensor reading")); }));
        QVERIFY(screen().click(QStringLiteral("Take template Sensor reading")));
        QVERIFY(await([this] { return form().recipient() == QLatin1String("plant"); }));
        keep("templates");
        QVERIFY(focus(QStringLiteral("Name of a new template")));
        screen().type(QStringLiteral("Mine"));
        screen().press(Qt::Key_Return);
        QVERIFY(await([this] { return screen().shows(QStringLiteral("Mine")); }));
    }

    void import()
    {
        QVERIFY(openTab(2));
        keep("import-empty");
        QFile file(folder_.filePath(QStringLiteral("orders.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("sender,recipient,item,amount\n");
        for (int i = 0; i < 400; ++i)
            file.write("shop-2,billing,washer," + QByteArray::number(i) + (i % 90 == 17 ? ",spare\n" : "\n"));
        file.close();
        DraftImport& import = *window_->session().draftImport();
        import.read(QUrl::fromLocalFile(file.fileName()));
        QVERIFY(await([&] { return import.state() == DraftImport::Ready; }));
        QVERIFY(await([this] { return screen().shows(QStringLiteral("5 lines are left out")); }));
        keep("import-ready");
        QVERIFY(screen().click(QStringLiteral("Send 395")));
        QVERIFY(await([&] { return import.state() == DraftImport::Done; }, Milliseconds(20'000)));
        QVERIFY(await([this] { return screen().shows(QStringLiteral("395 of 395 stored")); }));
        keep("import-done");
        QVERIFY(screen().click(QStringLiteral("Put the file away")));
    }

    void load()
    {
        QVERIFY(openTab(3));
        keep("load-idle");
        LoadGenerator& load = *window_->session().load();
        load.setPerSecond(300);
        load.setSeconds(60);
        QVERIFY(screen().click(QStringLiteral("Start")));
        QVERIFY(await([&] { return load.elapsedMs() > 8000; }, Milliseconds(20'000)));
        QVERIFY(load.acknowledged() > 0);
        keep("load-running");
        window_->wear(monitor::Settings::DarkTheme);
        keep("load-running-dark");
        window_->wear(monitor::Settings::LightTheme);
        window_->resize(QSize(900, 600));
        keep("load-running-small");
        window_->resize(QSize(1280, 800));
        QVERIFY(screen().click(QStringLiteral("Stop")));
        QVERIFY(await([&] { return load.state() == LoadGenerator::Done; }));
        QVERIFY(await([this] { return screen().shows(QStringLiteral("Start again")); }));
        keep("load-done");
    }

    void otherSizes()
    {
        QVERIFY(openTab(0));
        window_->resize(QSize(900, 600));
        keep("small");
        window_->resize(QSize(1920, 1080));
        keep("large");
        window_->resize(QSize(1280, 800));
    }

    void withoutALeader()
    {
        for (int i = 0; i < 2; ++i)
            window_->session().embedded()->nodes()[i]->kill();
        QVERIFY(await([this] { return !publisher().situation().isEmpty(); }, Milliseconds(20'000)));
        QVERIFY(window_->settle());
        keep("no-leader");
        QVERIFY(publisher().send(&form()));
        QVERIFY(await([this] { return screen().shows(QStringLiteral("Sending")); }));
        keep("sending");
        QVERIFY(screen().click(QStringLiteral("Cancel")));
        QVERIFY(answered());
        QVERIFY(await([this] { return screen().shows(QStringLiteral("Cancelled")); }));
        keep("cancelled");
    }

private:
    Publisher& publisher() { return *window_->session().publisher(); }
    MessageForm& form() { return *publisher().form(); }
    Screen screen() { return Screen(window_->window()); }

    bool answered()
    {
        return await([this] { return form().receipt()->state() == Receipt::Done; }, Milliseconds(15'000));
    }

    bool isEnabled(const QString& name)
    {
        const QQuickItem* item = screen().control(name);
        return item != nullptr && item->isEnabled();
    }

    bool focus(const QString& name)
    {
        QQuickItem* item = screen().control(name);
        if (item != nullptr)
            item->forceActiveFocus();
        return item != nullptr;
    }

    bool openTab(int index)
    {
        QQuickItem* tabs = screen().control(QStringLiteral("What is on the right"));
        return tabs != nullptr && QMetaObject::invokeMethod(tabs, "choose", Q_ARG(int, index)) &&
               window_->settle();
    }

    void keep(const char* name)
    {
        const QString folder = qEnvironmentVariable("DSMSG_PICTURES");
        if (folder.isEmpty())
            return;
        window_->settle();
        QTest::qWait(500); // charts are drawn elsewhere, and come a frame later
        QDir().mkpath(folder);
        QVERIFY(window_->picture().save(folder + QLatin1Char('/') + QLatin1String(name) +
                                        QStringLiteral(".png")));
    }

    QTemporaryDir folder_;
    std::optional<monitor::WarningCatcher> warnings_; ///< after QTest's own
    std::unique_ptr<MonitorWindow> window_;
};

} // namespace dsmsg::test

DSMSG_WINDOW_TEST(dsmsg::test::TestPublishPage)
#include "tst_publish_page.moc"

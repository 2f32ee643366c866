// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person chose is there again after a restart, and what a file holds wrongly does no harm.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/monitor/app/Appearance.h"
#include "app/monitor/app/Languages.h"
#include "app/monitor/app/Profiles.h"
#include "app/monitor/app/Settings.h"

using namespace dsmsg::monitor;

class TestSettings : public QObject
{
    Q_OBJECT
    QTemporaryDir dir_;
    QString file_;

private Q_SLOTS:
    void init()
    {
        file_ = dir_.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QStringLiteral(".ini"));
    }

    void theWindowComesBackWhereItCanBeSeen_data()
    {
        QTest::addColumn<QRect>("kept");
        QTest::addColumn<QRect>("shown");
        // Two screens, 1920x1080 and to its right 1280x1024
        QTest::newRow("as it was") << QRect(100, 50, 1000, 700) << QRect(100, 50, 1000, 700);
        QTest::newRow("on the second") << QRect(2000, 50, 1000, 700) << QRect(2000, 50, 1000, 700);
        QTest::newRow("larger than its screen") << QRect(2000, 0, 1900, 1080) << QRect(2000, 0, 1280, 1024);
        QTest::newRow("screen unplugged") << QRect(3300, 50, 1000, 700) << QRect(460, 190, 1000, 700);
        QTest::newRow("unplugged, and too large") << QRect(-4000, 0, 3840, 2160) << QRect(0, 0, 1920, 1080);
    }
    void theWindowComesBackWhereItCanBeSeen()
    {
        QFETCH(QRect, kept);
        QFETCH(QRect, shown);
        QCOMPARE(Settings::fitted(kept, {QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)}), shown);
    }

    void everythingComesBack()
    {
        {
            Settings settings(file_);
            settings.setTheme(Settings::DarkTheme);
            settings.setMotion(Settings::ReducedMotion);
            settings.setTextScale(1.25);
            settings.setLanguage(QStringLiteral("de"));
            settings.setAutoRefresh(false);
            settings.setNotifications(false);
            settings.setReconnect(false);
            settings.setClosing(Settings::StopOnClose);
            settings.setPage(QStringLiteral("clocks"));
            settings.setGeometry(QRect(10, 20, 1000, 700));
            settings.setMaximized(true);
        }
        const Settings again(file_);
        QCOMPARE(again.theme(), Settings::DarkTheme);
        QCOMPARE(again.motion(), Settings::ReducedMotion);
        QCOMPARE(again.textScale(), 1.25);
        QCOMPARE(again.language(), QStringLiteral("de"));
        QCOMPARE(again.autoRefresh(), false);
        QCOMPARE(again.notifications(), false);
        QCOMPARE(again.reconnect(), false);
        QCOMPARE(again.closing(), Settings::StopOnClose);
        QCOMPARE(again.page(), QStringLiteral("clocks"));
        QCOMPARE(again.geometry(), QRect(10, 20, 1000, 700));
        QCOMPARE(again.maximized(), true);
    }

    void overridesAreNotKept()
    {
        {
            Settings settings(file_);
            settings.overrideTheme(Settings::ContrastTheme);
            settings.overrideLanguage(QStringLiteral("de"));
            QCOMPARE(settings.theme(), Settings::ContrastTheme);
        }
        const Settings again(file_);
        QCOMPARE(again.theme(), Settings::SystemTheme);
        QCOMPARE(again.language(), QString());
    }

    void wrongValuesBecomeDefaults()
    {
        {
            QSettings store(file_, QSettings::IniFormat);
            store.setValue(QStringLiteral("look/theme"), 77);
            store.setValue(QStringLiteral("look/motion"), QStringLiteral("fast"));
            store.setValue(QStringLiteral("look/text_scale"), QStringLiteral("huge"));
            store.setValue(QStringLiteral("closing"), -1);
        }
        Settings settings(file_);
        QCOMPARE(settings.theme(), Settings::SystemTheme);
        QCOMPARE(settings.motion(), Settings::SystemMotion);
        QCOMPARE(settings.textScale(), 1.0);
        QCOMPARE(settings.closing(), Settings::AskOnClose);
        settings.setTextScale(9);
        QCOMPARE(settings.textScale(), Settings::largestText);
    }

    void changesAreToldOnce()
    {
        Settings settings(file_);
        const QSignalSpy spy(&settings, &Settings::themeChanged);
        settings.setTheme(Settings::DarkTheme);
        settings.setTheme(Settings::DarkTheme);
        QCOMPARE(spy.count(), 1);
    }

    void schemeFollowsTheChoiceThenTheDesktopThenThePalette_data()
    {
        using Scheme = ColourScheme;
        QTest::addColumn<std::optional<Scheme>>("chosen");
        QTest::addColumn<DesktopLook>("desktop");
        QTest::addColumn<bool>("paletteIsDark");
        QTest::addColumn<Scheme>("scheme");
        const std::optional<Scheme> none;
        QTest::newRow("nobody says anything") << none << DesktopLook{} << false << Scheme::Light;
        QTest::newRow("a dark palette") << none << DesktopLook{} << true << Scheme::Dark;
        QTest::newRow("the desktop prefers dark")
            << none << DesktopLook{.prefersDark = true} << false << Scheme::Dark;
        QTest::newRow("... light over a dark palette")
            << none << DesktopLook{.prefersDark = false} << true << Scheme::Light;
        QTest::newRow("... more contrast")
            << none << DesktopLook{.prefersDark = true, .moreContrast = true} << false << Scheme::Contrast;
        QTest::newRow("light by hand wins")
            << std::optional(Scheme::Light) << DesktopLook{.prefersDark = true, .moreContrast = true} << true
            << Scheme::Light;
        QTest::newRow("contrast by hand wins")
            << std::optional(Scheme::Contrast) << DesktopLook{.prefersDark = false} << false
            << Scheme::Contrast;
    }
    void schemeFollowsTheChoiceThenTheDesktopThenThePalette()
    {
        QFETCH(std::optional<ColourScheme>, chosen);
        QFETCH(DesktopLook, desktop);
        QFETCH(bool, paletteIsDark);
        QFETCH(ColourScheme, scheme);
        QCOMPARE(colourScheme(chosen, desktop, paletteIsDark), scheme);
    }

    void appearanceFollowsThePortalAndRemembersIt()
    {
        const auto dark = static_cast<int>(ColourScheme::Dark);
        {
            Settings settings(file_);
            Appearance appearance(settings);
            const QSignalSpy spy(&appearance, &Appearance::changed);
            appearance.portal().take(QStringLiteral("org.freedesktop.appearance"),
                                     QStringLiteral("color-scheme"), 1U);
            QCOMPARE(appearance.scheme(), dark);
            appearance.portal().take(QStringLiteral("org.gnome.desktop.interface"),
                                     QStringLiteral("enable-animations"), false);
            QVERIFY(appearance.reducedMotion());
            settings.setMotion(Settings::FullMotion);
            QVERIFY(!appearance.reducedMotion());
            QCOMPARE(spy.count(), 3);
            settings.setTheme(Settings::LightTheme);
            QCOMPARE(appearance.scheme(), static_cast<int>(ColourScheme::Light));
            settings.setTheme(Settings::SystemTheme);
        }
        Settings settings(file_);
        const Appearance again(settings);
        QCOMPARE(again.scheme(), dark); // before the portal has answered
    }

    void languageOfTheSystemUnlessChosen()
    {
        const QString german = QStringLiteral("de");
        const QString english = QStringLiteral("en");
        QCOMPARE(Languages::choose({}, {QStringLiteral("de-AT"), QStringLiteral("en")}), german);
        QCOMPARE(Languages::choose({}, {QStringLiteral("fr-FR")}), english);
        QCOMPARE(Languages::choose({}, {QStringLiteral("fr-FR"), QStringLiteral("de")}), german);
        QCOMPARE(Languages::choose(english, {german}), english);
        QCOMPARE(Languages::choose(QStringLiteral("xx"), {german}), german);
    }

    void profilesComeBack()
    {
        {
            Settings settings(file_);
            Profiles profiles(settings.store());
            QCOMPARE(profiles.save(-1, QStringLiteral("Home"), QStringLiteral("127.0.0.1:8000"), 2,
                                   QStringLiteral("house")),
                     QString());
            QCOMPARE(
                profiles.save(-1, QStringLiteral("Work"), QStringLiteral("http://a:1,http://b:2"), 9, {}),
                QString());
            profiles.noteConnected(QStringLiteral("http://b:2/, a:1"));
            QCOMPARE(profiles.current(), 1);
            QCOMPARE(profiles.currentName(), QStringLiteral("Work"));
        }
        Settings settings(file_);
        const Profiles again(settings.store());
        QCOMPARE(again.count(), 2);
        QCOMPARE(again.get(0).value(QStringLiteral("name")).toString(), QStringLiteral("Home"));
        QCOMPARE(again.get(0).value(QStringLiteral("colour")).toInt(), 2);
        QCOMPARE(again.get(0).value(QStringLiteral("iconName")).toString(), QStringLiteral("house"));
        QCOMPARE(again.get(1).value(QStringLiteral("colour")).toInt(), 7);
        QVERIFY(!again.get(1).value(QStringLiteral("lastUsed")).toString().isEmpty());
        QCOMPARE(again.current(), -1);
        QCOMPARE(again.lastUrls(), QStringLiteral("http://b:2/, a:1"));
    }

    void profilesRefuseWhatTheyCannotKeep()
    {
        Settings settings(file_);
        Profiles profiles(settings.store());
        QVERIFY(!profiles.save(-1, QStringLiteral("  "), QStringLiteral("a:1"), 0, {}).isEmpty());
        QVERIFY(!profiles.save(-1, QStringLiteral("A"), QStringLiteral(" , "), 0, {}).isEmpty());
        QCOMPARE(profiles.save(-1, QStringLiteral("A"), QStringLiteral("a:1"), 0, {}), QString());
        QVERIFY(!profiles.save(-1, QStringLiteral("A"), QStringLiteral("b:1"), 0, {}).isEmpty());
        QCOMPARE(profiles.save(0, QStringLiteral("A"), QStringLiteral("b:1"), 0, {}), QString());
        for (int row = 1; row < Profiles::capacity; ++row)
            QCOMPARE(profiles.save(-1, QString::number(row), QStringLiteral("a:1"), 0, {}), QString());
        QVERIFY(!profiles.save(-1, QStringLiteral("one too many"), QStringLiteral("a:1"), 0, {}).isEmpty());
    }

    void removedProfilesAreGone()
    {
        Settings settings(file_);
        Profiles profiles(settings.store());
        for (const char* name : {"a", "b", "c"})
            profiles.save(-1, QString::fromLatin1(name), QString::fromLatin1(name) + QStringLiteral(":1"), 0,
                          {});
        profiles.noteConnected(QStringLiteral("b:1"));
        profiles.remove(0);
        QCOMPARE(profiles.currentName(), QStringLiteral("b"));
        profiles.remove(0);
        QCOMPARE(profiles.current(), -1);
        QCOMPARE(Profiles(settings.store()).count(), 1);
        profiles.noteDisconnected();
        QCOMPARE(profiles.lastUrls(), QString());
    }
};

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"

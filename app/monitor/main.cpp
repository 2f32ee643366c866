// SPDX-License-Identifier: GPL-3.0-or-later
//
// dsmsg-monitor: the desktop application.
#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTimer>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <langinfo.h>

#include "app/monitor/app/CommandLine.h"
#include "app/monitor/app/Graphics.h"
#include "app/monitor/app/Session.h"
#include "app/monitor/screenshots/Recording.h"
#include "app/monitor/screenshots/Screenshots.h"

namespace {

using namespace dsmsg::monitor;

enum ExitCode
{
    Closed = 0,
    CouldNotStart = 1,
    WrongUsage = 2,
    NoDisplay = 3
};

void print(std::FILE* file, const QString& text)
{
    std::fputs(text.toLocal8Bit().constData(), file);
}

/// Qt complains about every start under a locale without UTF-8 and cannot show most texts there.
void useUtf8()
{
    std::setlocale(LC_ALL, "");
    if (QByteArray(nl_langinfo(CODESET)) != "UTF-8")
        qputenv("LC_ALL", "C.UTF-8");
}

/// Qt ends a program without a display with a core dump and advice for developers. This one says what to do.
void whileStarting(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (type != QtFatalMsg) {
        print(stderr, qFormatLogMessage(type, context, text) + QLatin1Char('\n'));
        return;
    }
    print(stderr, QStringLiteral("dsmsg-monitor: there is no display that can be used. Start it in a desktop "
                                 "session, or set DISPLAY or WAYLAND_DISPLAY; without one, dsmsg status and "
                                 "dsmsg watch show a cluster in the terminal.\n"));
    std::_Exit(NoDisplay);
}

Settings::Theme themeNamed(const QString& name)
{
    if (name == QStringLiteral("light"))
        return Settings::LightTheme;
    if (name == QStringLiteral("dark"))
        return Settings::DarkTheme;
    return name == QStringLiteral("contrast") ? Settings::ContrastTheme : Settings::SystemTheme;
}

void applyOverrides(Session& session, const CommandLine& line)
{
    if (!line.theme.isEmpty())
        session.settings()->overrideTheme(themeNamed(line.theme));
    if (!line.language.isEmpty())
        session.settings()->overrideLanguage(line.language);
}

QVariantMap initialProperties(Session& session, const CommandLine& line)
{
    QVariantMap properties{{QStringLiteral("session"), QVariant::fromValue(&session)},
                           {QStringLiteral("firstPage"), line.page}};
    if (line.size.isValid())
        properties.insert(QStringLiteral("wantedSize"), line.size);
    return properties;
}

/// Where the command line says, else where it was connected last. "" or what is wrong with the address.
QString connectFirst(Session& session, const CommandLine& line)
{
    if (line.embedded != 0)
        session.embedded()->start(line.embedded);
    else if (!line.connectTo.isEmpty())
        return session.connectTo(line.connectTo);
    else
        session.reconnect();
    return {};
}

void grabLater(const CommandLine& line, QQmlApplicationEngine& engine)
{
    QTimer::singleShot(static_cast<int>(line.afterS * 1000), &engine, [&engine, file = line.grab] {
        auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
        const bool written = window != nullptr && window->grabWindow().save(file);
        if (!written)
            print(stderr, QStringLiteral("dsmsg-monitor: cannot write %1.\n").arg(file));
        QCoreApplication::exit(written ? Closed : CouldNotStart);
    });
}

/// What every kind of run begins with.
void setUp()
{
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
    // What happens to embedded nodes is shown in the window; several of them would flood a terminal.
    QLoggingCategory::setFilterRules(QStringLiteral("dsmsg.*=false"));
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
}

int run(QApplication& application, const CommandLine& line)
{
    setUp();
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icon/org.dsmsg.Monitor.svg")));
    const QString graphics = chooseGraphics();
    Session session;
    session.setGraphics(graphics);
    applyOverrides(session, line);
    session.start();
    if (const QString wrong = connectFirst(session, line); !wrong.isEmpty()) {
        print(stderr, QStringLiteral("dsmsg-monitor: --connect: %1\n").arg(wrong));
        return WrongUsage;
    }

    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    QObject::connect(session.languages(), &Languages::changed, &engine, &QQmlEngine::retranslate);
    engine.setInitialProperties(initialProperties(session, line));
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Dsmsg/Monitor/Main.qml")));
    if (engine.rootObjects().isEmpty())
        return CouldNotStart;
    if (!line.grab.isEmpty())
        grabLater(line, engine);
    return application.exec();
}

/// --screenshots and --record, in a folder of their own that is gone afterwards.
int runPictures(int argc, char** argv, const CommandLine& line)
{
    const QString folder = prepareForPictures();
    if (folder.isEmpty()) {
        print(stderr, QStringLiteral("dsmsg-monitor: cannot make a temporary folder.\n"));
        return CouldNotStart;
    }
    int exitCode = CouldNotStart;
    {
        QApplication application(argc, argv);
        setUp();
        exitCode = line.record.isEmpty() ? takeScreenshots(line.screenshots, line.only)
                                         : recordFaultLab(line.record);
    }
    QDir(folder).removeRecursively();
    return exitCode;
}

} // namespace

int main(int argc, char** argv)
{
    useUtf8();
    QCoreApplication::setOrganizationName(QStringLiteral("dsmsg"));
    QCoreApplication::setApplicationName(QStringLiteral("dsmsg-monitor"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DSMSG_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("dsmsg"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.dsmsg.Monitor"));
    CommandLine line;
    {
        const QCoreApplication forItsArguments(argc, argv);
        if (const auto end = readCommandLine(QCoreApplication::arguments(), line)) {
            print(end->exitCode == 0 ? stdout : stderr, end->text);
            return end->exitCode;
        }
    }
    if (!line.screenshots.isEmpty() || !line.record.isEmpty())
        return runPictures(argc, argv, line);
    qInstallMessageHandler(whileStarting);
    QApplication application(argc, argv);
    qInstallMessageHandler(nullptr);
    return run(application, line);
}

// SPDX-License-Identifier: GPL-3.0-or-later
//
// dsmsg-monitor as it is installed, in a real window: the program itself on an X server of its own (Xvfb),
// looking at three node processes. What is on that screen is read from the server's frame buffer.
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include "tests/support/process/ClusterTest.h"

namespace dsmsg::test {

namespace {

constexpr int width = 1280;
constexpr int height = 800;

/// An X server with one screen; the files of its frame buffer are in a temporary folder.
class Display
{
public:
    Display()
    {
        server_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        server_.start(QStringLiteral("Xvfb"),
                      {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                       QStringLiteral("0"), QStringLiteral("%1x%2x24").arg(width).arg(height),
                       QStringLiteral("-fbdir"), folder_.path(), QStringLiteral("-nolisten"),
                       QStringLiteral("tcp")});
        if (QTest::qWaitFor([this] { return server_.canReadLine(); }, 10'000))
            name_ = QLatin1Char(':') + QString::fromLatin1(server_.readLine()).trimmed();
    }

    ~Display()
    {
        server_.terminate();
        server_.waitForFinished();
    }

    QString name() const { return name_; }

    /// The file is an XWD dump: a head of 32 bit words in the order of the network, colours, then the pixels.
    QImage screen() const
    {
        QFile file(folder_.filePath(QStringLiteral("Xvfb_screen0")));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QByteArray bytes = file.readAll();
        const auto word = [&](qsizetype index) {
            return qFromBigEndian<quint32>(bytes.constData() + 4 * index);
        };
        constexpr qsizetype bytesPerLineAt = 12;
        constexpr qsizetype coloursAt = 19;
        constexpr quint32 colourSize = 12;
        const qsizetype pixels = word(0) + word(coloursAt) * colourSize;
        if (bytes.size() < pixels + qsizetype(word(bytesPerLineAt)) * height)
            return {};
        return QImage(reinterpret_cast<const uchar*>(bytes.constData() + pixels), width, height,
                      static_cast<qsizetype>(word(bytesPerLineAt)), QImage::Format_RGB32)
            .copy();
    }

private:
    QTemporaryDir folder_;
    QProcess server_;
    QString name_;
};

qsizetype coloursOf(const QImage& picture)
{
    QSet<QRgb> colours;
    for (int y = 0; y < picture.height(); y += 2)
        for (int x = 0; x < picture.width(); x += 2)
            colours.insert(picture.pixel(x, y));
    return colours.size();
}

/// Where Overview says how the cluster is.
QImage headline(const QImage& screen)
{
    return screen.copy(232, 60, 700, 60);
}

QProcessEnvironment environmentOf(const QTemporaryDir& home, const Display& display)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), display.name());
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nonexistent"));
    for (const char* place :
         {"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        environment.insert(QString::fromLatin1(place), home.path());
    return environment;
}

} // namespace

class TestRealWindow : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theProgramShowsTheCluster();
    void itEndsQuietlyWhileSomethingMoves();
};

void TestRealWindow::initTestCase()
{
    if (QStandardPaths::findExecutable(QStringLiteral("Xvfb")).isEmpty())
        QSKIP("Xvfb is not installed");
}

void TestRealWindow::theProgramShowsTheCluster()
{
    const Display display;
    QVERIFY(!display.name().isEmpty());
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);

    const QTemporaryDir home;
    QProcess program;
    program.setProcessEnvironment(environmentOf(home, display));
    program.start(QStringLiteral(DSMSG_MONITOR_PROGRAM),
                  {QStringLiteral("--connect"), cluster().url(0), QStringLiteral("--page"),
                   QStringLiteral("overview"), QStringLiteral("--theme"), QStringLiteral("light"),
                   QStringLiteral("--size"), QStringLiteral("%1x%2").arg(width).arg(height)});
    QVERIFY(program.waitForStarted());

    QElapsedTimer time;
    time.start();
    constexpr qsizetype aPage = 40; // icons, letters, a ring: a blank window has a handful
    QVERIFY2(QTest::qWaitFor([&] { return coloursOf(display.screen()) > aPage; }, 20'000),
             program.readAllStandardError().constData());
    qInfo("on the screen after %lld ms", time.elapsed());

    // The headline stands once the cluster is known, and changes when its leader is lost.
    QImage before = headline(display.screen());
    QVERIFY(QTest::qWaitFor(
        [&] {
            QTest::qWait(500);
            return std::exchange(before, headline(display.screen())) == before;
        },
        20'000));
    cluster().process(leader).kill();
    QVERIFY(QTest::qWaitFor([&] { return headline(display.screen()) != before; }, 10'000));

    program.terminate();
    QVERIFY(program.waitForFinished(10'000));
    QCOMPARE(program.readAllStandardError(), QByteArray());
}

/// What moves it is still there when the application goes.
void TestRealWindow::itEndsQuietlyWhileSomethingMoves()
{
    const Display display;
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    const QTemporaryDir home;
    QProcess program;
    program.setProcessEnvironment(environmentOf(home, display));
    program.start(QStringLiteral(DSMSG_MONITOR_PROGRAM),
                  {QStringLiteral("--connect"), cluster().url(0), QStringLiteral("--page"),
                   QStringLiteral("raft"), QStringLiteral("--grab"),
                   home.filePath(QStringLiteral("raft.png")), QStringLiteral("--after"),
                   QStringLiteral("2")});
    QVERIFY(program.waitForFinished(20'000));
    QCOMPARE(program.readAllStandardError(), QByteArray());
    QCOMPARE(program.exitCode(), 0);
}

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestRealWindow)
#include "tst_real_window.moc"

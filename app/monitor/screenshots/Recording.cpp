// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/screenshots/Recording.h"

#include <QDir>
#include <QElapsedTimer>
#include <QThreadPool>
#include <atomic>
#include <cstdio>

#include "app/monitor/lab/FaultLab.h"
#include "app/monitor/lab/LabRun.h"
#include "app/monitor/screenshots/Await.h"
#include "app/monitor/screenshots/MonitorWindow.h"

namespace dsmsg::monitor {

namespace {

constexpr QSize size(1280, 800);
constexpr int perSecond = 8;
constexpr int before = 1 * perSecond; ///< frames of the cluster at rest
constexpr int after = 4 * perSecond;  ///< frames of the verdict
constexpr int most = 60 * perSecond;
constexpr Milliseconds patience{20'000};

class Camera
{
public:
    Camera(MonitorWindow& window, const QString& directory)
        : window_(window)
        , directory_(directory)
    {
        clock_.start();
    }

    /// Takes the next picture when its time has come.
    void turn()
    {
        const qint64 due = frames_ * 1000LL / perSecond;
        await([&] { return clock_.elapsed() >= due; });
        const QString file =
            directory_ + QStringLiteral("/frame-%1.png").arg(frames_++, 4, 10, QLatin1Char('0'));
        writers_.start([this, image = window_.picture(), file] {
            constexpr int lightlyPressed = 70;
            if (!image.save(file, "PNG", lightlyPressed))
                failed_ = true;
        });
    }

    void turn(int frames)
    {
        for (int i = 0; i < frames; ++i)
            turn();
    }

    bool close()
    {
        writers_.waitForDone();
        return !failed_;
    }

    int frames() const { return frames_; }

private:
    MonitorWindow& window_;
    const QString directory_;
    QElapsedTimer clock_;
    QThreadPool writers_;
    std::atomic<bool> failed_ = false;
    int frames_ = 0;
};

int fail(const char* what)
{
    std::fprintf(stderr, "dsmsg-monitor: --record: %s\n", what);
    return 1;
}

} // namespace

int recordFaultLab(const QString& directory)
{
    if (!QDir().mkpath(directory))
        return fail("cannot make the folder");
    MonitorWindow window(size, true);
    if (!window.isOpen())
        return fail("there is no window");
    ClusterMonitor& cluster = *window.session().cluster();
    window.wear(Settings::DarkTheme);
    window.session().embedded()->start(3);
    if (!await([&] { return cluster.leader() != nullptr && cluster.reachable() == 3; }, patience))
        return fail("the embedded cluster has no leader");
    window.goTo(QStringLiteral("faults"));
    if (!window.settle(patience))
        return fail("the page is not ready");

    LabRun& run = *window.session().lab()->run();
    Camera camera(window, directory);
    camera.turn(before);
    run.breakIt(QStringLiteral("kill-leader"));
    camera.turn();
    while (run.active() && camera.frames() < most)
        camera.turn();
    camera.turn(after);
    if (!camera.close())
        return fail("a picture could not be written");
    if (run.phase() != LabRun::Done)
        return fail("the run did not come to its verdict");
    std::printf("%d frames, %d a second\n", camera.frames(), perSecond);
    return 0;
}

} // namespace dsmsg::monitor

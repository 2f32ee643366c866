// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which moment the scope shows, and of what: the live recording half a second behind, that recording
// replayed, or a file. It owns the live recording, which goes on while something else is looked at. Time
// comes in by advance(); tick() is advance() with this computer's clock, called by whoever draws.
#pragma once

#include <algorithm>
#include <functional>

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/LiveClock.h"
#include "app/monitor/scope/ScopeEvents.h"
#include "app/monitor/scope/ScopeNodes.h"
#include "app/monitor/scope/ScopeRecording.h"
#include "app/monitor/scope/ScopeScene.h"

namespace dsmsg::monitor {

class ClusterMonitor;

class ScopePlayer : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.scope")
    Q_PROPERTY(dsmsg::monitor::ScopeNodes* nodes READ nodes CONSTANT)
    Q_PROPERTY(dsmsg::monitor::ScopeEvents* events READ events CONSTANT)
    /// Cluster time in seconds. Told at most ten times a second while it plays.
    Q_PROPERTY(double position READ position NOTIFY positionChanged)
    Q_PROPERTY(double from READ from NOTIFY positionChanged)
    Q_PROPERTY(double to READ to NOTIFY positionChanged)
    /// Where the scrub bar begins: a minute at least, so that it does not shrink all the time at first.
    Q_PROPERTY(double axisFrom READ axisFrom NOTIFY positionChanged)
    Q_PROPERTY(double behindS READ behindS NOTIFY positionChanged) ///< the end, by so many seconds
    Q_PROPERTY(bool empty READ empty NOTIFY positionChanged)
    Q_PROPERTY(bool live READ live NOTIFY modeChanged)
    Q_PROPERTY(bool playing READ playing NOTIFY modeChanged)
    Q_PROPERTY(double speed READ speed WRITE setSpeed NOTIFY modeChanged) ///< 1, 0.25, 0.05
    Q_PROPERTY(QString fileName READ fileName NOTIFY modeChanged)         ///< "": the cluster itself
    Q_PROPERTY(QString note READ note NOTIFY positionChanged)             ///< what one looks at, in words
    Q_PROPERTY(QString summary READ summary NOTIFY positionChanged)       ///< the picture, in words
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)                    ///< a file is read or written

public:
    static constexpr double delayS = 0.5;
    static constexpr double shortestAxisS = 60;

    explicit ScopePlayer(QObject* parent = nullptr);
    ~ScopePlayer() override;

    ScopeNodes* nodes() { return &nodes_; }
    ScopeEvents* events() { return &events_; }
    double position() const { return position_; }
    double from() const { return recording().from(); }
    double to() const;
    double axisFrom() const { return fileName_.isEmpty() ? std::min(from(), to() - shortestAxisS) : from(); }
    double behindS() const { return to() - position_; }
    bool empty() const { return recording().empty(); }
    bool live() const { return live_; }
    bool playing() const { return playing_; }
    double speed() const { return speed_; }
    void setSpeed(double speed); ///< less than 1 leaves live
    QString fileName() const { return fileName_; }
    QString note() const;
    QString summary() const;
    bool busy() const { return busy_; }

    const ScopeRecording& recording() const { return fileName_.isEmpty() ? recorded_ : opened_; }
    const ScopeScene& scene() const { return scene_; }

    /// Takes what comes from this cluster, and begins anew when it looks at another. `cluster` outlives it or
    /// is destroyed with it.
    void follow(ClusterMonitor& cluster);
    /// What came, at `nowS` of a monotonic clock.
    void take(const Sample& sample, double nowS);
    void take(const RaftEvent& event);
    /// The same clock. Moves on and makes the scene anew.
    void advance(double nowS);
    double nowS() const;
    void forget(); ///< another cluster: the live recording begins anew

    Q_INVOKABLE void tick();
    Q_INVOKABLE void play();
    Q_INVOKABLE void pause();
    Q_INVOKABLE void toggle();
    Q_INVOKABLE void goLive(); ///< of a file: plays from its end again is not possible, so it is closed
    Q_INVOKABLE void seek(double ts);
    Q_INVOKABLE void stepBy(double seconds); ///< and pauses
    /// To the next (1) or last (-1) thing that happened, and pauses. What is simultaneous is one step.
    Q_INVOKABLE void stepEvent(int direction);
    Q_INVOKABLE void exportTo(const QUrl& file);
    Q_INVOKABLE void importFrom(const QUrl& file);
    Q_INVOKABLE void closeFile();

Q_SIGNALS:
    void positionChanged();
    void modeChanged();
    void busyChanged();
    void moved(); ///< the scene is another; each frame while it plays
    void exported(const QString& text);
    void imported(const QString& text);
    void failed(const QString& text);

private:
    void setMode(bool live, bool playing);
    void moveTo(double ts);
    void show();
    void tell();
    /// Runs `work` elsewhere and what it returns here.
    void inBackground(std::function<std::function<void()>()> work);

    ScopeRecording recorded_;
    ScopeRecording opened_;
    QString fileName_;
    LiveClock clock_;
    ScopeScene scene_;
    ScopeNodes nodes_;
    ScopeEvents events_;
    QElapsedTimer started_;
    double position_ = 0;
    double advancedS_ = 0;
    double toldS_ = 0;
    bool live_ = true;
    bool playing_ = true;
    double speed_ = 1;
    bool busy_ = false;
    QThreadPool pool_; ///< of one: files are read and written one after the other
};

} // namespace dsmsg::monitor

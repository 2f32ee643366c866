// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopePlayer.h"

#include <algorithm>
#include <cmath>

#include <QFileInfo>
#include <QLocale>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/scope/ScopeFile.h"
#include "qml/Ui/Format.h"

namespace dsmsg::monitor {

namespace {

/// A difference up to this is made up for by running a little faster or slower, a greater one by a jump.
constexpr double catchUpS = 1;
constexpr double catchUpRate = 0.2;
constexpr double toldEveryS = 0.1;
/// Nobody was heard for so long: the picture stands still instead of running on.
constexpr double standsStillS = 15;
constexpr double flightS = 0.32;
/// Smaller than what clocks tell apart: puts the position behind the event that it was sent to.
constexpr double justAfterS = 1e-6;

QString shortMs(double ms)
{
    return QLocale().toString(ms, 'g', ms < 1 ? 1 : 2);
}

} // namespace

ScopePlayer::ScopePlayer(QObject* parent)
    : QObject(parent)
    , nodes_(this)
    , events_(this)
{
    started_.start();
    pool_.setMaxThreadCount(1);
}

ScopePlayer::~ScopePlayer()
{
    pool_.waitForDone();
}

double ScopePlayer::to() const
{
    return live_ && position_ > 0 ? position_ : recording().to();
}

void ScopePlayer::setSpeed(double speed)
{
    if (speed == speed_ || !(speed > 0 && speed <= 1))
        return;
    speed_ = speed;
    if (speed < 1)
        live_ = false;
    Q_EMIT modeChanged();
    show();
}

QString ScopePlayer::note() const
{
    QString text = !fileName_.isEmpty() ? tr("A recording, ordered by cluster time.")
                   : live_              ? tr("Half a second behind, ordered by cluster time.")
                                        : tr("Replay, ordered by cluster time.");
    if (std::isfinite(scene_.simultaneityMs))
        text += tr(" Within %1 ms is shown as simultaneous.").arg(shortMs(scene_.simultaneityMs));
    else if (!empty())
        text += tr(" The clocks are not synchronised yet: the order is not certain.");
    return text;
}

QString ScopePlayer::summary() const
{
    if (scene_.nodes.empty())
        return tr("No node has been heard of yet.");
    QStringList sentences;
    for (const SceneNode& node : scene_.nodes)
        sentences.append(ScopeNodes::description(node));
    for (const SceneEdge& edge : scene_.edges) {
        const QString& a = scene_.nodes[std::size_t(edge.a)].id;
        const QString& b = scene_.nodes[std::size_t(edge.b)].id;
        if (edge.ab.state == SceneLink::Cut)
            sentences.append(tr("%1 does not reach %2").arg(a, b));
        if (edge.ba.state == SceneLink::Cut)
            sentences.append(tr("%1 does not reach %2").arg(b, a));
    }
    return sentences.join(QStringLiteral(". ")) + QLatin1Char('.');
}

void ScopePlayer::follow(ClusterMonitor& cluster)
{
    connect(&cluster, &ClusterMonitor::sampled, this,
            [this](NodeState*, const SamplePtr& sample) { take(*sample, nowS()); });
    connect(&cluster, &ClusterMonitor::happened, this,
            [this](NodeState*, const RaftEvent& event) { take(event); });
    connect(&cluster, &ClusterMonitor::connectedAnew, this, &ScopePlayer::forget);
}

void ScopePlayer::take(const Sample& sample, double nowS)
{
    if (!recorded_.add(sample))
        return;
    clock_.heard(sample.nodeId, sample.clusterTs, sample.bound.has_value(), nowS);
}

void ScopePlayer::take(const RaftEvent& event)
{
    recorded_.add(event);
}

double ScopePlayer::nowS() const
{
    return double(started_.nsecsElapsed()) / 1e9;
}

void ScopePlayer::tick()
{
    advance(nowS());
}

void ScopePlayer::advance(double nowS)
{
    const double passed = std::clamp(nowS - advancedS_, 0.0, 1.0);
    advancedS_ = nowS;
    const double before = position_;
    if (live_ && clock_.known()) {
        const double wanted = clock_.at(std::min(nowS, clock_.lastHeardS() + standsStillS)) - delayS;
        const double error = wanted - position_ - passed;
        position_ = std::abs(error) > catchUpS || position_ == 0
                        ? wanted
                        : position_ + passed + std::clamp(error, -catchUpRate * passed, catchUpRate * passed);
    } else if (!live_ && playing_) {
        position_ += passed * speed_;
        const double end = fileName_.isEmpty() ? clock_.at(nowS) - delayS : recording().to();
        if (position_ >= end) {
            position_ = end;
            setMode(fileName_.isEmpty(), fileName_.isEmpty());
        }
    }
    if (!live_)
        position_ = std::max(position_, recording().from());
    if (position_ == before)
        return;
    show();
    if (nowS - toldS_ >= toldEveryS) {
        toldS_ = nowS;
        tell();
    }
}

void ScopePlayer::forget()
{
    recorded_.clear();
    clock_.clear();
    if (fileName_.isEmpty()) {
        position_ = 0;
        speed_ = 1;
        setMode(true, true);
        show();
        tell();
    }
}

void ScopePlayer::play()
{
    if (!fileName_.isEmpty() && position_ >= recording().to())
        position_ = recording().from();
    setMode(live_, true);
}

void ScopePlayer::pause()
{
    setMode(false, false);
}

void ScopePlayer::toggle()
{
    if (playing_)
        pause();
    else
        play();
}

void ScopePlayer::goLive()
{
    fileName_.clear();
    opened_.clear();
    speed_ = 1;
    position_ = 0;
    setMode(true, true);
    tick();
    tell();
}

void ScopePlayer::seek(double ts)
{
    setMode(false, playing_);
    moveTo(ts);
}

void ScopePlayer::stepBy(double seconds)
{
    setMode(false, false);
    moveTo(position_ + seconds);
}

void ScopePlayer::stepEvent(int direction)
{
    setMode(false, false);
    const auto& events = recording().events();
    std::size_t at = recording().eventAfter(position_);
    if (direction > 0) {
        if (at == events.size())
            return;
        while (at + 1 < events.size() && simultaneous(events[at], events[at + 1]))
            ++at;
        moveTo(events[at].clusterTs + justAfterS);
        return;
    }
    // Back over the group that is shown to the end of the one before it.
    if (at == 0)
        return;
    --at;
    if (position_ - events[at].clusterTs < 2 * justAfterS) {
        while (at > 0 && simultaneous(events[at - 1], events[at]))
            --at;
        if (at == 0)
            return;
        --at;
    }
    moveTo(events[at].clusterTs + justAfterS);
}

void ScopePlayer::exportTo(const QUrl& file)
{
    const QString path = file.toLocalFile();
    inBackground([this, path, copy = recording()] {
        const auto written = writeScopeFile(copy, path);
        const QString text =
            written ? tr("%1 written: %2 samples and %3 events, %4.")
                          .arg(QFileInfo(path).fileName(), ui::Format::count(double(written->samples)),
                               ui::Format::count(double(written->events)),
                               QLocale().formattedDataSize(written->bytes, 1, QLocale::DataSizeSIFormat))
                    : QString::fromStdString(written.error().text);
        return [this, text, ok = written.ok()] {
            if (ok)
                Q_EMIT exported(text);
            else
                Q_EMIT failed(text);
        };
    });
}

void ScopePlayer::importFrom(const QUrl& file)
{
    const QString path = file.toLocalFile();
    inBackground([this, path]() -> std::function<void()> {
        auto read = std::make_shared<Result<ScopeRecording>>(readScopeFile(path));
        return [this, path, read] {
            if (!*read) {
                Q_EMIT failed(QString::fromStdString(read->error().text));
                return;
            }
            opened_ = std::move(**read);
            fileName_ = QFileInfo(path).fileName();
            setMode(false, true);
            moveTo(opened_.from());
            Q_EMIT imported(tr("%1: %2 samples, %3 events.")
                                .arg(fileName_, ui::Format::count(double(opened_.sampleCount())),
                                     ui::Format::count(double(opened_.events().size()))));
        };
    });
}

void ScopePlayer::closeFile()
{
    if (!fileName_.isEmpty())
        goLive();
}

void ScopePlayer::setMode(bool live, bool playing)
{
    if (live == live_ && playing == playing_)
        return;
    live_ = live;
    playing_ = playing;
    if (live)
        speed_ = 1;
    Q_EMIT modeChanged();
}

void ScopePlayer::moveTo(double ts)
{
    position_ = std::clamp(ts, std::min(recording().from(), recording().to()), recording().to());
    show();
    tell();
}

void ScopePlayer::show()
{
    scene_ = sceneAt(recording(), position_, {flightS * std::sqrt(speed_)});
    Q_EMIT moved();
}

void ScopePlayer::tell()
{
    nodes_.show(scene_);
    events_.show(recording(), position_);
    Q_EMIT positionChanged();
}

void ScopePlayer::inBackground(std::function<std::function<void()>()> work)
{
    if (busy_)
        return;
    busy_ = true;
    Q_EMIT busyChanged();
    pool_.start([this, work = std::move(work)] {
        auto finish = work();
        QMetaObject::invokeMethod(
            this,
            [this, finish = std::move(finish)] {
                busy_ = false;
                Q_EMIT busyChanged();
                finish();
            },
            Qt::QueuedConnection);
    });
}

} // namespace dsmsg::monitor

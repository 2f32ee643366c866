// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeTrack.h"

#include <algorithm>
#include <cmath>

#include "app/monitor/cluster/ClusterMonitor.h"

namespace dsmsg::monitor {

namespace {

constexpr double bucketWidth = 3; ///< pixels
constexpr double repaintEveryS = 1;

} // namespace

TrackPicture TrackPicture::of(const ScopeRecording& recording, double from, double to, std::size_t buckets)
{
    TrackPicture picture;
    picture.activity.assign(buckets, unknown);
    if (!(to > from) || buckets == 0)
        return picture;
    const auto bucketOf = [&](double ts) {
        return std::size_t(std::clamp((ts - from) / (to - from) * double(buckets), 0.0, double(buckets - 1)));
    };
    for (int node = 0; node < recording.names().size(); ++node) {
        const ScopeSample* before = nullptr;
        for (const ScopeSamplePtr& sample : recording.samples(node)) {
            if (sample->role != Role::Leader || sample->ts < from || sample->ts > to) {
                before = nullptr;
                continue;
            }
            // From the sample before it on, where that is near: buckets may be shorter than the time between.
            const bool near = before && sample->ts - before->ts < ScopeRecording::silentS;
            for (std::size_t i = near ? bucketOf(before->ts) : bucketOf(sample->ts);
                 i <= bucketOf(sample->ts); ++i) {
                double& value = picture.activity[i];
                value =
                    std::isnan(value) ? sample->acknowledgedPerS : std::max(value, sample->acknowledgedPerS);
            }
            before = sample.get();
        }
    }
    std::vector<int> worst(buckets, -1);
    for (const RaftEvent& event : recording.events()) {
        const int severity = int(EventModel::severityOf(event.kind));
        if (event.clusterTs >= from && event.clusterTs <= to && severity > EventModel::Note)
            worst[bucketOf(event.clusterTs)] = std::max(worst[bucketOf(event.clusterTs)], severity);
    }
    for (std::size_t i = 0; i < buckets; ++i) {
        if (worst[i] >= 0)
            picture.marks.push_back({(double(i) + 0.5) / double(buckets), worst[i]});
    }
    return picture;
}

void TrackPicture::paint(QPainter& painter) const
{
    const double marksHeight = 12, ground = size.height() - 1;
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.sunken);
    painter.drawRoundedRect(QRectF(QPointF(), size), 4, 4);
    double most = 1;
    for (double value : activity)
        most = std::isnan(value) ? most : std::max(most, value);
    const double width = size.width() / double(std::max<std::size_t>(1, activity.size()));
    QColor busy = style.series[0];
    busy.setAlphaF(0.45F);
    for (std::size_t i = 0; i < activity.size(); ++i) {
        if (std::isnan(activity[i]))
            continue;
        const double height = 1.5 + activity[i] / most * (ground - marksHeight - 4);
        painter.fillRect(QRectF(double(i) * width, ground - height, std::max(1.0, width - 1), height), busy);
    }
    for (const Mark& mark : marks) {
        const QColor colour = mark.severity >= EventModel::Critical  ? style.critical
                              : mark.severity >= EventModel::Warning ? style.warning
                                                                     : style.accent;
        const double x = mark.at * size.width();
        painter.setPen(QPen(colour, 1));
        painter.drawLine(QPointF(x, 8), QPointF(x, ground));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        if (mark.severity >= EventModel::Warning)
            painter.drawPolygon(QPolygonF({{x, 1.5}, {x + 5, 9.5}, {x - 5, 9.5}}));
        else
            painter.drawEllipse(QPointF(x, 6), 3.4, 3.4);
    }
}

void ScopeTrack::follow(ScopePlayer& player)
{
    connect(&player, &ScopePlayer::positionChanged, this, &ScopeTrack::showIfOld);
}

void ScopeTrack::showIfOld()
{
    if (std::abs(player()->to() - shownTo_) >= repaintEveryS ||
        std::abs(player()->axisFrom() - shownFrom_) >= repaintEveryS)
        showAnew();
}

void ScopeTrack::showAnew()
{
    if (!canShow())
        return;
    shownFrom_ = player()->axisFrom();
    shownTo_ = player()->to();
    // The recording shares its samples: a copy is some thousand pointers, and the counting is done elsewhere.
    draw(look().background, Show::WhenDrawn,
         [recording = player()->recording(), style = look(), size = size(), from = shownFrom_,
          to = shownTo_](QPainter& painter) {
             TrackPicture picture =
                 TrackPicture::of(recording, from, to, std::size_t(size.width() / bucketWidth));
             picture.style = style;
             picture.size = size;
             picture.paint(painter);
         });
}

} // namespace dsmsg::monitor

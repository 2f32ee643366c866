// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/LanesView.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::monitor {

namespace {

constexpr double narrowAfterS = 3;

bool sameLog(const SceneNode& a, const SceneNode& b)
{
    return a.id == b.id && a.known == b.known && a.alive == b.alive && a.leads == b.leads &&
           a.first == b.first && a.last == b.last && a.durable == b.durable && a.commit == b.commit &&
           a.applied == b.applied && a.next == b.next && a.match == b.match;
}

} // namespace

void LanesView::setAxisHeight(double height)
{
    if (height == axisHeight_)
        return;
    axisHeight_ = height;
    Q_EMIT sizesChanged();
    showAnew();
}

void LanesView::setLaneHeight(double height)
{
    if (height == laneHeight_)
        return;
    laneHeight_ = height;
    Q_EMIT sizesChanged();
    showAnew();
}

void LanesView::follow(ScopePlayer& player)
{
    connect(&player, &ScopePlayer::moved, this, &LanesView::show);
}

void LanesView::showAnew()
{
    mustShow_ = true;
    show();
}

bool LanesView::glide(const ScopeScene& scene)
{
    const double wanted = LanesPicture::spanFor(scene);
    if (wanted >= span_ || std::abs(scene.moment - shown_.moment) > narrowAfterS) {
        narrowSince_ = scene.moment;
    } else if (scene.moment - narrowSince_ < narrowAfterS && scene.moment >= narrowSince_) {
        return !std::equal(scene.nodes.begin(), scene.nodes.end(), shown_.nodes.begin(), shown_.nodes.end(),
                           sameLog);
    }
    const bool another = span_ != wanted;
    span_ = wanted;
    return another || !std::equal(scene.nodes.begin(), scene.nodes.end(), shown_.nodes.begin(),
                                  shown_.nodes.end(), sameLog);
}

void LanesView::show()
{
    if (!canShow())
        return;
    const ScopeScene& scene = player()->scene();
    if (!glide(scene) && !mustShow_) {
        shown_.moment = scene.moment;
        return;
    }
    mustShow_ = false;
    shown_ = scene;
    LanesPicture picture;
    picture.scene = scene;
    picture.style = look();
    picture.size = size();
    picture.axisHeight = axisHeight_;
    picture.laneHeight = laneHeight_;
    picture.end = std::max(LanesPicture::newest(scene), span_) + span_ * 0.03;
    picture.begin = picture.end - span_ * 1.03;
    draw(look().background, Show::WhenDrawn,
         [picture = std::move(picture)](QPainter& painter) { picture.paint(painter); });
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeView.h"

#include <algorithm>
#include <cmath>

#include <QLocale>

namespace dsmsg::monitor {

namespace {

constexpr double reachOfPointer = 14;

} // namespace

ScopeView::ScopeView(QQuickItem* parent)
    : PaintedOffThread(parent)
{
}

void ScopeView::setPlayer(ScopePlayer* player)
{
    if (player == player_)
        return;
    if (player_)
        player_->disconnect(this);
    player_ = player;
    if (player_) {
        connect(player_, &ScopePlayer::moved, this, &ScopeView::show);
        connect(player_, &ScopePlayer::modeChanged, this, &ScopeView::show);
        connect(player_, &ScopePlayer::positionChanged, this, [this] {
            if (!hovered_.isEmpty())
                hoverAt(pointer_.x(), pointer_.y());
        });
    }
    Q_EMIT playerChanged();
    show();
}

void ScopeView::setStyle(const QVariantMap& style)
{
    if (style == styleMap_)
        return;
    styleMap_ = style;
    style_ = ScopeStyle::fromMap(style);
    Q_EMIT styleChanged();
    show();
}

void ScopeView::setCard(QSizeF card)
{
    if (card == card_)
        return;
    card_ = card;
    Q_EMIT cardChanged();
    show();
}

void ScopeView::setKinds(int kinds)
{
    if (unsigned(kinds) == kinds_)
        return;
    kinds_ = unsigned(kinds);
    Q_EMIT kindsChanged();
    show();
}

void ScopeView::setStill(bool still)
{
    if (still == still_)
        return;
    still_ = still;
    Q_EMIT stillChanged();
    show();
}

void ScopeView::hoverAt(double x, double y)
{
    pointer_ = {x, y};
    int nearest = -1;
    double least = reachOfPointer;
    const auto& edges = player_ ? player_->scene().edges : std::vector<SceneEdge>();
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (std::size_t(edges[i].b) >= layout_.centres.size())
            continue;
        const Nearness near = nearness(pointer_, layout_.link(edges[i].a, edges[i].b));
        if (near.distance < least) {
            least = near.distance;
            nearest = int(i);
        }
    }
    const QVariantMap found = nearest < 0 ? QVariantMap() : describe(edges[std::size_t(nearest)], pointer_);
    if (found == hovered_)
        return;
    hovered_ = found;
    Q_EMIT hoveredChanged();
    if (hotEdge_ != nearest) {
        hotEdge_ = nearest;
        show();
    }
}

void ScopeView::unhover()
{
    hoverAt(-1e6, -1e6);
}

void ScopeView::geometryChange(const QRectF& now, const QRectF& before)
{
    PaintedOffThread::geometryChange(now, before);
    if (now.size() != before.size())
        show();
}

void ScopeView::itemChange(ItemChange change, const ItemChangeData& data)
{
    PaintedOffThread::itemChange(change, data);
    if (change == ItemVisibleHasChanged || change == ItemSceneChange)
        show();
}

void ScopeView::show()
{
    if (!player_ || !isVisible() || !window() || width() < 1 || height() < 1 ||
        !style_.background.isValid()) {
        setAnimating(false);
        return;
    }
    const ScopeScene& scene = player_->scene();
    layOut(scene);
    if (hotEdge_ >= int(scene.edges.size()))
        unhover();
    const unsigned moving = (scene.flying | scene.soon) & kinds_;
    const bool timers = !scene.nodes.empty() && card_.isEmpty();
    setAnimating(!still_ && player_->playing() && !player_->empty() && (moving || scene.flashing || timers));

    ScopePicture picture;
    picture.scene = scene;
    picture.layout = layout_;
    picture.style = style_;
    picture.kinds = still_ ? 0 : kinds_;
    picture.hotEdge = hotEdge_;
    if (card_.isEmpty() && !scene.nodes.empty()) {
        double term = 0;
        for (const SceneNode& node : scene.nodes)
            term = std::max(term, double(node.term));
        picture.centreTitle = tr("Term %1").arg(grouped(term));
        picture.centreText = scene.leader >= 0 ? tr("%1 leads").arg(scene.nodes[std::size_t(scene.leader)].id)
                             : scene.elections ? tr("election")
                                               : tr("no leader");
    }
    draw(style_.background, [picture = std::move(picture)](QPainter& painter) { picture.paint(painter); });
}

void ScopeView::layOut(const ScopeScene& scene)
{
    const int count = int(scene.nodes.size());
    layout_ = card_.isEmpty() ? ScopeLayout::discs(count, size()) : ScopeLayout::cards(count, size(), card_);
    QVariantList places;
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
        places.append(QVariantMap{{QStringLiteral("id"), scene.nodes[i].id},
                                  {QStringLiteral("x"), layout_.centres[i].x()},
                                  {QStringLiteral("y"), layout_.centres[i].y()},
                                  {QStringLiteral("radius"), layout_.radius}});
    }
    if (places == places_)
        return;
    places_ = places;
    Q_EMIT placesChanged();
}

void ScopeView::setAnimating(bool animating)
{
    if (animating == animating_)
        return;
    animating_ = animating;
    Q_EMIT animatingChanged();
}

QVariantMap ScopeView::describe(const SceneEdge& edge, QPointF at) const
{
    const SceneNode& a = player_->scene().nodes[std::size_t(edge.a)];
    const SceneNode& b = player_->scene().nodes[std::size_t(edge.b)];
    QStringList lines = traffic(a, b, edge.ab) + traffic(b, a, edge.ba);
    const double rtt = std::isnan(edge.ab.rttMs) ? edge.ba.rttMs : edge.ab.rttMs;
    if (std::isfinite(rtt))
        lines.append(tr("Round trip %1 ms").arg(QLocale().toString(rtt, 'f', 2)));
    return {{QStringLiteral("a"), a.id},
            {QStringLiteral("b"), b.id},
            {QStringLiteral("x"), at.x()},
            {QStringLiteral("y"), at.y()},
            {QStringLiteral("title"), tr("%1 and %2").arg(a.id, b.id)},
            {QStringLiteral("lines"), lines}};
}

QStringList ScopeView::traffic(const SceneNode& from, const SceneNode& to, const SceneLink& link) const
{
    const auto sent = [&](PulseKind kind) { return link.perSecond[int(kind)]; };
    switch (link.state) {
    case SceneLink::Unknown:
        return {tr("%1 to %2: not known").arg(from.id, to.id)};
    case SceneLink::Dead:
        return {};
    case SceneLink::Cut:
        return {tr("%1 to %2: not reached").arg(from.id, to.id)};
    case SceneLink::Up:
        break;
    }
    QStringList parts;
    if (sent(PulseKind::Append) > 0)
        parts.append(tr("%1 appends/s").arg(sent(PulseKind::Append)));
    if (sent(PulseKind::Heartbeat) > 0)
        parts.append(tr("%1 heartbeats/s").arg(sent(PulseKind::Heartbeat)));
    if (sent(PulseKind::Vote) > 0)
        parts.append(tr("%1 vote requests").arg(sent(PulseKind::Vote)));
    if (sent(PulseKind::Snapshot) > 0)
        parts.append(tr("%1 pieces of a snapshot/s").arg(sent(PulseKind::Snapshot)));
    if (sent(PulseKind::Reply) > 0)
        parts.append(tr("%1 answered/s").arg(sent(PulseKind::Reply)));
    if (sent(PulseKind::Rejected) > 0)
        parts.append(tr("%1 refused/s").arg(sent(PulseKind::Rejected)));
    if (parts.isEmpty())
        parts.append(tr("quiet"));
    return {tr("%1 to %2: %3").arg(from.id, to.id, parts.join(QStringLiteral(", ")))};
}

} // namespace dsmsg::monitor

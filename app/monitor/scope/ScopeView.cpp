// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeView.h"
#include "qml/Ui/Format.h"

#include <algorithm>
#include <cmath>

#include <QLocale>

namespace dsmsg::monitor {

namespace {

constexpr double reachOfPointer = 14;

} // namespace

void ScopeView::setMembers(NodeModel* members)
{
    if (members == members_)
        return;
    if (members_)
        members_->disconnect(this);
    members_ = members;
    if (members_) {
        connect(members_, &QAbstractItemModel::rowsInserted, this, &ScopeView::showAnew);
        connect(members_, &QAbstractItemModel::rowsRemoved, this, &ScopeView::showAnew);
        connect(members_, &QAbstractItemModel::modelReset, this, &ScopeView::showAnew);
    }
    Q_EMIT membersChanged();
    showAnew();
}

void ScopeView::setCard(QSizeF card)
{
    if (card == card_)
        return;
    card_ = card;
    Q_EMIT cardChanged();
    showAnew();
}

void ScopeView::setKinds(int kinds)
{
    if (unsigned(kinds) == kinds_)
        return;
    kinds_ = unsigned(kinds);
    Q_EMIT kindsChanged();
    show();
}

void ScopeView::setTimers(bool timers)
{
    if (timers == timers_)
        return;
    timers_ = timers;
    Q_EMIT timersChanged();
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
    const auto& edges = player() ? player()->scene().edges : std::vector<SceneEdge>();
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

void ScopeView::follow(ScopePlayer& player)
{
    connect(&player, &ScopePlayer::moved, this, &ScopeView::show);
    connect(&player, &ScopePlayer::modeChanged, this, &ScopeView::show);
    connect(&player, &ScopePlayer::positionChanged, this, [this] {
        if (!hovered_.isEmpty())
            hoverAt(pointer_.x(), pointer_.y());
    });
}

void ScopeView::showAnew()
{
    mustDraw_ = true;
    show();
}

void ScopeView::show()
{
    if (!canShow()) {
        setAnimating(false);
        return;
    }
    const ScopeScene& scene = player()->scene();
    layOut(scene);
    if (hotEdge_ >= int(scene.edges.size()))
        unhover();
    const unsigned moving = (scene.flying | scene.soon) & kinds_;
    const bool timers = !scene.nodes.empty() && (timers_ || scene.leader < 0);
    setAnimating(!still_ && player()->playing() && !player()->empty() &&
                 (moving || scene.flashing || timers));

    ScopePicture picture;
    picture.scene = scene;
    if (!timers) {
        for (SceneNode& node : picture.scene.nodes)
            node.timer = unknown;
    }
    picture.layout = layout_;
    picture.style = look();
    picture.kinds = still_ ? 0 : kinds_;
    picture.hotEdge = hotEdge_;
    if (scene.nodes.size() > 2 || (card_.isEmpty() && !scene.nodes.empty())) {
        double term = 0;
        for (const SceneNode& node : scene.nodes)
            term = std::max(term, double(node.term));
        picture.centreTitle = tr("Term %1").arg(ui::Format::count(term));
        picture.centreText = scene.leader >= 0 ? tr("%1 leads").arg(scene.nodes[std::size_t(scene.leader)].id)
                             : scene.elections ? tr("election")
                                               : tr("no leader");
    }
    const Show when = animating_ && !mustDraw_ ? Show::WithTheNextWish : Show::WhenDrawn;
    if (looksAsBefore(picture)) {
        showDrawn();
        return;
    }
    shown_ = picture;
    draw(look().background, when,
         [picture = std::move(picture)](QPainter& painter) { picture.paint(painter); });
}

void ScopeView::layOut(const ScopeScene& scene)
{
    QStringList ids; // of the places
    if (members_) {
        for (const NodeState* node : members_->nodes())
            ids.append(node->name());
    }
    for (const SceneNode& node : scene.nodes) {
        if (!ids.contains(node.id))
            ids.append(node.id);
    }
    const int count = int(ids.size());
    const ScopeLayout ring =
        card_.isEmpty() ? ScopeLayout::discs(count, size()) : ScopeLayout::cards(count, size(), card_);
    layout_ = ring;
    layout_.centres.clear();
    for (const SceneNode& node : scene.nodes)
        layout_.centres.push_back(ring.centres[std::size_t(ids.indexOf(node.id))]);
    QVariantList places;
    for (int i = 0; i < count; ++i)
        places.append(QVariantMap{{QStringLiteral("id"), ids[i]},
                                  {QStringLiteral("x"), ring.centres[std::size_t(i)].x()},
                                  {QStringLiteral("y"), ring.centres[std::size_t(i)].y()},
                                  {QStringLiteral("radius"), ring.radius}});
    if (places == places_)
        return;
    places_ = places;
    mustDraw_ = true;
    Q_EMIT placesChanged();
}

/// Compares what can be seen: a quiet cluster is drawn once.
bool ScopeView::looksAsBefore(const ScopePicture& picture)
{
    const auto moves = [](const ScopePicture& one) {
        const bool pulses = std::any_of(one.scene.pulses.begin(), one.scene.pulses.end(),
                                        [&](const ScenePulse& pulse) { return one.kinds & bit(pulse.kind); });
        return pulses || one.scene.flashing;
    };
    const auto sameNode = [](const SceneNode& a, const SceneNode& b) {
        return a.id == b.id && a.known == b.known && a.alive == b.alive && a.role == b.role &&
               a.leads == b.leads && a.term == b.term &&
               (a.timer == b.timer || (std::isnan(a.timer) && std::isnan(b.timer)));
    };
    const auto sameEdge = [](const SceneEdge& a, const SceneEdge& b) {
        return a.ab.state == b.ab.state && a.ba.state == b.ba.state;
    };
    const bool same = !mustDraw_ && !moves(picture) && !moves(shown_) && picture.hotEdge == shown_.hotEdge &&
                      std::equal(picture.scene.nodes.begin(), picture.scene.nodes.end(),
                                 shown_.scene.nodes.begin(), shown_.scene.nodes.end(), sameNode) &&
                      std::equal(picture.scene.edges.begin(), picture.scene.edges.end(),
                                 shown_.scene.edges.begin(), shown_.scene.edges.end(), sameEdge);
    mustDraw_ = false;
    return same;
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
    const SceneNode& a = player()->scene().nodes[std::size_t(edge.a)];
    const SceneNode& b = player()->scene().nodes[std::size_t(edge.b)];
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

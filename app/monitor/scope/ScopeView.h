// SPDX-License-Identifier: GPL-3.0-or-later
//
// The ring as an item: takes the scene from the player, has it drawn elsewhere, and says where things are,
// so that QML can put handles, cards and tips on them. It asks for frames (`animating`) only while
// something moves in it.
#pragma once

#include <QPointer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/scope/ScopeDrawing.h"
#include "app/monitor/scope/ScopePicture.h"

namespace dsmsg::monitor {

class ScopeView : public dsmsg::monitor::ScopeDrawing
{
    Q_OBJECT
    QML_ELEMENT
    /// Not null: these have places, in this order, whether they were ever heard of or not.
    Q_PROPERTY(dsmsg::monitor::NodeModel* members READ members WRITE setMembers NOTIFY membersChanged)
    /// Not empty: nodes are cards of this size, drawn by QML at `places`.
    Q_PROPERTY(QSizeF card READ card WRITE setCard NOTIFY cardChanged)
    /// Which pulses are drawn: bits 1 << PulseKind.
    Q_PROPERTY(int kinds READ kinds WRITE setKinds NOTIFY kindsChanged)
    /// Election timers run down all the time; else only while nobody leads.
    Q_PROPERTY(bool timers READ timers WRITE setTimers NOTIFY timersChanged)
    /// Nothing flies and timers only step: for reduced motion, and where the ring is not looked at closely.
    Q_PROPERTY(bool still READ still WRITE setStill NOTIFY stillChanged)
    Q_PROPERTY(bool animating READ animating NOTIFY animatingChanged)
    /// A map a node: id, x, y (of its centre), radius. Of `members`, row by row; else of the scene's nodes.
    Q_PROPERTY(QVariantList places READ places NOTIFY placesChanged)
    /// The link under the pointer: {a, b, x, y, lines: [..]}; empty: none.
    Q_PROPERTY(QVariantMap hovered READ hovered NOTIFY hoveredChanged)

public:
    using ScopeDrawing::ScopeDrawing;

    NodeModel* members() const { return members_; }
    void setMembers(NodeModel* members);
    QSizeF card() const { return card_; }
    void setCard(QSizeF card);
    int kinds() const { return int(kinds_); }
    void setKinds(int kinds);
    bool timers() const { return timers_; }
    void setTimers(bool timers);
    bool still() const { return still_; }
    void setStill(bool still);
    bool animating() const { return animating_; }
    QVariantList places() const { return places_; }
    QVariantMap hovered() const { return hovered_; }

    Q_INVOKABLE void hoverAt(double x, double y);
    Q_INVOKABLE void unhover();

Q_SIGNALS:
    void membersChanged();
    void cardChanged();
    void kindsChanged();
    void timersChanged();
    void stillChanged();
    void animatingChanged();
    void placesChanged();
    void hoveredChanged();

protected:
    void follow(ScopePlayer& player) override;
    void showAnew() override;

private:
    void show();
    void layOut(const ScopeScene& scene);
    bool looksAsBefore(const ScopePicture& picture);
    void setAnimating(bool animating);
    QVariantMap describe(const SceneEdge& edge, QPointF at) const;
    QStringList traffic(const SceneNode& from, const SceneNode& to, const SceneLink& link) const;

    QPointer<NodeModel> members_;
    QSizeF card_;
    unsigned kinds_ = ~0U;
    bool timers_ = true;
    bool still_ = false;
    bool animating_ = false;
    ScopeLayout layout_;
    ScopePicture shown_;
    bool mustDraw_ = true; ///< its looks or its size are other ones
    QVariantList places_;
    QVariantMap hovered_;
    QPointF pointer_{-1, -1};
    int hotEdge_ = -1;
};

} // namespace dsmsg::monitor

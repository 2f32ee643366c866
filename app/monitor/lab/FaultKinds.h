// SPDX-License-Identifier: GPL-3.0-or-later
//
// The faults that the lab can order, as a person chooses them: names, icons, units and sensible values. What
// a node makes of them is in core/node/Faults.h; killing is no fault of a node's own and exists only here.
#pragma once

#include <optional>
#include <span>

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QVariantMap>

namespace dsmsg::monitor {

struct FaultKindInfo
{
    const char* kind;  ///< as in API.md
    const char* title; ///< to be translated
    const char* about; ///< same: what it does, one sentence
    const char* unit;  ///< of the value that a person types; empty: it takes none
    const char* iconName;
    bool ofLinks;
    double value; ///< to begin with, in `unit`
    double from;
    double to;
    double perUnit; ///< what the node is told is the typed value times this
};

std::span<const FaultKindInfo> faultKinds();
const FaultKindInfo* faultKind(const QString& kind); ///< null: unknown
QString faultTitle(const QString& kind);             ///< translated

/// An order to one node, or what a node says of one that it obeys.
struct Fault
{
    QString kind;
    QStringList peers;           ///< ids or URLs; empty: every peer
    QString direction;           ///< "in", "out", "both"; empty: both
    std::optional<double> value; ///< in the node's unit
    double forS = 10;
    quint64 id = 0; ///< as the node numbers it
    double remainingS = 0;

    QJsonObject order() const; ///< the body of POST /faults
    static Fault fromJson(const QJsonObject& object);
    /// {kind, value (as typed), for_s, peers, direction}, as pages and scenarios write it.
    static Fault fromMap(const QVariantMap& map);
    /// "cut from n2 and n3, outgoing" or "200 ms slower": without the node.
    QString text() const;
    /// Whether it is about traffic to (out) or from (in) this peer.
    bool concerns(const QString& peerId, const QString& peerUrl) const;
    bool outgoing() const { return direction != QStringLiteral("in"); }
    bool incoming() const { return direction != QStringLiteral("out"); }
};

} // namespace dsmsg::monitor

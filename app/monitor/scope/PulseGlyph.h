// SPDX-License-Identifier: GPL-3.0-or-later
//
// The scope's shapes as items, for its legends: drawn by the same code as the scope itself.
#pragma once

#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/ScopeGlyph.h"

namespace dsmsg::monitor {

class PulseGlyph : public dsmsg::monitor::ScopeGlyph
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Kind kind READ kind WRITE setKind NOTIFY kindChanged)

public:
    /// As PulseKind: its values are the bits of ScopeView.kinds.
    enum Kind
    {
        Append = int(PulseKind::Append),
        Heartbeat = int(PulseKind::Heartbeat),
        Vote = int(PulseKind::Vote),
        Granted = int(PulseKind::Granted),
        Reply = int(PulseKind::Reply),
        Rejected = int(PulseKind::Rejected),
        Snapshot = int(PulseKind::Snapshot),
    };
    Q_ENUM(Kind)
    using ScopeGlyph::ScopeGlyph;

    Kind kind() const { return kind_; }
    void setKind(Kind kind);

    void paint(QPainter* painter) override;

Q_SIGNALS:
    /// Its own: with an inherited one, moc of Qt 6.8 does not find the enum.
    void kindChanged();

private:
    Kind kind_ = Append;
};

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The scope's shapes as items, for its legends: drawn by the same code as the scope itself.
#pragma once

#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/ScopeStyle.h"

namespace dsmsg::monitor {

class PulseGlyph : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Kind kind READ kind WRITE setKind NOTIFY changed)
    Q_PROPERTY(QVariantMap style READ style WRITE setStyle NOTIFY changed) ///< ScopeStyle

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
    using QQuickPaintedItem::QQuickPaintedItem;

    Kind kind() const { return kind_; }
    void setKind(Kind kind);
    QVariantMap style() const { return style_; }
    void setStyle(const QVariantMap& style);

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void changed();

private:
    Kind kind_ = Append;
    QVariantMap style_;
};

} // namespace dsmsg::monitor

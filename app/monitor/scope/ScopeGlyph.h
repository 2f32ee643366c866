// SPDX-License-Identifier: GPL-3.0-or-later
//
// One sign of the scope by itself, in the style of the scope: for legends.
#pragma once

#include <QQuickPaintedItem>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/scope/ScopeStyle.h"

namespace dsmsg::monitor {

class ScopeGlyph : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(QVariantMap style READ style WRITE setStyle NOTIFY changed) ///< ScopeStyle

public:
    using QQuickPaintedItem::QQuickPaintedItem;

    QVariantMap style() const { return styleMap_; }
    void setStyle(const QVariantMap& style);

Q_SIGNALS:
    void changed();

protected:
    const ScopeStyle& look() const { return look_; }
    /// What a setter does at its end.
    void paintAnew();

private:
    QVariantMap styleMap_;
    ScopeStyle look_ = ScopeStyle::fromMap({});
};

} // namespace dsmsg::monitor

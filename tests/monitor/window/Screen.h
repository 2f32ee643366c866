// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window as a person has it before their eyes: what can be read in it, and where one clicks.
#pragma once

#include <QQuickItem>
#include <QQuickWindow>
#include <QString>
#include <QStringList>

namespace dsmsg::test {

class Screen
{
public:
    explicit Screen(QQuickWindow& window)
        : window_(window)
    {
    }

    /// Every text that can be seen, in the order of drawing.
    QStringList texts() const;
    /// Whether some visible text contains this.
    bool shows(const QString& text) const;
    /// A control that can be used now, by its accessible name or a part of it; null: none.
    QQuickItem* control(const QString& name) const;
    /// A click with the mouse in its middle. False when there is no such control.
    bool click(const QString& name);
    int clicks() const { return clicks_; }
    void type(const QString& text);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

private:
    QQuickWindow& window_;
    int clicks_ = 0;
};

/// What a screen reader says; "" when it says nothing.
QString accessibleName(QQuickItem* item);

} // namespace dsmsg::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/monitor/window/Screen.h"

#include <QAccessible>
#include <QTest>
#include <algorithm>

#include "app/monitor/screenshots/PictureCheck.h"

namespace dsmsg::test {

QString accessibleName(QQuickItem* item)
{
    const QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(item);
    return interface == nullptr ? QString() : interface->text(QAccessible::Name);
}

QStringList Screen::texts() const
{
    QStringList texts;
    for (const QQuickItem* item : monitor::visibleItems(window_.contentItem()))
        if (item->inherits("QQuickText") || item->inherits("QQuickTextInput"))
            texts.append(item->property("text").toString());
    return texts;
}

bool Screen::shows(const QString& text) const
{
    return std::ranges::any_of(texts(), [&](const QString& one) { return one.contains(text); });
}

QQuickItem* Screen::control(const QString& name) const
{
    QQuickItem* partly = nullptr;
    for (QQuickItem* item : monitor::visibleItems(window_.contentItem())) {
        if (!item->isEnabled() || !item->activeFocusOnTab())
            continue;
        const QString itsName = accessibleName(item);
        if (itsName == name)
            return item;
        if (partly == nullptr && itsName.contains(name))
            partly = item;
    }
    return partly;
}

bool Screen::click(const QString& name)
{
    const QQuickItem* item = control(name);
    if (item == nullptr)
        return false;
    QTest::mouseClick(&window_, Qt::LeftButton, {}, monitor::visibleRect(item).center().toPoint());
    ++clicks_;
    return true;
}

void Screen::type(const QString& text)
{
    for (const QChar letter : text)
        QTest::keyClick(&window_, letter.toLatin1());
}

void Screen::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(&window_, key, modifiers);
}

} // namespace dsmsg::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/Clipboard.h"

#include <QClipboard>
#include <QGuiApplication>

namespace dsmsg::ui {

void Clipboard::copy(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT copied(text);
}

QString Clipboard::text() const
{
    return QGuiApplication::clipboard()->text();
}

} // namespace dsmsg::ui

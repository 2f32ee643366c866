// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/ApplicationPalette.h"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>

namespace dsmsg::ui {

ApplicationPalette::ApplicationPalette(QObject* parent)
    : QObject(parent)
{
    connect(this, &ApplicationPalette::changed, this, &ApplicationPalette::applyLater);
}

void ApplicationPalette::componentComplete()
{
    complete_ = true;
    apply();
}

void ApplicationPalette::applyLater()
{
    if (!complete_ || waiting_)
        return;
    waiting_ = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            waiting_ = false;
            apply();
        },
        Qt::QueuedConnection);
}

void ApplicationPalette::apply() const
{
    QPalette palette;
    const auto all = [&palette](QPalette::ColorRole role, const QColor& color) {
        palette.setColor(QPalette::All, role, color);
    };
    all(QPalette::Window, window_);
    all(QPalette::WindowText, text_);
    all(QPalette::Base, base_);
    all(QPalette::AlternateBase, alternate_);
    all(QPalette::Text, text_);
    all(QPalette::PlaceholderText, faint_);
    all(QPalette::Button, button_);
    all(QPalette::ButtonText, text_);
    all(QPalette::BrightText, highlightInk_);
    all(QPalette::Light, button_.lighter(115));
    all(QPalette::Midlight, button_);
    all(QPalette::Mid, border_);
    all(QPalette::Dark, border_);
    all(QPalette::Shadow, border_);
    all(QPalette::Highlight, highlight_);
    all(QPalette::HighlightedText, highlightInk_);
    all(QPalette::Link, highlight_);
    all(QPalette::LinkVisited, highlight_);
    all(QPalette::ToolTipBase, toolTip_);
    all(QPalette::ToolTipText, text_);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint_);
    QGuiApplication::setPalette(palette);

    QFont font = QGuiApplication::font();
    font.setFamily(family_);
    font.setPixelSize(pixelSize_);
    QGuiApplication::setFont(font);
}

} // namespace dsmsg::ui

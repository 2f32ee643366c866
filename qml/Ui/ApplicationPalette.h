// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hands the theme's colours and font to Qt itself: tool tips, file dialogs and selections that the style
// draws would stay light otherwise. Theme.qml binds its colours here; all changes of one turn of the event
// loop are applied once.
#pragma once

#include <QColor>
#include <QObject>
#include <QQmlParserStatus>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::ui {

class ApplicationPalette : public QObject, public QQmlParserStatus
{
    Q_OBJECT
    QML_ELEMENT
    Q_INTERFACES(QQmlParserStatus)
    Q_PROPERTY(QColor window MEMBER window_ NOTIFY changed)
    Q_PROPERTY(QColor base MEMBER base_ NOTIFY changed)
    Q_PROPERTY(QColor alternate MEMBER alternate_ NOTIFY changed)
    Q_PROPERTY(QColor button MEMBER button_ NOTIFY changed)
    Q_PROPERTY(QColor text MEMBER text_ NOTIFY changed)
    Q_PROPERTY(QColor faint MEMBER faint_ NOTIFY changed)
    Q_PROPERTY(QColor border MEMBER border_ NOTIFY changed)
    Q_PROPERTY(QColor highlight MEMBER highlight_ NOTIFY changed)
    Q_PROPERTY(QColor highlightInk MEMBER highlightInk_ NOTIFY changed)
    Q_PROPERTY(QColor toolTip MEMBER toolTip_ NOTIFY changed)
    Q_PROPERTY(QString family MEMBER family_ NOTIFY changed)
    Q_PROPERTY(int pixelSize MEMBER pixelSize_ NOTIFY changed)

public:
    explicit ApplicationPalette(QObject* parent = nullptr);

    void classBegin() override {}
    void componentComplete() override;

Q_SIGNALS:
    void changed();

private:
    void applyLater();
    void apply() const;

    QColor window_, base_, alternate_, button_, text_, faint_, border_, highlight_, highlightInk_, toolTip_;
    QString family_;
    int pixelSize_ = 13;
    bool complete_ = false;
    bool waiting_ = false;
};

} // namespace dsmsg::ui

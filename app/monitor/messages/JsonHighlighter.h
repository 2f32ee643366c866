// SPDX-License-Identifier: GPL-3.0-or-later
//
// Colours for JSON in a text area: names of members, strings, numbers and words apart. The palette is the
// page's; the text stays as it is.
#pragma once

#include <QColor>
#include <QPointer>
#include <QQuickTextDocument>
#include <QSyntaxHighlighter>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::monitor {

class JsonHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument* target READ target WRITE setTarget NOTIFY changed)
    Q_PROPERTY(bool active MEMBER active_ WRITE setActive NOTIFY changed) ///< the text is JSON
    Q_PROPERTY(QColor nameColor MEMBER name_ WRITE setNameColor NOTIFY changed)
    Q_PROPERTY(QColor stringColor MEMBER string_ WRITE setStringColor NOTIFY changed)
    Q_PROPERTY(QColor valueColor MEMBER value_ WRITE setValueColor NOTIFY changed) ///< numbers, true, null

public:
    explicit JsonHighlighter(QObject* parent = nullptr);

    QQuickTextDocument* target() const { return target_; }
    void setTarget(QQuickTextDocument* target);
    void setActive(bool active) { assign(active_, active); }
    void setNameColor(const QColor& color) { assign(name_, color); }
    void setStringColor(const QColor& color) { assign(string_, color); }
    void setValueColor(const QColor& color) { assign(value_, color); }

Q_SIGNALS:
    void changed();

protected:
    void highlightBlock(const QString& text) override;

private:
    template <class Value>
    void assign(Value& member, const Value& value)
    {
        if (member == value)
            return;
        member = value;
        rehighlight();
        Q_EMIT changed();
    }

    QPointer<QQuickTextDocument> target_;
    bool active_ = true;
    QColor name_;
    QColor string_;
    QColor value_;
};

} // namespace dsmsg::monitor

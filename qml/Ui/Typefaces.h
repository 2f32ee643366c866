// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which font families the theme uses. Text is the system's font. Figures must not dance while they change, so
// their digits have to be equally wide; Qt 6.4 cannot ask a font for its tabular digits, so a family whose
// own digits differ in width is replaced, for figures only, by one that looks close and has even digits.
#pragma once

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::ui {

class Typefaces : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString text READ text CONSTANT)
    Q_PROPERTY(QString figures READ figures CONSTANT)
    Q_PROPERTY(QString mono READ mono CONSTANT)

public:
    explicit Typefaces(QObject* parent = nullptr);

    QString text() const { return text_; }
    QString figures() const { return figures_; }
    QString mono() const { return mono_; }

    /// All ten digits of the family have one width.
    static bool hasEvenDigits(const QString& family);

private:
    QString text_;
    QString figures_;
    QString mono_;
};

} // namespace dsmsg::ui

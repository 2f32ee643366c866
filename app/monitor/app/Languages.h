// SPDX-License-Identifier: GPL-3.0-or-later
//
// The language of the interface, which can change while it runs: the texts of QML are asked for anew by the
// engine (whoever owns it connects `changed` to retranslate()), those of C++ come with the next figures.
#pragma once

#include <memory>

#include <QObject>
#include <QTranslator>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::monitor {

class Settings;

class Languages : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.languages")
    Q_PROPERTY(QString current READ current NOTIFY changed) ///< "en", "de"
    /// Those there are, each {code, name}, by their own names.
    Q_PROPERTY(QVariantList available READ available CONSTANT)

public:
    /// `settings` outlives it.
    explicit Languages(Settings& settings, QObject* parent = nullptr);
    ~Languages() override;

    QString current() const { return current_; }
    QVariantList available() const;
    /// The language of a system whose languages are these, the preferred one first; "en" when it has none of
    /// ours.
    static QString choose(const QString& chosen, const QStringList& ofSystem);

Q_SIGNALS:
    void changed();

private:
    void update();

    Settings& settings_;
    QString current_;
    QTranslator texts_;
    QTranslator qtTexts_;
};

} // namespace dsmsg::monitor

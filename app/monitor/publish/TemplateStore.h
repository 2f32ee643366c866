// SPDX-License-Identifier: GPL-3.0-or-later
//
// Messages that a person has saved under a name, by name, kept across starts. The first start brings a few
// that show what variables can do.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/publish/MessageForm.h"
#include "app/monitor/publish/StateFile.h"

namespace dsmsg::monitor {

class TemplateStore : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Publisher.templates")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool loaded READ loaded NOTIFY loadedChanged)
    Q_PROPERTY(QStringList names READ names NOTIFY namesChanged)

public:
    struct Template
    {
        QString name;
        QVariantMap form; ///< as MessageForm::toMap()
    };
    enum Roles
    {
        NameRole = Qt::UserRole + 1, ///< `name`
        SenderRole,                  ///< `sender`
        RecipientRole,               ///< `recipient`
        TextRole,                    ///< `payload`: one line, shortened
        JsonRole,                    ///< `json`
    };
    static constexpr int capacity = 200;
    static constexpr qsizetype textMax = 64 << 10; ///< characters
    static constexpr qsizetype nameMax = 60;

    TemplateStore(const QString& path, QObject& elsewhere, QObject* parent = nullptr);

    int count() const { return int(templates_.size()); }
    bool loaded() const { return loaded_; }
    QStringList names() const;
    /// Keeps the form under this name, in place of one that has it already. What is wrong with it, "" when
    /// kept.
    Q_INVOKABLE QString save(const QString& name, dsmsg::monitor::MessageForm* form);
    Q_INVOKABLE void apply(int row, dsmsg::monitor::MessageForm* form) const;
    Q_INVOKABLE QString rename(int row, const QString& name); ///< what is wrong with it
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE int indexOf(const QString& name) const; ///< -1: none
    const Template& at(int row) const { return templates_[row]; }
    StateFile& file() { return file_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();
    void loadedChanged();
    void namesChanged();

private:
    void insert(const Template& added);
    QString problemOf(const QString& name) const;
    void saveSoon();

    QList<Template> templates_; ///< by name
    bool loaded_ = false;
    StateFile file_; ///< the last member: it writes the others when it goes
};

} // namespace dsmsg::monitor

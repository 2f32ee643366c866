// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last 500 messages that this monitor has sent, newest first, with what became of each; kept across
// starts. Payloads are kept whole, so that a message can be sent again exactly, within a bound for all of
// them.
#pragma once

#include <deque>
#include <optional>

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/publish/SendRecord.h"
#include "app/monitor/publish/StateFile.h"

namespace dsmsg::monitor {

class SendHistory : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Publisher.history")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool loaded READ loaded NOTIFY loadedChanged)

public:
    struct Entry
    {
        double sentTs = 0; ///< seconds since 1970
        client::Draft draft;
        SendRecord record;
    };
    enum Roles
    {
        TimeRole = Qt::UserRole + 1, ///< `sentTs`
        SenderRole,                  ///< `sender`
        RecipientRole,               ///< `recipient`
        PayloadRole,                 ///< `payload`: one line, shortened
        MsgIdRole,                   ///< `msgId`
        SeqRole,                     ///< `seq`, 0: none
        LineRole,                    ///< `line`: the outcome in one line
        TitleRole,                   ///< `title`
        SeverityRole,                ///< `severity`, as Receipt.severity
    };
    static constexpr int capacity = 500;
    static constexpr qint64 payloadBytesMax = 8 << 20; ///< of all

    SendHistory(const QString& path, QObject& elsewhere, QObject* parent = nullptr);

    int count() const { return int(entries_.size()); }
    bool loaded() const { return loaded_; }
    void add(Entry entry);
    const Entry& entry(int row) const { return entries_[std::size_t(row)]; }
    Q_INVOKABLE void clear();
    Q_INVOKABLE QString textAt(int row) const; ///< the payload, as a person reads it
    StateFile& file() { return file_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    static QByteArray write(const std::deque<Entry>& entries);
    /// What is damaged is left out; nothing when it is no history at all.
    static std::optional<std::deque<Entry>> read(const QByteArray& json);

Q_SIGNALS:
    void countChanged();
    void loadedChanged();

private:
    void append(const std::deque<Entry>& older);
    void trim();
    void saveSoon();

    std::deque<Entry> entries_; ///< newest first
    qint64 payloadBytes_ = 0;
    bool loaded_ = false;
    StateFile file_; ///< the last member: it writes the others when it goes
};

} // namespace dsmsg::monitor

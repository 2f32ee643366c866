// SPDX-License-Identifier: GPL-3.0-or-later
//
// A window of at most 2 000 rows on the log of a cluster, in rising order of position. What is added at one
// end pushes rows out at the other, so that a log of any length can be walked through, or watched for days,
// in the same memory. Rows come, go and change one by one; only another question resets the model.
#pragma once

#include <deque>

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/messages/MessageRow.h"

namespace dsmsg::monitor {

class MessageModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("MessageBrowser.rows")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    /// Rows that have the text that is searched for.
    /// The positions at both ends, in the present order; 0: there is no row.
    Q_PROPERTY(double first READ first NOTIFY edgesChanged)
    Q_PROPERTY(double last READ last NOTIFY edgesChanged)
    Q_PROPERTY(int matches READ matches NOTIFY matchesChanged)

public:
    enum Roles
    {
        SeqRole = Qt::UserRole + 1, ///< `seq`
        DeliveryRole,               ///< `delivery`, text, "–" while it waits
        MsgIdRole,                  ///< `msgId`
        TimeRole,                   ///< `timeText`
        ShiftRole,                  ///< `shiftText`
        SenderRole,                 ///< `sender`
        RecipientRole,              ///< `recipient`
        PreviewRole,                ///< `preview`
        EntryRole,                  ///< `entry`: "2.1204", term and index
        LateRole,                   ///< `late`
        ClampedRole,                ///< `clamped`
        MatchedRole,                ///< `matched`: has the text that is searched for
    };
    static constexpr int capacity = 2000;
    using QAbstractListModel::QAbstractListModel;

    int count() const { return static_cast<int>(rows_.size()); }
    double first() const { return rows_.empty() ? 0 : double(rows_.front().number(order_)); }
    double last() const { return rows_.empty() ? 0 : double(rows_.back().number(order_)); }
    int matches() const { return matches_; }
    const MessageRow& row(int at) const { return rows_[static_cast<std::size_t>(at)]; }

    void setOrder(client::Order order) { order_ = order; }
    /// Another question: everything goes, these come. The newest `capacity` are taken.
    void replace(const QList<MessageRow>& rows);
    /// Newer ones at the end, older ones in front; what is there already, or out of order, is left out. Both
    /// return how many rows were pushed out at the other end.
    int append(const QList<MessageRow>& rows);
    int prepend(const QList<MessageRow>& rows);
    /// Newer figures of rows that are there, found by seq.
    void update(const QList<MessageRow>& rows);

    /// The first row beyond `seq` without a delivery seq that should have one: because so many are delivered,
    /// or because it is older than `ts`. Null: none.
    const MessageRow* undeliveredAfter(quint64 seq, quint64 delivered, double ts) const;

    void search(const QString& text);
    /// The next row with the text, from `from` on in that direction, around the end; -1: none.
    Q_INVOKABLE int nextMatch(int from, bool upwards) const;
    /// The most frequent senders and recipients of these rows, at most six.
    Q_INVOKABLE QStringList senders() const { return frequent(&MessageRow::sender); }
    Q_INVOKABLE QStringList recipients() const { return frequent(&MessageRow::recipient); }
    Q_INVOKABLE int rowOfSeq(double seq) const; ///< -1: not in the window
    Q_INVOKABLE QVariantMap get(int row) const; ///< what the drawer needs at once; empty: no such row

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();
    void edgesChanged();
    void matchesChanged();

private:
    bool matched(const MessageRow& row) const { return !search_.isEmpty() && row.contains(search_); }
    QStringList frequent(QString MessageRow::*name) const;
    void countMatches(int difference);
    int matchesIn(int first, int last) const;
    QVariant figure(const MessageRow& row, int role) const;

    std::deque<MessageRow> rows_;
    client::Order order_ = client::Order::Seq;
    QString search_;
    int matches_ = 0;
};

/// A row as QML gets it: by the names of the API in camel case, with its times in seconds.
QVariantMap toMap(const MessageRow& row);

} // namespace dsmsg::monitor

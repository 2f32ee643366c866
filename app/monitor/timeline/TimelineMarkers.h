// SPDX-License-Identifier: GPL-3.0-or-later
//
// The events of what a chart shows, as marks on its time axis: those that fall onto the same few pixels are
// one mark, named by the gravest of them. Steps are whole multiples of time, so marks keep their rows while
// the charts move on; changes come as differences.
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/EventModel.h"
#include "qml/Ui/chart/ChartCursor.h"

namespace dsmsg::monitor {

class TimelineMarkers : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(dsmsg::monitor::EventModel* events READ events WRITE setEvents NOTIFY sourceChanged)
    Q_PROPERTY(dsmsg::ui::ChartCursor* cursor READ cursor WRITE setCursor NOTIFY sourceChanged)
    Q_PROPERTY(int room MEMBER room_ NOTIFY sourceChanged)        ///< how many marks fit side by side
    Q_PROPERTY(bool routine MEMBER routine_ NOTIFY sourceChanged) ///< votes and compactions too
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY sourceChanged) ///< someone is looking
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Roles
    {
        TimeRole = Qt::UserRole + 1, ///< `time`: cluster time of the one that names it, seconds
        SeverityRole,                ///< `severity`: EventModel::Severity
        KindRole,                    ///< `kind`
        IconRole,                    ///< `iconName`
        TextRole,                    ///< `sentence`: the node's words
        NodeRole,                    ///< `nodeId`
        EventsRole,                  ///< `events`: how many it stands for
        RowRole,                     ///< `eventRow`: in the model of events, of the one that names it
    };

    explicit TimelineMarkers(QObject* parent = nullptr);

    EventModel* events() const { return events_; }
    void setEvents(EventModel* events);
    ui::ChartCursor* cursor() const { return cursor_; }
    void setCursor(ui::ChartCursor* cursor);
    bool active() const { return active_; }
    void setActive(bool active);
    int count() const { return static_cast<int>(marks_.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    static QString iconOf(const QString& kind);

Q_SIGNALS:
    void sourceChanged();
    void countChanged();

private:
    struct Mark
    {
        qint64 step = 0;
        RaftEvent event;
        int severity = 0;
        int events = 0;
        int row = 0;
        bool operator==(const Mark& other) const;
    };
    void refresh();
    std::vector<Mark> marksNow() const;
    void become(std::vector<Mark> wanted);

    QPointer<EventModel> events_;
    QPointer<ui::ChartCursor> cursor_;
    int room_ = 60;
    bool routine_ = false;
    bool active_ = true;
    double stepSeconds_ = 0;
    std::vector<Mark> marks_; ///< oldest first
    QTimer later_;
};

} // namespace dsmsg::monitor

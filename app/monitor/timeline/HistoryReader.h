// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks one node for all it remembers: the last quarter of an hour by the second, then the day before it by
// ten seconds, page by page. Answers are parsed in the thread of Requests.
#pragma once

#include <QObject>
#include <QUrl>

#include "app/monitor/timeline/HistoryRow.h"

namespace dsmsg::monitor {

class Requests;

class HistoryReader : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostPages = 12; ///< more than a day has; the end of a node that never says so

    HistoryReader(Requests& requests, QString nodeId, const QUrl& node, QObject* parent);

    void start();
    bool running() const { return running_; }
    const QString& nodeId() const { return nodeId_; }
    /// Oldest first, without overlap.
    const std::vector<HistoryRow>& rows() const { return rows_; }

Q_SIGNALS:
    void finished(); ///< with what there was, which may be nothing

private:
    void ask(std::optional<double> from, int stepSeconds);
    void take(const std::optional<HistoryPage>& page, int stepSeconds);
    void finish();

    Requests& requests_;
    const QString nodeId_;
    const QUrl node_;
    std::vector<HistoryRow> fine_;
    std::vector<HistoryRow> coarse_;
    std::vector<HistoryRow> rows_;
    int pages_ = 0;
    bool running_ = false;
};

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The messages of a cluster as one list that can be walked in both directions: a window of rows, moved by
// pages, and at its end pinned to what comes. It reads from the node that the pages read from
// (ClusterMonitor::target); positions mean the same on every node, so that it goes on at another one where it
// was. GUI thread; requests and parsing happen elsewhere.
//
// While it is live, the newest messages are the end of the window. Paused, the window stays, and what comes
// is counted.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/messages/MessageExport.h"
#include "app/monitor/messages/MessageModel.h"
#include "app/monitor/messages/MessageTail.h"
#include "app/monitor/messages/PageLoader.h"

namespace dsmsg::monitor {

class MessageBrowser : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.messages")
    Q_PROPERTY(dsmsg::monitor::MessageModel* rows READ rows CONSTANT)
    Q_PROPERTY(dsmsg::monitor::MessageExport* exporter READ exporter CONSTANT)
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed) ///< why nothing newer is shown, and what to do
    /// Set by the page: nothing is asked while nobody looks.
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged)
    // The filter. Writing one asks anew; see apply() for several at once.
    Q_PROPERTY(QString sender READ sender NOTIFY filterChanged)
    Q_PROPERTY(QString recipient READ recipient NOTIFY filterChanged)
    Q_PROPERTY(QString msgId READ msgId NOTIFY filterChanged)
    Q_PROPERTY(double after READ after NOTIFY filterChanged)   ///< -1: from the first on
    Q_PROPERTY(double fromTs READ fromTs NOTIFY filterChanged) ///< NaN: any
    Q_PROPERTY(double toTs READ toTs NOTIFY filterChanged)
    Q_PROPERTY(bool byDelivery READ byDelivery NOTIFY filterChanged)
    Q_PROPERTY(bool filtered READ filtered NOTIFY filterChanged)
    Q_PROPERTY(int limit READ limit WRITE setLimit NOTIFY filterChanged) ///< rows a page, 10 to 1000
    Q_PROPERTY(QString searchText READ searchText WRITE setSearchText NOTIFY searchTextChanged)
    // The window
    Q_PROPERTY(bool live READ live NOTIFY changed)
    Q_PROPERTY(bool streaming READ streaming NOTIFY changed)         ///< the node sends what is new
    Q_PROPERTY(double newCount READ newCount NOTIFY newCountChanged) ///< came since it was paused
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(double searchedTo READ searchedTo NOTIFY changed) ///< position; 0: no long search
    Q_PROPERTY(bool atStart READ atStart NOTIFY changed)         ///< the first row is the first there is
    Q_PROPERTY(bool atEnd READ atEnd NOTIFY changed)
    Q_PROPERTY(double firstSeq READ firstSeq NOTIFY changed) ///< the oldest that is kept; 0 unknown
    // Where it comes from
    Q_PROPERTY(dsmsg::monitor::NodeState* node READ node NOTIFY changed) ///< who is read; null: nobody
    Q_PROPERTY(
        double ageMs READ ageMs NOTIFY ageChanged) ///< of the last answer; NaN: none. Rises by the second
    Q_PROPERTY(QString curl READ curl NOTIFY changed)

public:
    enum State
    {
        NotConnected,
        Loading, ///< the first page is under way
        Ready,
        Empty,   ///< the log has no message
        NoMatch, ///< ... none that passes the filter
        Failed,  ///< no page came, and there is nothing to show; `error` says why
    };
    Q_ENUM(State)

    /// Both outlive it.
    MessageBrowser(Requests& requests, ClusterMonitor& cluster, QObject* parent = nullptr);
    ~MessageBrowser() override;

    /// Several conditions at once, by the names of the properties; those that are not named stay. Times are
    /// texts (see timeFromText()). Returns what is wrong with them, "" when nothing is.
    Q_INVOKABLE QString apply(const QVariantMap& conditions);
    Q_INVOKABLE void reset(); ///< no filter, no search, live
    Q_INVOKABLE void pause();
    Q_INVOKABLE void resume(); ///< to the end, and with what comes
    Q_INVOKABLE void loadOlder();
    Q_INVOKABLE void loadNewer();
    Q_INVOKABLE void goToStart();
    Q_INVOKABLE void jumpTo(double position); ///< in the present order; `positioned` tells when it is there
    Q_INVOKABLE void retry();

    /// Everything that passes the filter, into a file. The name decides the format when it ends in .csv.
    Q_INVOKABLE void exportTo(const QUrl& file);

    MessageModel* rows() { return &model_; }
    MessageExport* exporter() { return &exporter_; }
    State state() const;
    QString error() const { return error_; }
    bool active() const { return active_; }
    void setActive(bool active);
    QString sender() const { return filter_.sender; }
    QString recipient() const { return filter_.recipient; }
    QString msgId() const { return filter_.msgId; }
    double after() const { return filter_.after ? double(*filter_.after) : -1; }
    double fromTs() const;
    double toTs() const;
    bool byDelivery() const { return filter_.order == client::Order::Delivery; }
    bool filtered() const { return filter_.isNarrow(); }
    const MessageFilter& filter() const { return filter_; }
    int limit() const { return limit_; }
    void setLimit(int limit);
    QString searchText() const { return searchText_; }
    void setSearchText(const QString& text);
    bool live() const { return live_; }
    bool streaming() const { return streaming_; }
    double newCount() const { return double(newCount_); }
    bool loading() const { return loader_.busy(); }
    double searchedTo() const { return double(loader_.searchedTo()); }
    bool atStart() const { return atStart_; }
    bool atEnd() const { return atEnd_; }
    double firstSeq() const { return double(firstSeq_); }
    NodeState* node() const;
    double ageMs() const;
    QString curl() const;

Q_SIGNALS:
    void changed();
    void activeChanged();
    void filterChanged();
    void searchTextChanged();
    void newCountChanged();
    void ageChanged();
    /// The rows were exchanged for others; this one is to be at the top of the view, -1: the end at its
    /// bottom.
    void positioned(int row);
    /// So many older rows are now in front.
    void prepended(int rows);

private:
    void ask(const MessageFilter& filter);
    void forget();
    void reload();
    void findHead(const MessageFilter& filter, std::function<void(quint64)> receiver);
    void showNewest(quint64 head);
    void countFromHead();
    void showFrom(quint64 position);
    void load(const PagePlace& place, PageLoader::Receiver receiver);
    QList<MessageRow> take(const PageLoader::Answer& answer);
    void older(const PageLoader::Answer& answer);
    void newer(const PageLoader::Answer& answer);
    void failed(const QString& reason);
    void answered();
    void targetChanged();
    void startTail(std::optional<quint64> after);
    void stopTail();
    void tailed(const TailBatch& batch);
    void showTailed(const TailBatch& batch);
    void countTailed(quint64 count);
    void tick();
    void setNewCount(quint64 count);
    /// A time in the past ends: nothing new will pass the filter.
    bool tails() const { return filter_.msgId.isEmpty() && !filter_.toTs; }

    Requests& requests_;
    ClusterMonitor& cluster_;
    MessageModel model_;
    MessageFilter filter_;
    int limit_ = 200;
    QString searchText_;
    MessageExport exporter_;
    PageLoader loader_;
    PageLoader deliveries_; ///< asks for the delivery seqs that rows lack
    double deliveredAtRefresh_ = -1;
    quint64 refreshedTo_ = 0; ///< seq; some messages wait for long, and those behind them get their turn
    std::unique_ptr<MessageTail> tail_;
    QUrl tailNode_;
    QTimer again_;  ///< after a failure
    QTimer second_; ///< while active
    QElapsedTimer sinceAnswer_;
    bool active_ = false;
    bool shown_ = false; ///< a page came since the last question
    bool live_ = true;
    bool streaming_ = false;
    bool atStart_ = false;
    bool atEnd_ = false;
    quint64 firstSeq_ = 0;
    quint64 newCount_ = 0;
    quint64 seenTo_ = 0;  ///< everything up to this position was read, or counted
    quint64 shownTo_ = 0; ///< the greatest position that was a row since the last question
    QString error_;
    std::optional<PagePlace> asked_; ///< the page that was asked for last
};

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// One request of the API that a control can make: what it would be as a curl line, whether it is under way,
// what came of it. A 307 is followed and told. Every button and every polled panel of the pages is one of
// these.
//
//     ApiCall { id: sync; cluster: session.cluster; node: someNode; method: "POST"; path: "/time/sync" }
//     Button { onClicked: sync.run() }  CurlLine { text: sync.curl }  Label { text: sync.error }
#pragma once

#include <memory>

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUrl>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "core/client/Http.h"

namespace dsmsg::monitor {

class ApiCall : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        dsmsg::monitor::ClusterMonitor* cluster READ cluster WRITE setCluster NOTIFY requestChanged REQUIRED)
    /// Whom to ask; null: cluster.target.
    Q_PROPERTY(dsmsg::monitor::NodeState* node READ node WRITE setNode NOTIFY requestChanged)
    Q_PROPERTY(QString method READ method WRITE setMethod NOTIFY
                   requestChanged) ///< "GET" (default), "POST", "DELETE"
    Q_PROPERTY(QString path READ path WRITE setPath NOTIFY requestChanged)
    Q_PROPERTY(QVariantMap query READ query WRITE setQuery NOTIFY
                   requestChanged) ///< empty and undefined values are left out
    /// A map or list, sent as JSON; or a string, sent as it is. Undefined: no body.
    Q_PROPERTY(QVariant body READ body WRITE setBody NOTIFY requestChanged)
    Q_PROPERTY(int repeatMs READ repeatMs WRITE setRepeatMs NOTIFY
                   repeatMsChanged) ///< asks again so often; 0: never
    Q_PROPERTY(QString curl READ curl NOTIFY requestChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    // The last answer
    Q_PROPERTY(bool ok READ ok NOTIFY answered)
    Q_PROPERTY(int status READ status NOTIFY answered) ///< HTTP; 0: none
    Q_PROPERTY(QVariantMap answer READ answer NOTIFY answered)
    Q_PROPERTY(QString text READ text NOTIFY answered)   ///< the body as it came
    Q_PROPERTY(QString error READ error NOTIFY answered) ///< what happened and what to do; "" when ok
    Q_PROPERTY(double elapsedMs READ elapsedMs NOTIFY answered)
    Q_PROPERTY(QUrl answeredBy READ answeredBy NOTIFY answered)
    Q_PROPERTY(QUrl redirectedFrom READ redirectedFrom NOTIFY answered) ///< empty: it was not
    Q_PROPERTY(double ageMs READ ageMs NOTIFY answered)

public:
    explicit ApiCall(QObject* parent = nullptr);
    ~ApiCall() override;

    Q_INVOKABLE void run();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void clear(); ///< forgets the answer

    ClusterMonitor* cluster() const;
    void setCluster(ClusterMonitor* cluster);
    NodeState* node() const;
    void setNode(NodeState* node);
    QString method() const { return method_; }
    void setMethod(const QString& method);
    QString path() const { return path_; }
    void setPath(const QString& path);
    QVariantMap query() const { return query_; }
    void setQuery(const QVariantMap& query);
    QVariant body() const { return body_; }
    void setBody(const QVariant& body);
    int repeatMs() const { return repeatMs_; }
    void setRepeatMs(int ms);
    QString curl() const;
    bool busy() const { return busy_; }
    bool ok() const { return status_ >= 200 && status_ < 300; }
    int status() const { return status_; }
    QVariantMap answer() const { return answer_; }
    QString text() const { return text_; }
    QString error() const { return error_; }
    double elapsedMs() const { return elapsedMs_; }
    QUrl answeredBy() const { return answeredBy_; }
    QUrl redirectedFrom() const { return redirectedFrom_; }
    double ageMs() const;

Q_SIGNALS:
    void requestChanged();
    void repeatMsChanged();
    void busyChanged();
    void answered();

private:
    /// The node that a request would go to now; empty: nobody.
    QUrl base() const;
    client::HttpRequest request(const QUrl& base) const;
    void send(const client::HttpRequest& request, int redirects);
    void take(const client::HttpReply& reply, const client::HttpRequest& request, int redirects);
    void follow(const client::HttpReply& reply, client::HttpRequest request, int redirects);
    void conclude(int status, const QByteArray& body, const QString& error);
    void setBusy(bool busy);

    QPointer<ClusterMonitor> cluster_;
    QPointer<NodeState> node_;
    QString method_ = QStringLiteral("GET");
    QString path_;
    QVariantMap query_;
    QVariant body_;
    int repeatMs_ = 0;
    QTimer repeat_;
    std::unique_ptr<QObject> pending_; ///< whom an answer is for; without it nobody listens
    qint64 startedMs_ = 0;
    qint64 answeredMs_ = -1;
    bool busy_ = false;
    int status_ = 0;
    QVariantMap answer_;
    QString text_;
    QString error_;
    double elapsedMs_ = 0;
    QUrl answeredBy_;
    QUrl redirectedFrom_;
};

} // namespace dsmsg::monitor

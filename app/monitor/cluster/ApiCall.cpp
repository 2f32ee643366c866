// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/ApiCall.h"

#include <QJSValue>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

#include "app/monitor/cluster/CurlLine.h"
#include "app/monitor/cluster/Requests.h"
#include "core/client/Answers.h"

namespace dsmsg::monitor {

namespace {

using Method = client::HttpRequest::Method;

constexpr int redirectsMax = 5;
constexpr Milliseconds timeout(15'000); ///< a change of members may take that long

/// QML hands objects over wrapped.
QVariant unwrapped(const QVariant& value)
{
    if (value.userType() == qMetaTypeId<QJSValue>())
        return value.value<QJSValue>().toVariant();
    return value;
}

QByteArray jsonOf(const QVariant& body)
{
    if (!body.isValid() || body.isNull())
        return {};
    if (body.userType() == QMetaType::QString)
        return body.toString().toUtf8();
    if (body.userType() == QMetaType::QVariantList)
        return QJsonDocument(QJsonArray::fromVariantList(body.toList())).toJson(QJsonDocument::Compact);
    return QJsonDocument(QJsonObject::fromVariantMap(body.toMap())).toJson(QJsonDocument::Compact);
}

Method methodOf(const QString& name)
{
    if (name == QLatin1String("POST"))
        return Method::Post;
    return name == QLatin1String("DELETE") ? Method::Delete : Method::Get;
}

QString errorOf(const client::HttpReply& reply)
{
    const QString where = reply.url.authority();
    if (reply.status == 0)
        return ApiCall::tr("%1 did not answer: %2.").arg(where, reply.problem);
    const QString reason = client::readReason(reply.body);
    if (!reason.isEmpty())
        return ApiCall::tr("%1 says: %2 (HTTP %3)").arg(where, reason).arg(reply.status);
    return ApiCall::tr("%1 answered with HTTP %2.").arg(where).arg(reply.status);
}

} // namespace

ApiCall::ApiCall(QObject* parent)
    : QObject(parent)
{
    connect(&repeat_, &QTimer::timeout, this, [this] {
        if (!busy_ && cluster_ && cluster_->autoRefresh())
            run();
    });
}

ApiCall::~ApiCall() = default;

QUrl ApiCall::base() const
{
    if (node_)
        return node_->url();
    if (cluster_ && cluster_->target())
        return cluster_->target()->url();
    return {};
}

client::HttpRequest ApiCall::request(const QUrl& base) const
{
    client::HttpRequest request;
    request.method = methodOf(method_);
    request.timeout = timeout;
    request.url = base;
    request.url.setPath(path_);
    QUrlQuery query;
    for (auto item = query_.begin(); item != query_.end(); ++item) {
        const QString value = unwrapped(item.value()).toString();
        if (!value.isEmpty())
            query.addQueryItem(item.key(), QString::fromUtf8(QUrl::toPercentEncoding(value)));
    }
    if (!query.isEmpty())
        request.url.setQuery(query);
    request.body = request.method == Method::Get ? QByteArray() : jsonOf(body_);
    if (request.method == Method::Post && request.body.isEmpty() && steersCluster(request.url))
        request.body = "{}";
    return request;
}

QString ApiCall::curl() const
{
    const QUrl to = base();
    return curlLine(request(to.isEmpty() ? QUrl(QStringLiteral("http://127.0.0.1:8000")) : to));
}

void ApiCall::run()
{
    if (!cluster_)
        return;
    const QUrl to = base();
    startedMs_ = monotonicMs();
    redirectedFrom_.clear();
    if (to.isEmpty()) {
        answeredBy_.clear();
        conclude(0, {}, tr("No node answers that could be asked."));
        return;
    }
    pending_ = std::make_unique<QObject>();
    setBusy(true);
    send(request(to), 0);
}

void ApiCall::send(const client::HttpRequest& request, int redirects)
{
    cluster_->requests().start(request, pending_.get(), [this, request, redirects](client::HttpReply reply) {
        take(reply, request, redirects);
    });
}

void ApiCall::take(const client::HttpReply& reply, const client::HttpRequest& request, int redirects)
{
    if (reply.status == 307 && cluster_) {
        follow(reply, request, redirects);
        return;
    }
    answeredBy_ = request.url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery);
    const bool ok = reply.status >= 200 && reply.status < 300;
    conclude(reply.status, reply.body, ok ? QString() : errorOf(reply));
}

void ApiCall::follow(const client::HttpReply& reply, client::HttpRequest request, int redirects)
{
    const QUrl to = request.url.resolved(QUrl(QString::fromUtf8(reply.location)));
    if (reply.location.isEmpty() || to.scheme() != request.url.scheme() || redirects == redirectsMax) {
        conclude(reply.status, reply.body,
                 tr("The nodes send the request from one to another; there may be no leader now. Try again "
                    "in a moment."));
        return;
    }
    const QUrl from = request.url;
    if (redirectedFrom_.isEmpty())
        redirectedFrom_ = from.adjusted(QUrl::RemovePath | QUrl::RemoveQuery);
    cluster_->noteRedirect(from, to);
    request.url = to;
    if (!request.url.hasQuery())
        request.url.setQuery(from.query(QUrl::FullyEncoded));
    send(request, redirects + 1);
}

void ApiCall::conclude(int status, const QByteArray& body, const QString& error)
{
    status_ = status;
    text_ = QString::fromUtf8(body);
    answer_ = QJsonDocument::fromJson(body).object().toVariantMap();
    error_ = error;
    answeredMs_ = monotonicMs();
    elapsedMs_ = double(answeredMs_ - startedMs_);
    setBusy(false);
    Q_EMIT answered();
}

void ApiCall::cancel()
{
    pending_.reset();
    setBusy(false);
}

void ApiCall::clear()
{
    cancel();
    status_ = 0;
    text_.clear();
    answer_.clear();
    error_.clear();
    elapsedMs_ = 0;
    answeredMs_ = -1;
    answeredBy_.clear();
    redirectedFrom_.clear();
    Q_EMIT answered();
}

void ApiCall::setBusy(bool busy)
{
    if (busy == busy_)
        return;
    busy_ = busy;
    Q_EMIT busyChanged();
}

ClusterMonitor* ApiCall::cluster() const
{
    return cluster_;
}

void ApiCall::setCluster(ClusterMonitor* cluster)
{
    if (cluster == cluster_)
        return;
    if (cluster_)
        cluster_->disconnect(this);
    cluster_ = cluster;
    if (cluster_) {
        connect(cluster_, &ClusterMonitor::targetChanged, this, &ApiCall::requestChanged);
        connect(cluster_, &ClusterMonitor::connectedAnew, this, &ApiCall::clear);
    }
    Q_EMIT requestChanged();
}

NodeState* ApiCall::node() const
{
    return node_;
}

void ApiCall::setNode(NodeState* node)
{
    if (node == node_)
        return;
    node_ = node;
    Q_EMIT requestChanged();
}

void ApiCall::setMethod(const QString& method)
{
    if (method == method_)
        return;
    method_ = method;
    Q_EMIT requestChanged();
}

void ApiCall::setPath(const QString& path)
{
    if (path == path_)
        return;
    path_ = path;
    Q_EMIT requestChanged();
}

void ApiCall::setQuery(const QVariantMap& query)
{
    if (query == query_)
        return;
    query_ = query;
    Q_EMIT requestChanged();
}

void ApiCall::setBody(const QVariant& body)
{
    const QVariant plain = unwrapped(body);
    if (plain == body_)
        return;
    body_ = plain;
    Q_EMIT requestChanged();
}

void ApiCall::setRepeatMs(int ms)
{
    if (ms == repeatMs_)
        return;
    repeatMs_ = ms;
    if (ms > 0)
        repeat_.start(ms);
    else
        repeat_.stop();
    Q_EMIT repeatMsChanged();
}

double ApiCall::ageMs() const
{
    return answeredMs_ < 0 ? -1 : double(monotonicMs() - answeredMs_);
}

} // namespace dsmsg::monitor

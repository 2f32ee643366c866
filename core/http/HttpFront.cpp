// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/HttpFront.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>

#include "core/http/BatchResource.h"
#include "core/http/ClockResource.h"
#include "core/http/ClusterResources.h"
#include "core/http/EventsResource.h"
#include "core/http/FaultsResource.h"
#include "core/http/HealthResource.h"
#include "core/http/HeartbeatResource.h"
#include "core/http/HistoryResource.h"
#include "core/http/InboxResources.h"
#include "core/http/MessagesResource.h"
#include "core/http/MetricsResource.h"
#include "core/http/ObserveResource.h"
#include "core/http/OrderingResources.h"
#include "core/http/RaftJsonResource.h"
#include "core/http/ReplicateResource.h"
#include "core/http/ReportingReader.h"
#include "core/http/RetentionResource.h"
#include "core/http/SendResource.h"
#include "core/http/StatusResource.h"
#include "core/http/SubmissionQueue.h"
#include "core/http/SyncResource.h"
#include "core/http/TimeResources.h"
#include "core/http/TraceResource.h"
#include "core/http/ws/UpgradeResource.h"
#include "core/http/ws/WebSocketFront.h"
#include "core/net/Reset.h"

namespace dsmsg::http {

namespace {

/// Deadlines are looked at this often: fine enough for the shortest of them, at most once a second.
std::chrono::milliseconds sweepInterval(const HttpLimits& limits)
{
    const Milliseconds shortest =
        std::min({limits.headerTimeMax, limits.bodyTimeMax, limits.idleTimeMax, limits.lingerTimeMax});
    return std::clamp<std::chrono::milliseconds>(shortest / 4, std::chrono::milliseconds(10),
                                                 std::chrono::seconds(1));
}

/// RFC 9110 section 5.6.7.
std::string httpDate(UnixTime time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    const QDateTime utc = QDateTime::fromSecsSinceEpoch(seconds).toUTC();
    return QLocale::c().toString(utc, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toStdString();
}

} // namespace

HttpFront::HttpFront(Parts parts)
    : gateway_(parts.gateway)
    , clock_(parts.clock)
    , limits_(parts.limits)
    , nodeId_(std::move(parts.nodeId))
    , allowedOrigins_(std::move(parts.allowedOrigins))
    , cors_(allowedOrigins_)
    , submissions_(std::make_unique<SubmissionQueue>(gateway_, limits_))
    , queries_(*this, limits_)
    , reader_(std::make_unique<ReportingReader>(std::move(parts.reader), gateway_))
    , feed_(*reader_, gateway_, limits_)
    , webSockets_(std::make_unique<WebSocketFront>(
          WebSocketFront::Parts{gateway_, *submissions_, feed_, limits_, cors_, date_}))
    , polls_(feed_, limits_)
    , router_(*this)
{
    addRoutes();
    date_ = httpDate(clock_.wall());
    connect(&sweeper_, &QTimer::timeout, this, &HttpFront::sweep);
    sweeper_.start(sweepInterval(limits_));
}

HttpFront::~HttpFront()
{
    closeAll();
    // Before the members they refer to: a connection's destructor still touches its owner's limits.
    const auto left = findChildren<HttpConnection*>();
    for (HttpConnection* connection : left)
        delete connection;
}

void HttpFront::addRoutes()
{
    AnswerSink& sink = *this;
    const QueryParts view{gateway_, queries_};
    const WriteParts writes{*submissions_, sink, limits_};
    router_.add("/send", std::make_unique<SendResource>(writes));
    router_.add("/send/batch", std::make_unique<BatchResource>(writes));
    router_.add("/messages", std::make_unique<MessagesResource>(MessagesResource::Parts{
                                 *reader_, gateway_, queries_, polls_, sink, limits_}));
    router_.add("/events", std::make_unique<EventsResource>(feed_, sink, limits_));
    const InboxParts inbox{gateway_, queries_, *reader_, polls_, sink, limits_};
    router_.add("/inbox/{}", std::make_unique<InboxResource>(inbox));
    router_.add("/inbox/{}/ack", std::make_unique<InboxAckResource>(inbox));
    router_.add("/replicate", std::make_unique<ReplicateResource>(writes));
    router_.add("/sync", std::make_unique<SyncResource>(*reader_, sink, limits_));
    router_.add("/heartbeat", std::make_unique<HeartbeatResource>(clock_, nodeId_, sink));
    router_.add("/status", std::make_unique<StatusResource>(StatusParts{gateway_, queries_, *reader_}));
    router_.add("/request_vote", std::make_unique<RequestVoteResource>(gateway_, queries_, sink, limits_));
    router_.add("/append_entries",
                std::make_unique<AppendEntriesResource>(gateway_, queries_, sink, limits_));
    if (node::FaultDesk* desk = gateway_.faultDesk())
        router_.add("/faults",
                    std::make_unique<FaultsResource>(*desk, queries_, sink, allowedOrigins_, limits_));
    const ClusterParts cluster{gateway_, queries_, sink, allowedOrigins_, limits_};
    router_.add("/cluster/members", std::make_unique<MembersResource>(cluster));
    router_.add("/cluster/transfer", std::make_unique<TransferResource>(cluster));
    router_.add("/cluster/snapshot", std::make_unique<CompactResource>(cluster));
    router_.add("/cluster/state", std::make_unique<StateResource>(cluster));
    router_.add("/cluster/retention", std::make_unique<RetentionResource>(cluster));
    const TimeParts time{gateway_, queries_, sink, clock_, limits_};
    router_.add("/time", std::make_unique<TimeResource>(time));
    router_.add("/time/sync", std::make_unique<TimeSyncResource>(time));
    router_.add("/time/correct", std::make_unique<TimeCorrectResource>(time));
    router_.add("/time/reset", std::make_unique<TimeResetResource>(time));
    const OrderingParts ordering{gateway_, queries_, *reader_, sink};
    router_.add("/ordering/status", std::make_unique<OrderingStatusResource>(ordering));
    router_.add("/ordering/force_delivery", std::make_unique<ForceDeliveryResource>(ordering));
    router_.add("/clock", std::make_unique<ClockResource>(view));
    router_.add("/time/stats", std::make_unique<TimeStatisticsResource>(view));
    auto observing =
        std::make_unique<ObserveResource>(ObserveResource::Parts{gateway_, sink, limits_, figuresSource_});
    observing_ = observing.get();
    router_.add("/observe", std::move(observing));
    router_.add("/observe/history",
                std::make_unique<HistoryResource>(HistoryParts{gateway_, queries_, sink, limits_, nodeId_}));
    router_.add("/trace",
                std::make_unique<TraceResource>(TraceParts{*reader_, gateway_, queries_, sink, limits_}));
    router_.add("/metrics", std::make_unique<MetricsResource>(
                                MetricsParts{gateway_, queries_, figuresSource_, *reader_}));
    router_.add("/ws", std::make_unique<UpgradeResource>(sink));
    router_.add("/livez", std::make_unique<LiveResource>(sink));
    router_.add("/readyz", std::make_unique<ReadyResource>(view));
}

void HttpFront::setAcceptor(std::shared_ptr<const net::AcceptorCounters> counters, std::size_t connectionsMax)
{
    accepting_ = std::move(counters);
    connectionsMax_ = connectionsMax;
}

FrontFigures HttpFront::figures() const
{
    FrontFigures figures;
    figures.http = counters_;
    figures.connections = {accepting_ ? accepting_->open.load() : connections_.size(), connectionsMax_,
                           accepting_ ? accepting_->refused.load() : 0};
    figures.submissions = {submissions_->waiting(), limits_.pendingSubmissionsMax, submissions_->refused()};
    figures.submissionBytes = {submissions_->waitingBytes(), limits_.pendingSubmissionBytesMax, 0};
    figures.queries = {queries_.open(), limits_.pendingQueriesMax, queries_.refused()};
    figures.subscribers = {feed_.subscriberCount(), limits_.subscribersMax, feed_.refused()};
    figures.longPolls = {polls_.waiting(), limits_.waitersMax, polls_.refused()};
    figures.observers = {observing_->observers(), limits_.observersMax, observing_->refused()};
    return figures;
}

void HttpFront::adopt(QTcpSocket* socket)
{
    const std::uint64_t id = ++lastConnection_;
    auto* connection =
        new HttpConnection(id, socket, limits_, *this, clock_, std::chrono::steady_clock::now());
    connection->setParent(this);
    connections_.emplace(id, connection);
    ++counters_.connections;
    connection->start();
}

void HttpFront::adoptWebSocket(QTcpSocket* socket)
{
    webSockets_->adopt(socket);
}

void HttpFront::closeAll()
{
    webSockets_->closeAll();
    const auto all = std::exchange(connections_, {});
    for (const auto& [id, connection] : all)
        connection->shutDown();
}

void HttpFront::resetAll()
{
    net::resetWhenClosed(*this);
    webSockets_->resetAll();
    const auto all = std::exchange(connections_, {});
    for (const auto& [id, connection] : all)
        connection->abort();
}

void HttpFront::requested(HttpConnection& connection, std::uint64_t number, std::string_view head,
                          std::string_view body)
{
    const ReplyTo to{connection.id(), number};
    Request* request = parser_.parse(head);
    if (!request) {
        ++counters_.refused;
        answer(to, faultResponse({400, "the request line or a header is malformed"}));
        return;
    }
    ++counters_.requests;
    request->body = body;
    request->arrived = connection.arrived();
    router_.dispatch(*request, to);
}

void HttpFront::format(std::string& out, const Response& response, const Framing& framing)
{
    appendResponse(out, response, framing, cors_, date_);
}

void HttpFront::answer(ReplyTo to, Response response)
{
    const auto found = connections_.find(to.connection);
    if (found == connections_.end())
        ++counters_.answersDropped;
    else
        found->second->answer(to.request, response);
}

void HttpFront::closed(HttpConnection& connection)
{
    connections_.erase(connection.id());
    counters_.refused += connection.refused() ? 1U : 0U;
    polls_.forget(connection.id());
    connection.deleteLater();
}

void HttpFront::sweep()
{
    date_ = httpDate(clock_.wall());
    const auto now = std::chrono::steady_clock::now();
    std::vector<HttpConnection*> all;
    all.reserve(connections_.size());
    for (const auto& [id, connection] : connections_)
        all.push_back(connection);
    for (HttpConnection* connection : all)
        connection->expire(now);
}

} // namespace dsmsg::http

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/lab/FaultLab.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/monitor/cluster/CurlLine.h"
#include "app/monitor/cluster/Requests.h"

namespace dsmsg::monitor {

namespace {

constexpr int countdownMs = 200;
constexpr int pollMs = 2000;
constexpr int redrawMs = 100;
constexpr Milliseconds answerTime{3000};
const QString faultsPath = QStringLiteral("/faults");

/// What a node says when it refuses, in its own words.
QString refusal(const client::HttpReply& reply)
{
    if (reply.status == 0)
        return reply.problem;
    if (reply.status == 404)
        return FaultLab::tr("it was started without --fault-injection");
    const QJsonObject body = QJsonDocument::fromJson(reply.body).object();
    const QString reason = body.value(QLatin1String("reason")).toString();
    return reason.isEmpty() ? FaultLab::tr("it answered %1").arg(reply.status) : reason;
}

} // namespace

FaultLab::FaultLab(ClusterMonitor& cluster, EmbeddedCluster& embedded, QObject* parent)
    : QObject(parent)
    , cluster_(cluster)
    , embedded_(embedded)
    , run_(*this)
{
    countdown_.setInterval(countdownMs);
    poll_.setInterval(pollMs);
    redraw_.setInterval(redrawMs);
    redraw_.setSingleShot(true);
    connect(&countdown_, &QTimer::timeout, &faults_, &FaultList::tick);
    connect(&poll_, &QTimer::timeout, this, &FaultLab::askAll);
    connect(&redraw_, &QTimer::timeout, this, &FaultLab::updateLinks);
    connect(&faults_, &FaultList::countChanged, this, [this] {
        if (faults_.count() > 0 && watching_)
            countdown_.start();
        else
            countdown_.stop();
        redraw_.start();
    });
    connect(&cluster_, &ClusterMonitor::sampled, this,
            [this](NodeState* node, const SamplePtr& sample) { sampled(node, *sample); });
    connect(&cluster_, &ClusterMonitor::changed, this, [this] { redraw_.start(); });
    connect(&cluster_, &ClusterMonitor::connectedAnew, this, &FaultLab::forgetAll);
    connect(&faults_, &FaultList::countChanged, this, &FaultLab::woundedChanged);
    connect(&embedded_, &EmbeddedCluster::changed, this, &FaultLab::supportChanged);
    connect(&embedded_, &EmbeddedCluster::changed, this, &FaultLab::woundedChanged);
}

FaultLab::~FaultLab() = default;

// --- what the nodes say ---

client::HttpRequest FaultLab::faultsRequest(const QUrl& node) const
{
    client::HttpRequest request;
    request.url = node;
    request.url.setPath(faultsPath);
    request.timeout = answerTime;
    return request;
}

void FaultLab::ask(NodeState* node)
{
    const QUrl url = node->url();
    if (asking_.contains(url))
        return;
    asking_.insert(url);
    cluster_.requests().start(faultsRequest(url), this, [this, url](const client::HttpReply& reply) {
        asking_.remove(url);
        heard(url, reply);
    });
}

void FaultLab::askAll()
{
    for (NodeState* node : cluster_.nodes()->nodes())
        ask(node);
}

void FaultLab::heard(const QUrl& url, const client::HttpReply& reply)
{
    NodeState* node = cluster_.nodes()->byUrl(url);
    if (node == nullptr)
        return faults_.forget(url); // it left meanwhile
    if (reply.status != 200 && reply.status != 404)
        return; // what it obeys is not known; what was known runs down
    const Takes takes = reply.status == 200 ? Takes::Yes : Takes::No;
    if (takes_.value(url) != takes) {
        takes_.insert(url, takes);
        Q_EMIT supportChanged();
    }
    QList<Fault> faults;
    const QJsonArray list =
        QJsonDocument::fromJson(reply.body).object().value(QLatin1String("faults")).toArray();
    for (const QJsonValue one : list)
        faults.append(Fault::fromJson(one.toObject()));
    faults_.set(url, node->name(), faults);
    redraw_.start();
}

/// Samples tell how many faults there are, so that nobody has to ask again and again.
void FaultLab::sampled(NodeState* node, const Sample& sample)
{
    const bool differs = sample.faults != faults_.of(node->url()).size();
    if (takes_.value(node->url()) == Takes::Unknown ? watching_ : differs)
        ask(node);
    if (watching_ && !redraw_.isActive())
        redraw_.start();
}

void FaultLab::forgetAll()
{
    run_.cancel();
    faults_.clear();
    takes_.clear();
    verdict_.clear();
    say({});
    redraw_.start();
    Q_EMIT supportChanged();
}

void FaultLab::setWatching(bool on)
{
    if (watching_ == on)
        return;
    watching_ = on;
    if (on) {
        askAll();
        poll_.start();
        redraw_.start();
        if (faults_.count() > 0)
            countdown_.start();
    } else {
        poll_.stop();
        countdown_.stop();
    }
    Q_EMIT watchingChanged();
}

FaultLab::Support FaultLab::support() const
{
    int yes = 0;
    int no = 0;
    for (const NodeState* node : cluster_.nodes()->nodes()) {
        yes += takes_.value(node->url()) == Takes::Yes ? 1 : 0;
        no += takes_.value(node->url()) == Takes::No ? 1 : 0;
    }
    if (yes + no == 0)
        return Unknown;
    return no == 0 ? Everywhere : yes == 0 ? Nowhere : Somewhere;
}

QString FaultLab::supportText() const
{
    QStringList without;
    for (const NodeState* node : cluster_.nodes()->nodes()) {
        if (takes_.value(node->url()) == Takes::No)
            without.append(node->name());
    }
    if (without.isEmpty())
        return {};
    return tr("%1 cannot be broken from here: start it with --fault-injection, or use a local cluster, whose nodes "
              "always can.")
        .arg(without.join(QStringLiteral(", ")));
}

bool FaultLab::takesFaults(NodeState* node) const
{
    return node != nullptr && takes_.value(node->url()) == Takes::Yes;
}

void FaultLab::updateLinks()
{
    QList<LinkMatrix::Node> nodes;
    for (const NodeState* node : cluster_.nodes()->nodes()) {
        LinkMatrix::Node one{node->name(), node->url().toString(), false, {}, faults_.of(node->url())};
        one.heardFrom = node->answers() && node->freshness() == NodeState::Freshness::Fresh;
        for (const PeerState* peer : node->peers()) {
            if (peer->alive())
                one.hears.append(peer->id());
        }
        nodes.append(one);
    }
    links_.update(nodes);
}

// --- orders ---

QVariantList FaultLab::kinds() const
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("FaultKinds", text); };
    QVariantList all;
    for (const FaultKindInfo& info : faultKinds()) {
        all.append(QVariantMap{{QStringLiteral("kind"), QLatin1String(info.kind)},
                               {QStringLiteral("title"), tr(info.title)},
                               {QStringLiteral("about"), tr(info.about)},
                               {QStringLiteral("unit"), QLatin1String(info.unit)},
                               {QStringLiteral("iconName"), QLatin1String(info.iconName)},
                               {QStringLiteral("ofLinks"), info.ofLinks},
                               {QStringLiteral("value"), info.value},
                               {QStringLiteral("from"), info.from},
                               {QStringLiteral("to"), info.to}});
    }
    return all;
}

void FaultLab::order(NodeState* node, const Fault& fault, Done done)
{
    client::HttpRequest request = faultsRequest(node->url());
    request.method = client::HttpRequest::Method::Post;
    request.body = QJsonDocument(fault.order()).toJson(QJsonDocument::Compact);
    cluster_.requests().start(request, this,
                              [this, url = node->url(), name = node->name(), fault,
                               done = std::move(done)](const client::HttpReply& reply) {
                                  const bool taken = reply.status == 200;
                                  const QString problem =
                                      taken ? QString()
                                            : tr("%1 does not take the fault: %2.").arg(name, refusal(reply));
                                  if (NodeState* there = cluster_.nodes()->byUrl(url))
                                      ask(there);
                                  if (taken)
                                      Q_EMIT injected(name, fault.text());
                                  done(problem);
                              });
}

void FaultLab::inject(NodeState* node, const QVariantMap& fault)
{
    if (node != nullptr)
        order(node, Fault::fromMap(fault), [this](const QString& problem) { say(problem); });
}

QString FaultLab::curlOf(NodeState* node, const QVariantMap& fault) const
{
    if (node == nullptr)
        return {};
    client::HttpRequest request = faultsRequest(node->url());
    request.method = client::HttpRequest::Method::Post;
    request.body = QJsonDocument(Fault::fromMap(fault).order()).toJson(QJsonDocument::Compact);
    return curlLine(request);
}

void FaultLab::heal(const QUrl& url, double id)
{
    client::HttpRequest request = faultsRequest(url);
    request.method = client::HttpRequest::Method::Delete;
    if (id > 0)
        request.url.setQuery(QStringLiteral("id=%1").arg(static_cast<quint64>(id)));
    cluster_.requests().start(request, this, [this, url](const client::HttpReply& reply) {
        NodeState* node = cluster_.nodes()->byUrl(url);
        if (node == nullptr)
            return;
        if (reply.status != 200 && reply.status != 404)
            say(tr("%1 does not heal: %2.").arg(node->name(), refusal(reply)));
        ask(node);
    });
}

QString FaultLab::healCurl(const QUrl& url, double id) const
{
    client::HttpRequest request = faultsRequest(url);
    request.method = client::HttpRequest::Method::Delete;
    if (id > 0)
        request.url.setQuery(QStringLiteral("id=%1").arg(static_cast<quint64>(id)));
    return curlLine(request);
}

void FaultLab::healAll()
{
    say({});
    for (NodeState* node : cluster_.nodes()->nodes()) {
        if (!faults_.of(node->url()).isEmpty())
            heal(node->url(), 0);
    }
    const auto own = embedded_.running() ? embedded_.nodes() : QList<EmbeddedNode*>();
    for (EmbeddedNode* node : own) {
        if (node->state() == EmbeddedNode::ReadOnly)
            node->restart();
        else
            node->start();
    }
}

bool FaultLab::wounded() const
{
    const auto nodes = embedded_.nodes();
    return faults_.count() > 0 ||
           (embedded_.running() && std::ranges::any_of(nodes, [](const EmbeddedNode* node) {
                return node->state() != EmbeddedNode::Running && !node->busy();
            }));
}

std::pair<NodeState*, QVariantMap> FaultLab::cutOrder(const QString& from, const QString& to,
                                                      double forS) const
{
    NodeState* speaker = named(from);
    NodeState* listener = named(to);
    const bool bySpeaker = takesFaults(speaker) && speaker->answers();
    return {bySpeaker ? speaker : listener,
            {{QStringLiteral("kind"), QStringLiteral("partition")},
             {QStringLiteral("peers"), QStringList{bySpeaker ? to : from}},
             {QStringLiteral("direction"), bySpeaker ? QStringLiteral("out") : QStringLiteral("in")},
             {QStringLiteral("for_s"), forS}}};
}

void FaultLab::toggleLink(const QString& from, const QString& to, double forS)
{
    if (!links_.isCut(from, to)) {
        const auto [node, fault] = cutOrder(from, to, forS);
        return inject(node, fault);
    }
    for (const FaultList::Row& row : faults_.rows()) {
        const bool ofSpeaker = row.name == from && row.fault.outgoing() && row.fault.concerns(to, {});
        const bool ofListener = row.name == to && row.fault.incoming() && row.fault.concerns(from, {});
        if (row.fault.kind == QStringLiteral("partition") && (ofSpeaker || ofListener))
            heal(row.url, static_cast<double>(row.fault.id));
    }
}

QString FaultLab::linkCurl(const QString& from, const QString& to, double forS) const
{
    const auto [node, fault] = cutOrder(from, to, forS);
    return curlOf(node, fault);
}

QString FaultLab::soakLine(const QString& id) const
{
    const Scenario* scenario = scenarios_.find(id);
    if (scenario == nullptr)
        return {};
    QStringList nodes;
    for (const QUrl& url : cluster_.urls())
        nodes.append(url.toString());
    return QStringLiteral("dsmsg soak --seconds %1 --rate %2 --node %3")
        .arg(scenario->seconds)
        .arg(scenario->perSecond)
        .arg(shellQuoted(nodes.join(QLatin1Char(','))));
}

EmbeddedNode* FaultLab::embeddedNode(NodeState* node) const
{
    return node != nullptr ? embedded_.byUrl(node->url()) : nullptr;
}

void FaultLab::kill(NodeState* node)
{
    EmbeddedNode* one = embeddedNode(node);
    if (one == nullptr)
        return say(tr("Only nodes of the local cluster can be killed from here."));
    one->kill();
    faults_.forget(node->url()); // they went with it
    Q_EMIT killed(node->name());
}

void FaultLab::restart(NodeState* node)
{
    if (EmbeddedNode* one = embeddedNode(node))
        one->restart();
}

ScenarioCast FaultLab::cast() const
{
    ScenarioCast cast;
    for (const NodeState* node : cluster_.nodes()->nodes())
        cast.everybody.append(node->name());
    cast.leader = cluster_.leader() != nullptr ? cluster_.leader()->name() : QString();
    return cast;
}

NodeState* FaultLab::named(const QString& name) const
{
    for (NodeState* node : cluster_.nodes()->nodes()) {
        if (node->name() == name)
            return node;
    }
    return nullptr;
}

void FaultLab::say(const QString& problem)
{
    if (problem_ == problem)
        return;
    problem_ = problem;
    Q_EMIT problemChanged();
}

} // namespace dsmsg::monitor

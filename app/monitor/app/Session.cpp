// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/Session.h"

#include <algorithm>

namespace dsmsg::monitor {

namespace {

/// What the settings keep of an embedded cluster in place of addresses, which may be others the next time.
const auto embeddedPrefix = QStringLiteral("embedded:");

QString joined(const QList<QUrl>& urls)
{
    QStringList texts;
    for (const QUrl& url : urls)
        texts.append(url.toString());
    return texts.join(QLatin1Char(','));
}

} // namespace

Session::Session(QObject* parent)
    : QObject(parent)
{
    scope_.follow(cluster_);
    connect(&languages_, &Languages::changed, &cluster_, &ClusterMonitor::retranslate);
    cluster_.setAutoRefresh(settings_.autoRefresh());
    connect(&settings_, &Settings::autoRefreshChanged, &cluster_,
            [this] { cluster_.setAutoRefresh(settings_.autoRefresh()); });
    connect(&cluster_, &ClusterMonitor::autoRefreshChanged, &settings_,
            [this] { settings_.setAutoRefresh(cluster_.autoRefresh()); });
    connect(&cluster_, &ClusterMonitor::connectedAnew, this, &Session::noteConnected);
    connect(&embedded_, &EmbeddedCluster::ready, &cluster_, &ClusterMonitor::connectTo);
    // A local cluster that is told to stop is not one that fails.
    connect(&embedded_, &EmbeddedCluster::changed, this, [this] {
        if (embedded_.state() == EmbeddedCluster::Stopping && urls_.startsWith(embeddedPrefix))
            disconnectFromCluster();
    });
}

void Session::start()
{
    appearance_.portal().start();
}

void Session::reconnect()
{
    const QString last = profiles_.lastUrls();
    if (!settings_.reconnect() || last.isEmpty())
        return;
    if (last.startsWith(embeddedPrefix))
        embedded_.start(last.mid(embeddedPrefix.size()).toInt());
    else
        connectTo(last);
}

QString Session::connectTo(const QString& nodes)
{
    return cluster_.connectToText(nodes);
}

void Session::connectAgain()
{
    if (!urls_.isEmpty())
        cluster_.connectToText(currentUrls());
}

void Session::disconnectFromCluster()
{
    cluster_.disconnectFromCluster();
    profiles_.noteDisconnected();
    urls_.clear();
    Q_EMIT clusterNameChanged();
}

void Session::noteConnected()
{
    const QList<QUrl> urls = cluster_.urls();
    const bool ours =
        std::ranges::all_of(urls, [this](const QUrl& url) { return embedded_.byUrl(url) != nullptr; });
    urls_ = ours ? embeddedPrefix + QString::number(embedded_.size()) : joined(urls);
    noteProfile();
}

void Session::noteProfile()
{
    if (!urls_.isEmpty())
        profiles_.noteConnected(urls_);
    Q_EMIT clusterNameChanged();
}

QString Session::currentUrls() const
{
    return urls_.startsWith(embeddedPrefix) ? joined(embedded_.urls()) : urls_;
}

QString Session::clusterName() const
{
    if (profiles_.current() >= 0)
        return profiles_.currentName();
    if (urls_.startsWith(embeddedPrefix))
        return tr("Embedded cluster");
    const QStringList urls = urls_.split(QLatin1Char(','), Qt::SkipEmptyParts);
    if (urls.isEmpty())
        return {};
    const QUrl first(urls.constFirst());
    const QString name = first.host() + QLatin1Char(':') + QString::number(first.port(80));
    return urls.size() == 1 ? name : tr("%1 and %2 more").arg(name).arg(urls.size() - 1);
}

} // namespace dsmsg::monitor

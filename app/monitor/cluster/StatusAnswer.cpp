// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/StatusAnswer.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace dsmsg::monitor {

namespace {

using Link = NodeState::Link;

/// Where its words are found in other languages.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StatusAnswer)
};

QString majorOf(const QString& version)
{
    return version.section(QLatin1Char('.'), 0, 0);
}

StatusAnswer without(Link link, const QString& problem)
{
    StatusAnswer answer;
    answer.link = link;
    answer.problem = problem;
    return answer;
}

StatusAnswer unreadable(const client::HttpReply& reply)
{
    if (reply.unreachable)
        return without(
            Link::Down,
            Text::tr("No connection: %1. Is the node running, and is the address right?").arg(reply.problem));
    if (reply.problem == client::notHttp())
        return without(Link::NotDsmsg,
                       Text::tr("What answers there does not speak HTTP. Check the address and the port."));
    if (reply.status == 0)
        return without(Link::Silent, Text::tr("It does not answer: %1.").arg(reply.problem));
    if (reply.status == 401 || reply.status == 403)
        return without(Link::Unauthorised,
                       Text::tr("It refuses us (HTTP %1). A proxy in front of it may want a "
                                "password: use the node's own address.")
                           .arg(reply.status));
    if (reply.status == 502 || reply.status == 503 || reply.status == 504)
        return without(Link::Silent, Text::tr("It cannot answer now (HTTP %1).").arg(reply.status));
    return without(Link::NotDsmsg,
                   Text::tr("What answers there is no dsmsg node. Check the address and the port."));
}

} // namespace

StatusAnswer readStatusAnswer(const client::HttpReply& reply)
{
    if (reply.status != 200)
        return unreadable(reply);
    const QJsonObject status = QJsonDocument::fromJson(reply.body).object();
    if (!status[u"node_id"].isString() || !status[u"consensus"].isObject())
        return without(Link::NotDsmsg,
                       Text::tr("What answers there is no dsmsg node. Check the address and the port."));
    const QString version = status[u"version"].toString();
    if (majorOf(version) != majorOf(QStringLiteral(DSMSG_VERSION)))
        return without(
            Link::OtherVersion,
            Text::tr("It runs dsmsg %1, this monitor is %2. Use a monitor of the same major version.")
                .arg(version.isEmpty() ? Text::tr("without a version") : version,
                     QStringLiteral(DSMSG_VERSION)));
    StatusAnswer answer;
    answer.link = Link::Live;
    answer.sample = sampleOfStatus(status);
    answer.status = status;
    return answer;
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `dsmsg collect` has gathered, as values: a row a second of each node, what happened meanwhile, and
// what each node said of itself at the end. Made of /status answers; pure, so that a page can be tested
// without a cluster.
#pragma once

#include <optional>
#include <vector>

#include <QDateTime>
#include <QJsonObject>
#include <QUrl>

namespace dsmsg::collect {

struct Sample
{
    double seconds = 0; ///< since the beginning
    QString role;
    QString leaderId; ///< empty: it knows none
    double term = 0;
    double committedSeq = 0;
    double commitIndex = 0;
    double appliedIndex = 0;
    double offsetMs = 0;
    std::optional<double> boundMs; ///< none: not compared with a majority
};

/// What a route of a node answered: a JSON object, or text.
struct Route
{
    QString path;
    QByteArray body; ///< empty: not answered
    QString problem; ///< why not
};

struct NodeReport
{
    QUrl url;
    std::vector<Sample> samples;
    QJsonObject lastStatus; ///< empty: it never answered
    QString problem;        ///< why its last question was not answered; empty when it was
    std::vector<Route> routes;

    QString name() const; ///< its id, else its address
    QString address() const;
};

struct Event
{
    double seconds = 0;
    QString node; ///< whose
    QString text;
};

struct Report
{
    QDateTime begin;
    double seconds = 0; ///< how long was looked
    std::vector<NodeReport> nodes;
    std::vector<Event> events;
    bool eventsCut = false; ///< there were more than are kept

    QJsonObject json() const;
};

/// Reads one /status answer.
Sample sampleOf(const QJsonObject& status, double seconds);
/// Adds the sample, and the events that its difference to the node's last one amounts to.
void addSample(Report& report, std::size_t node, const Sample& sample);
/// The node did not answer, and did before; or the other way round.
void addSilence(Report& report, std::size_t node, double seconds, const QString& problem);

/// Messages committed a second between each sample and the one before; the first has none.
std::vector<std::pair<double, double>> rates(const NodeReport& node);
/// Entries that the node was behind the furthest commit index known by then.
std::vector<std::pair<double, double>> lags(const Report& report, const NodeReport& node);

} // namespace dsmsg::collect

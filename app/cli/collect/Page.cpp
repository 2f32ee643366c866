// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/collect/Page.h"

#include <algorithm>
#include <cmath>

#include <QJsonDocument>

#include "app/cli/Console.h"
#include "app/cli/collect/Chart.h"

namespace dsmsg::collect {

namespace {

constexpr std::size_t marksMax = 30; ///< more numbered lines than this hide the curves
constexpr double marksApart = 0.5;   ///< seconds; what happens together gets one line

/// The six hues are Okabe and Ito's, which people with defective colour vision tell apart; a lighter set for
/// the dark.
constexpr const char* style = R"css(
:root { color-scheme: light dark; --back: #ffffff; --card: #f6f7f9; --text: #1b1f24; --soft: #5b6570; --edge: #d8dde3;
  --good: #1a7f37; --bad: #b3261e; --c0: #0072b2; --c1: #d55e00; --c2: #008060; --c3: #b0528e; --c4: #a87000; --c5: #3a8fc4; }
@media (prefers-color-scheme: dark) { :root { --back: #14171b; --card: #1d2126; --text: #e6e9ec; --soft: #9aa4ae; --edge: #343b43;
  --good: #57c46f; --bad: #ff8a80; --c0: #5db7ee; --c1: #ff9b57; --c2: #3fcfa0; --c3: #e394c6; --c4: #f2c14e; --c5: #9fd4f5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1140px; padding: 32px 24px 64px; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 26px; margin: 0; } h2 { font-size: 18px; margin: 36px 0 10px; }
p.sub { color: var(--soft); margin: 4px 0 20px; }
.tiles { display: flex; flex-wrap: wrap; gap: 12px; }
.tile { flex: 1 1 150px; background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: 10px 14px; }
.tile b { display: block; font-size: 21px; font-variant-numeric: tabular-nums; } .tile span { color: var(--soft); font-size: 13px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--soft); } th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--edge);
  white-space: nowrap; } td.n, th.n { text-align: right; } td.wrap { white-space: normal; }
.good { color: var(--good); } .bad { color: var(--bad); }
figure { margin: 0 0 16px; background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: 8px; }
figcaption { color: var(--soft); font-size: 13px; padding: 0 8px 4px; }
svg { display: block; width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg .title { font-size: 14px; font-weight: 600; fill: var(--text); } svg .tick { fill: var(--soft); } svg .legend { fill: var(--text); }
svg .grid { stroke: var(--edge); } svg .axis { stroke: var(--soft); } svg .mark { stroke: var(--soft); stroke-dasharray: 3 3; }
svg .marknumber { fill: var(--soft); font-size: 11px; }
svg .line { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round; } svg .band { fill: var(--c); opacity: .14; }
svg circle { fill: var(--c); opacity: 0; } svg circle:hover { opacity: 1; }
.s0 { --c: var(--c0); } .s1 { --c: var(--c1); } .s2 { --c: var(--c2); } .s3 { --c: var(--c3); } .s4 { --c: var(--c4); } .s5 { --c: var(--c5); }
svg .line.s1 { stroke-dasharray: 9 4; } svg .line.s2 { stroke-dasharray: 3 4; } svg .line.s3 { stroke-dasharray: 12 3 3 3; }
svg .line.s4 { stroke-dasharray: 6 6; } svg .line.s5 { stroke-dasharray: 1 3; }
details { border: 1px solid var(--edge); border-radius: 8px; padding: 8px 14px; margin-bottom: 8px; background: var(--card); }
summary { cursor: pointer; } pre { overflow-x: auto; font-size: 12px; margin: 8px 0 0; }
)css";

QString escaped(const QString& text)
{
    return text.toHtmlEscaped();
}

QString whole(double value)
{
    return cli::grouped(quint64(std::max(0.0, std::round(value))));
}

QString ms(double value)
{
    return QString::number(value, 'f', 3) + QLatin1String(" ms");
}

QJsonObject part(const QJsonObject& object, const char* name)
{
    return object.value(QLatin1String(name)).toObject();
}

/// Moments of leader changes and of nodes that went or came, those close together as one.
std::vector<double> marks(const Report& report)
{
    std::vector<double> moments;
    for (const Event& event : report.events) {
        if (moments.size() < marksMax && (moments.empty() || event.seconds - moments.back() > marksApart))
            moments.push_back(event.seconds);
    }
    return moments;
}

/// The number of the mark that an event belongs to; 0: of none.
std::size_t markOf(const std::vector<double>& moments, double seconds)
{
    const auto later = std::ranges::upper_bound(moments, seconds);
    const bool belongs = later != moments.begin() && seconds - *std::prev(later) <= marksApart;
    return belongs ? std::size_t(later - moments.begin()) : 0;
}

QString tile(const QString& value, const char* what)
{
    return QStringLiteral("<div class=\"tile\"><b>%1</b><span>%2</span></div>\n")
        .arg(value, QLatin1String(what));
}

QString tiles(const Report& report)
{
    double first = -1, last = 0, lag = 0, bound = 0;
    std::vector<QString> leaders;
    for (const NodeReport& node : report.nodes) {
        for (const auto& [seconds, behind] : lags(report, node))
            lag = std::max(lag, behind);
        for (const Sample& sample : node.samples) {
            first = first < 0 ? sample.committedSeq : std::min(first, sample.committedSeq);
            last = std::max(last, sample.committedSeq);
            bound = std::max(bound, sample.boundMs.value_or(0));
        }
    }
    const auto changes = std::ranges::count_if(report.events, [](const Event& event) {
        return event.text.startsWith(QLatin1String("Leader, was"));
    });
    const double committed = std::max(0.0, last - std::max(0.0, first));
    return QStringLiteral("<div class=\"tiles\">\n") +
           tile(whole(committed), "messages committed meanwhile") +
           tile(whole(report.seconds > 0 ? committed / report.seconds : 0) + QLatin1String("/s"),
                "on average") +
           tile(whole(lag), "entries, the greatest lag") + tile(ms(bound), "widest bound of a clock") +
           tile(QString::number(changes), "leader changes") + QStringLiteral("</div>\n");
}

QString nodeRow(const NodeReport& node)
{
    const QJsonObject& status = node.lastStatus;
    if (status.isEmpty())
        return QStringLiteral(
                   "<tr><td>-</td><td>%1</td><td class=\"bad wrap\" colspan=\"9\">never answered: %2</td></tr>\n")
            .arg(escaped(node.address()), escaped(node.problem));
    const Sample last = node.samples.empty() ? Sample() : node.samples.back();
    const QJsonObject peers = part(status, "peer_status");
    const auto alive = std::ranges::count_if(
        peers, [](const QJsonValue& peer) { return peer.toObject().value(QLatin1String("alive")).toBool(); });
    const QJsonValue free = part(status, "disk").value(QLatin1String("free_bytes"));
    const bool leads = last.role == QLatin1String("Leader");
    const QString role =
        node.problem.isEmpty() ? escaped(last.role) : QStringLiteral("silent, was ") + escaped(last.role);
    return QStringLiteral(
               "<tr><td><b>%1</b></td><td>%2</td><td>%3</td><td class=\"%4\">%5</td><td class=\"n\">%6</td>"
               "<td class=\"n\">%7</td><td class=\"n\">%8</td><td class=\"n\">%9</td>")
               .arg(escaped(node.name()), escaped(node.address()),
                    escaped(status.value(QLatin1String("version")).toString()),
                    node.problem.isEmpty() ? (leads ? QStringLiteral("good") : QString())
                                           : QStringLiteral("bad"),
                    role, whole(last.term), whole(last.commitIndex), whole(last.appliedIndex),
                    whole(last.committedSeq)) +
           QStringLiteral(
               "<td class=\"n\">%1 ± %2</td><td class=\"n%3\">%4/%5</td><td class=\"n\">%6</td></tr>\n")
               .arg(ms(last.offsetMs), last.boundMs ? ms(*last.boundMs) : QStringLiteral("unknown"),
                    alive < peers.size() ? QStringLiteral(" bad") : QString())
               .arg(alive)
               .arg(peers.size())
               .arg(free.isDouble() ? QStringLiteral("%1 GB").arg(free.toDouble() / 1e9, 0, 'f', 1)
                                    : QStringLiteral("unknown"));
}

QString nodeTable(const Report& report)
{
    QString rows;
    for (const NodeReport& node : report.nodes)
        rows += nodeRow(node);
    return QStringLiteral(
               "<h2>Nodes, at the end</h2>\n<div class=\"scroll\"><table>\n<tr><th>node</th><th>address</th><th>version</th>"
               "<th>role</th><th class=\"n\">term</th><th class=\"n\">commit index</th><th class=\"n\">applied index</th>"
               "<th class=\"n\">messages</th><th class=\"n\">clock offset</th><th class=\"n\">peers</th>"
               "<th class=\"n\">free disk</th></tr>\n%1</table></div>\n")
        .arg(rows);
}

QString figureOf(const Chart& chart, const char* caption)
{
    return QStringLiteral("<figure>\n%1<figcaption>%2</figcaption>\n</figure>\n")
        .arg(chart.svg(), QLatin1String(caption));
}

QString charts(const Report& report, const std::vector<double>& moments)
{
    Chart rate{QStringLiteral("Committed messages, a second"),
               QStringLiteral("messages/s"),
               report.seconds,
               {},
               moments};
    Chart lag{QStringLiteral("Lag behind the furthest commit index, entries"),
              QStringLiteral("entries"),
              report.seconds,
              {},
              moments};
    Chart offset{QStringLiteral("Clock offset from cluster time, ms"),
                 QStringLiteral("ms"),
                 report.seconds,
                 {},
                 moments};
    for (const NodeReport& node : report.nodes) {
        ChartSeries rateSeries{node.name(), {}}, lagSeries{node.name(), {}}, offsetSeries{node.name(), {}};
        for (const auto& [seconds, value] : rates(node))
            rateSeries.points.push_back({seconds, value, {}});
        for (const auto& [seconds, value] : lags(report, node))
            lagSeries.points.push_back({seconds, value, {}});
        for (const Sample& sample : node.samples)
            offsetSeries.points.push_back({sample.seconds, sample.offsetMs, sample.boundMs});
        rate.series.push_back(std::move(rateSeries));
        lag.series.push_back(std::move(lagSeries));
        offset.series.push_back(std::move(offsetSeries));
    }
    return QStringLiteral("<h2>Over time</h2>\n") +
           figureOf(
               rate,
               "By each node's own commit; lines of nodes that agree lie on each other. Numbered lines: events, below.") +
           figureOf(
               lag,
               "Nodes are not asked in the same instant: under load a lag of a few entries is the time between two questions.") +
           figureOf(offset,
                    "Bands: the truth is within them. Offsets are corrected for when messages are stamped.");
}

QString eventTable(const Report& report, const std::vector<double>& moments)
{
    QString rows;
    for (const Event& event : report.events) {
        const std::size_t mark = markOf(moments, event.seconds);
        rows +=
            QStringLiteral(
                "<tr><td class=\"n\">%1</td><td class=\"n\">%2</td><td>%3</td><td class=\"wrap\">%4</td></tr>\n")
                .arg(mark > 0 ? QString::number(mark) : QString())
                .arg(event.seconds, 0, 'f', 1)
                .arg(escaped(event.node), escaped(event.text));
    }
    const QString cut =
        report.eventsCut ? QStringLiteral("<p>There were more; these are the first.</p>\n") : QString();
    return QStringLiteral("<h2>Events</h2>\n") +
           (rows.isEmpty()
                ? QStringLiteral(
                      "<p>No node changed its role, its term or its leader, and none fell silent.</p>\n")
                : QStringLiteral(
                      "<div class=\"scroll\"><table>\n<tr><th class=\"n\">line</th><th class=\"n\">second</th><th>node</th>"
                      "<th>what</th></tr>\n%1</table></div>\n%2")
                      .arg(rows, cut));
}

QString details(const Report& report)
{
    QString text = QStringLiteral("<h2>What the nodes said at the end</h2>\n");
    const auto block = [&text](const QString& title, const QString& body) {
        text += QStringLiteral("<details><summary>%1</summary><pre>%2</pre></details>\n")
                    .arg(escaped(title), escaped(body));
    };
    for (const NodeReport& node : report.nodes) {
        if (!node.lastStatus.isEmpty())
            block(node.name() + QLatin1String(" /status"),
                  QString::fromUtf8(QJsonDocument(node.lastStatus).toJson(QJsonDocument::Indented)));
        for (const Route& route : node.routes) {
            const QJsonDocument json = QJsonDocument::fromJson(route.body);
            block(node.name() + QLatin1Char(' ') + route.path +
                      (route.body.isEmpty() ? QStringLiteral(" (not there)") : QString()),
                  route.body.isEmpty() ? route.problem
                  : json.isNull()      ? QString::fromUtf8(route.body)
                                       : QString::fromUtf8(json.toJson(QJsonDocument::Indented)));
        }
    }
    return text;
}

} // namespace

QString pageOf(const Report& report)
{
    const std::vector<double> moments = marks(report);
    const QDateTime begin = report.begin.toUTC();
    return QStringLiteral(
               "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<title>dsmsg cluster report, %1</title>\n<style>%2</style>\n</head>\n<body>\n"
               "<h1>dsmsg cluster report</h1>\n<p class=\"sub\">%1 UTC, %3 s, %4 nodes; made by dsmsg %5</p>\n")
               .arg(begin.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")), QLatin1String(style))
               .arg(report.seconds, 0, 'f', 1)
               .arg(report.nodes.size())
               .arg(QStringLiteral(DSMSG_VERSION)) +
           tiles(report) + nodeTable(report) + charts(report, moments) + eventTable(report, moments) +
           details(report) + QStringLiteral("</body>\n</html>\n");
}

} // namespace dsmsg::collect

// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg collect`: watches all nodes for a while and writes down what was seen, for programs (JSON) and for
// people (one HTML page), so that a cluster can be looked at by somebody who is not there.
#include <algorithm>

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSaveFile>
#include <QSocketNotifier>

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/NodePoller.h"
#include "app/cli/Progress.h"
#include "app/cli/StopSignal.h"
#include "app/cli/collect/Page.h"

namespace dsmsg::cli {

namespace {

using namespace dsmsg::collect;

constexpr Milliseconds every{1000};
constexpr Milliseconds answerWithin{2000};

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("collect"), QStringLiteral("[OPTIONS]"),
         QStringLiteral(
             "Asks every node for its state once a second for a while, then for its clocks, its delivery buffer and its metrics, and\n"
             "writes a report: JSON for programs, and an HTML page with charts that needs no network. Without --out, --html and\n"
             "--json: dsmsg-report.json and dsmsg-report.html. Ctrl+C ends it early, with what there is.\n\n"
             "Exit codes: 0 written; 2 wrong usage; 3 no node answered, or a file cannot be written; 130 interrupted, written."),
         QStringLiteral("  dsmsg collect --duration 60\n"
                        "  dsmsg collect --node 10.0.0.1:8000,10.0.0.2:8000 --html monday.html\n"
                        "  dsmsg collect --duration 5 --json | jq '.events'")},
        {
            {QStringLiteral("duration"), QStringLiteral("SECONDS"), QStringLiteral("how long to watch (10)")},
            {QStringLiteral("out"), QStringLiteral("FILE"), QStringLiteral("the JSON into this file")},
            {QStringLiteral("html"), QStringLiteral("FILE"), QStringLiteral("the page into this file")},
        });
}

/// Gathers, then ends the event loop.
class Collector : public QObject
{
public:
    Collector(client::Client& client, Milliseconds duration)
        : client_(client)
        , poller_(client, QStringLiteral("/status"), every)
        , durationMs_(duration.count())
    {
        report_.begin = QDateTime::currentDateTimeUtc();
        for (const PolledNode& node : poller_.nodes())
            report_.nodes.push_back({node.url, {}, {}, {}, {}});
        poller_.onChange = [this](const PolledNode& node) { heard(node); };
        if (stop_.descriptor() >= 0) {
            signals_ = std::make_unique<QSocketNotifier>(stop_.descriptor(), QSocketNotifier::Read);
            connect(signals_.get(), &QSocketNotifier::activated, this, [this] {
                signals_->setEnabled(false);
                interrupted_ = true;
                askRoutes();
            });
        }
        connect(&beat_, &QTimer::timeout, this, &Collector::look);
        beat_.start(Milliseconds(200));
        poller_.start();
    }

    const Report& report() const { return report_; }
    bool interrupted() const { return interrupted_; }

private:
    void look()
    {
        const qint64 now = poller_.now();
        progress_.showShare(quint64(now), quint64(durationMs_),
                            QStringLiteral("%1 events").arg(report_.events.size()));
        if (now >= durationMs_)
            askRoutes();
    }

    void heard(const PolledNode& node)
    {
        if (ended_)
            return;
        const double seconds = double(poller_.now()) / 1000;
        const auto at = std::size_t(&node - poller_.nodes().constData());
        addSilence(report_, at, seconds, node.problem);
        if (!node.problem.isEmpty())
            return;
        report_.nodes[at].lastStatus = node.last;
        addSample(report_, at, sampleOf(node.last, seconds));
    }

    void askRoutes()
    {
        if (ended_)
            return;
        ended_ = true;
        beat_.stop();
        poller_.stop();
        report_.seconds = double(poller_.now()) / 1000;
        static const QStringList paths{QStringLiteral("/time/stats"), QStringLiteral("/ordering/status"),
                                       QStringLiteral("/metrics")};
        missing_ = qsizetype(report_.nodes.size()) * paths.size();
        for (std::size_t at = 0; at < report_.nodes.size(); ++at) {
            for (const QString& path : paths) {
                report_.nodes[at].routes.push_back({path, {}, {}});
                const std::size_t route = report_.nodes[at].routes.size() - 1;
                client_.requestFrom(report_.nodes[at].url,
                                    {client::HttpRequest::Method::Get, path, QString(), {}},
                                    [this, at, route](const Result<QByteArray>& body) {
                                        Route& answered = report_.nodes[at].routes[route];
                                        if (body)
                                            answered.body = *body;
                                        else
                                            answered.problem = QString::fromStdString(body.error().text);
                                        if (--missing_ == 0)
                                            QCoreApplication::exit();
                                    });
            }
        }
    }

    const StopSignal stop_;
    std::unique_ptr<QSocketNotifier> signals_;
    client::Client& client_;
    NodePoller poller_;
    const qint64 durationMs_;
    QTimer beat_;
    Progress progress_{Progress::Elsewhere::Silent};
    Report report_;
    qsizetype missing_ = 0;
    bool ended_ = false;
    bool interrupted_ = false;
};

/// False when it could not be written, which is complained of. A former file of that name stays whole until
/// then.
bool writeTo(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return true;
    complain(QStringLiteral("cannot write %1: %2").arg(path, file.errorString()));
    return false;
}

int run(const CommandLine& line)
{
    if (!line.positional().isEmpty())
        return line.wrongUsage(
            QStringLiteral("takes no argument '%1'").arg(printable(line.positional().first())));
    const auto duration = line.seconds("duration", Milliseconds(10000));
    auto options = line.clientOptions();
    if (!duration || !options)
        return ExitCode::Usage;
    options->limits.attempt = std::min(options->limits.attempt, answerWithin);
    const bool byDefault = !line.isSet("out") && !line.isSet("html") && !line.isSet("json");
    const QString out = byDefault ? QStringLiteral("dsmsg-report.json") : line.text("out");
    const QString html = byDefault ? QStringLiteral("dsmsg-report.html") : line.text("html");

    client::Client client(*options);
    Collector collector(client, *duration);
    QCoreApplication::exec();
    const Report& report = collector.report();
    const bool anyAnswered =
        std::ranges::any_of(report.nodes, [](const NodeReport& node) { return !node.samples.empty(); });
    if (!anyAnswered) {
        complain(
            QStringLiteral("collect: no node answered; %1").arg(printable(report.nodes.front().problem)));
        return ExitCode::Unreachable;
    }
    const QByteArray json = QJsonDocument(report.json()).toJson(QJsonDocument::Compact);
    if (line.isSet("json"))
        print(json);
    for (const auto& [path, content] :
         {std::pair(out, json + '\n'), std::pair(html, pageOf(report).toUtf8())}) {
        if (path.isEmpty())
            continue;
        if (!writeTo(path, content))
            return ExitCode::Unreachable;
        if (!line.isSet("json"))
            print(path);
    }
    return collector.interrupted() ? ExitCode::Interrupted : ExitCode::Ok;
}

} // namespace

const Command collectCommand{"collect", "watch the nodes for a while and write a report, JSON and HTML",
                             commandLine, run};

} // namespace dsmsg::cli

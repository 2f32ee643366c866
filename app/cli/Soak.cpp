// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg soak`: loads a cluster while somebody breaks it, then proves from every node that it kept its
// promises. It breaks nothing itself, so it can run against any cluster. `./run.sh --demo` is this with a
// hand that kills nodes.
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/soak/LeaderWatch.h"
#include "app/soak/Load.h"
#include "app/soak/Verifier.h"

namespace dsmsg::cli {

namespace {

constexpr Milliseconds patience{25000}; // until everything is delivered, too
constexpr Milliseconds reportEvery{2000};
constexpr quint64 maxMessages = 2'000'000; ///< every id is remembered until the end

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("soak"), QStringLiteral("[OPTIONS]"),
         QStringLiteral(
             "Sends messages at a steady rate from many senders at once, each retried until it is acknowledged;\n"
             "then reads every node back and gives a verdict: acknowledged, lost, duplicated, gaps, nodes equal.\n"
             "Kill and restart nodes meanwhile. Give all nodes with --node. Exit code 0 when the verdict is clean,\n"
             "1 when it is not, 3 when no leader was there to begin with."),
         QStringLiteral("  dsmsg soak --seconds 60 --rate 1000\n"
                        "  dsmsg soak --node 10.0.0.1:8000,10.0.0.2:8000,10.0.0.3:8000 --json")},
        {
            {QStringLiteral("seconds"), QStringLiteral("SECONDS"), QStringLiteral("how long to send (30)")},
            {QStringLiteral("rate"), QStringLiteral("N"), QStringLiteral("messages a second (200)")},
            {QStringLiteral("senders"), QStringLiteral("N"),
             QStringLiteral("most sends under way at once (48)")},
        });
}

/// One run of the command.
class Soak : public QObject
{
public:
    Soak(client::Client::Options options, soak::Load::Settings settings, bool asJson)
        : options_(std::move(options))
        , watch_(options_)
        , load_(std::move(settings))
        , asJson_(asJson)
    {
        watch_.onChange = [this](const soak::LeaderWatch::Change& change) {
            say(QStringLiteral("%1 leads in term %2, %3 ms after %4 was last seen leading")
                    .arg(printable(change.to))
                    .arg(change.term)
                    .arg(change.without.count())
                    .arg(printable(change.from)));
        };
        connect(&report_, &QTimer::timeout, this, &Soak::reportProgress);
    }

    /// Begins once every node said how many messages it has.
    void start()
    {
        missing_ = options_.endpoints.size();
        client_ = std::make_unique<client::Client>(options_);
        for (const QUrl& url : std::as_const(options_.endpoints)) {
            client_->status(url, [this](const Result<client::NodeStatus>& status) {
                if (status) {
                    before_ = std::max(before_, status->committedSeq);
                    hasLeader_ |= !status->leaderId.isEmpty();
                } else {
                    complain(printable(QString::fromStdString(status.error().text)));
                }
                if (--missing_ == 0)
                    run();
            });
        }
    }

private:
    void run()
    {
        if (!hasLeader_) {
            complain(QStringLiteral("soak: no node knows a leader; nothing was sent"));
            QCoreApplication::exit(ExitCode::Unreachable);
            return;
        }
        watch_.start();
        clock_.start();
        report_.start(reportEvery);
        load_.start([this] { verify(); });
    }

    void reportProgress()
    {
        say(QStringLiteral("%1 s  %2 acknowledged, %3 under way")
                .arg(double(clock_.elapsed()) / 1000, 4, 'f', 0)
                .arg(grouped(load_.acknowledged()), 7)
                .arg(load_.underWay()));
    }

    void verify()
    {
        report_.stop();
        watch_.stop();
        reportProgress();
        say(QStringLiteral("Reading every node back ..."));
        verifier_ = std::make_unique<soak::Verifier>(options_, load_.sent(), before_);
        verifier_->start(patience, [this](const soak::Verifier::Verdict& verdict) { conclude(verdict); });
    }

    void conclude(const soak::Verifier::Verdict& verdict)
    {
        const bool clean = verdict.clean() && load_.acknowledged() > 0;
        if (asJson_)
            print(json(verdict, clean));
        else
            printVerdict(verdict, clean);
        QCoreApplication::exit(clean ? ExitCode::Ok : ExitCode::Refused);
    }

    void printVerdict(const soak::Verifier::Verdict& verdict, bool clean) const
    {
        for (const QString& problem : verdict.problems)
            print(styled(printable(problem), Style::Bad));
        print(QStringLiteral("%1 nodes read: %2 messages each, %3 gaps, %4")
                  .arg(verdict.nodes)
                  .arg(grouped(verdict.messages))
                  .arg(verdict.gaps)
                  .arg(verdict.equal ? QStringLiteral("equal, hash ") + verdict.hash
                                     : QStringLiteral("NOT equal")));
        print(QStringLiteral("Longest time without an acknowledgement: %1 ms")
                  .arg(load_.longestSilence().count()));
        if (load_.undecided() + load_.rejected() > 0)
            print(QStringLiteral("Given up on: %1 not stored, %2 undecided; the last because: %3")
                      .arg(load_.rejected())
                      .arg(load_.undecided())
                      .arg(printable(load_.lastReason())));
        QString summary = QStringLiteral("%1 acknowledged, %2 lost, %3 duplicated")
                              .arg(grouped(load_.acknowledged()))
                              .arg(verdict.lost + verdict.lostBeforeMajority)
                              .arg(verdict.duplicated);
        if (!watch_.changes().isEmpty())
            summary += QStringLiteral(", new leader after %1 ms").arg(watch_.slowest().count()) +
                       (watch_.changes().size() > 1 ? QStringLiteral(" at most") : QString());
        print(styled((clean ? QStringLiteral("Verdict: ") : QStringLiteral("Verdict: NOT CLEAN: ")) + summary,
                     clean ? Style::Good : Style::Bad));
    }

    QByteArray json(const soak::Verifier::Verdict& verdict, bool clean) const
    {
        QJsonArray changes;
        for (const soak::LeaderWatch::Change& change : watch_.changes())
            changes.append(
                QJsonObject{{QStringLiteral("from"), change.from},
                            {QStringLiteral("to"), change.to},
                            {QStringLiteral("term"), double(change.term)},
                            {QStringLiteral("without_leader_ms"), double(change.without.count())}});
        const QJsonObject object{
            {QStringLiteral("clean"), clean},
            {QStringLiteral("acknowledged"), double(load_.acknowledged())},
            {QStringLiteral("rejected"), double(load_.rejected())},
            {QStringLiteral("undecided"), double(load_.undecided())},
            {QStringLiteral("lost"), double(verdict.lost + verdict.lostBeforeMajority)},
            {QStringLiteral("duplicated"), double(verdict.duplicated)},
            {QStringLiteral("gaps"), double(verdict.gaps)},
            {QStringLiteral("equal"), verdict.equal},
            {QStringLiteral("hash"), verdict.hash},
            {QStringLiteral("longest_silence_ms"), double(load_.longestSilence().count())},
            {QStringLiteral("leader_changes"), changes},
            {QStringLiteral("problems"), QJsonArray::fromStringList(verdict.problems)},
        };
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }

    void say(const QString& line) const
    {
        if (!asJson_)
            print(line);
    }

    client::Client::Options options_;
    soak::LeaderWatch watch_;
    soak::Load load_;
    bool asJson_;
    std::unique_ptr<client::Client> client_;
    std::unique_ptr<soak::Verifier> verifier_;
    QTimer report_;
    QElapsedTimer clock_;
    qsizetype missing_ = 0;
    quint64 before_ = 0;
    bool hasLeader_ = false;
};

int run(const CommandLine& line)
{
    if (!line.positional().isEmpty())
        return line.wrongUsage(
            QStringLiteral("takes no argument '%1'").arg(printable(line.positional().first())));
    const auto duration = line.seconds("seconds", Milliseconds(30000));
    const auto rate = line.number("rate", 200, 1, 100000);
    const auto senders = line.number("senders", 48, 1, 1024);
    auto options = line.clientOptions();
    if (!duration || !rate || !senders || !options)
        return ExitCode::Usage;
    if (quint64(duration->count()) * *rate / 1000 > maxMessages)
        return line.wrongUsage(QStringLiteral("more than %1 messages in all").arg(grouped(maxMessages)));
    // A node that is frozen, not dead, costs each send under way this much before it asks another.
    options->limits.attempt = std::min(options->limits.attempt, Milliseconds(2000));

    soak::Load::Settings settings{
        .client = *options, .perSecond = *rate, .senders = *senders, .duration = *duration};
    Soak soak(*options, std::move(settings), line.isSet("json"));
    soak.start();
    return QCoreApplication::exec();
}

} // namespace

const Command soakCommand{"soak", "load a cluster, then check on every node that nothing was lost or doubled",
                          commandLine, run};

} // namespace dsmsg::cli

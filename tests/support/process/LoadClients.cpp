// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/LoadClients.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QUrl>
#include <algorithm>
#include <map>

#include "tests/support/process/Await.h"
#include "tests/support/process/NodeClient.h"

namespace dsmsg::test {

namespace {

constexpr unsigned long retryPauseMs = 20;

/// One client's connections, one a node, kept open.
class Connections
{
public:
    NodeClient& to(const QString& url)
    {
        auto& client = clients_[url];
        if (!client)
            client = std::make_unique<NodeClient>(url);
        return *client;
    }

private:
    std::map<QString, std::unique_ptr<NodeClient>> clients_;
};

Connections& connectionsOfThisThread()
{
    thread_local Connections connections;
    return connections;
}

/// The base URL of a redirect's target; empty when the answer is none.
QString redirectedTo(const SendReply& reply)
{
    if (reply.http.status != 307)
        return {};
    const QUrl location(QString::fromLatin1(reply.http.header("location")));
    return location.toString(QUrl::RemovePath | QUrl::RemoveQuery);
}

} // namespace

LoadClients::LoadClients(QStringList urls, Options options)
    : urls_(std::move(urls))
    , options_(options)
{
    for (int client = 0; client < options_.clients; ++client) {
        threads_.emplace_back(QThread::create([this, client] { run(client); }));
        threads_.back()->start();
    }
}

LoadClients::~LoadClients()
{
    stop();
}

std::vector<Sent> LoadClients::stop()
{
    stopping_ = true;
    for (const auto& thread : threads_)
        thread->wait();
    threads_.clear();
    return sent_;
}

bool LoadClients::awaitMore(int more, Milliseconds patience) const
{
    const int target = acknowledged() + more;
    return await(patience, [&] { return acknowledged() >= target; });
}

void LoadClients::run(int client)
{
    const QString prefix = QStringLiteral("load-%1-%2-")
                               .arg(QRandomGenerator::system()->generate64(), 16, 16, QLatin1Char('0'))
                               .arg(client);
    for (int number = 0; !stopping_ && (options_.messages == 0 || number < options_.messages); ++number) {
        Sent sent = sendOne(prefix + QString::number(number), QRandomGenerator::global()->generate());
        const bool again = sent.seq > 0 && options_.repeatOneIn > 0 &&
                           QRandomGenerator::global()->bounded(options_.repeatOneIn) == 0;
        keep(std::move(sent));
        if (again && !stopping_) {
            Sent repeat = sendOne(prefix + QString::number(number), QRandomGenerator::global()->generate());
            repeat.repeated = true;
            keep(std::move(repeat));
        }
        if (options_.pause.count() > 0)
            QThread::msleep(static_cast<unsigned long>(options_.pause.count()));
    }
}

void LoadClients::keep(Sent sent)
{
    if (sent.seq > 0 && !sent.repeated)
        ++acknowledged_;
    const std::lock_guard guard(lock_);
    sent_.push_back(std::move(sent));
}

QJsonObject LoadClients::compose(const QString& id) const
{
    QJsonObject message = messageOf(id, options_.padding);
    if (options_.timeSpread.count() > 0) {
        const qint64 age = QRandomGenerator::global()->bounded(static_cast<int>(options_.timeSpread.count() * 1000));
        const auto microseconds = QDateTime::currentMSecsSinceEpoch() * 1000 - age;
        message[QLatin1String("ts")] = static_cast<double>(microseconds) / 1e6;
    }
    return message;
}

Sent LoadClients::sendOne(const QString& id, unsigned firstNode)
{
    const QJsonObject message = compose(id);
    Sent sent{.id = id, .padding = options_.padding, .issuedAt = std::chrono::steady_clock::now()};
    QElapsedTimer clock;
    clock.start();
    const QDeadlineTimer deadline(options_.giveUp);
    auto nextNode = static_cast<qsizetype>(firstNode % 1000);
    QString url = urls_[nextNode % urls_.size()];
    while (!deadline.hasExpired()) {
        ++sent.tries;
        const SendReply reply =
            connectionsOfThisThread().to(url).send(message, options_.tryPatience);
        if (reply.ok()) {
            sent.seq = reply.seq;
            sent.acknowledgedAt = std::chrono::steady_clock::now();
            sent.latency = Milliseconds(clock.elapsed());
            return sent;
        }
        const QString leader = redirectedTo(reply);
        // An answer that never came, for a request that may have arrived, says nothing either.
        sent.maybeStored =
            sent.maybeStored || (leader.isEmpty() && reply.outcome != QLatin1String("rejected"));
        const bool sameAgain = leader == url;
        url = leader.isEmpty() ? urls_[++nextNode % urls_.size()] : leader;
        if (leader.isEmpty() || sameAgain)
            QThread::msleep(retryPauseMs);
    }
    return sent;
}

Milliseconds LoadClients::longestSilence(const std::vector<Sent>& sent)
{
    std::vector<std::chrono::steady_clock::time_point> moments;
    for (const Sent& message : sent) {
        if (message.seq > 0)
            moments.push_back(message.acknowledgedAt);
    }
    std::ranges::sort(moments);
    std::chrono::steady_clock::duration longest{};
    for (std::size_t i = 1; i < moments.size(); ++i)
        longest = std::max(longest, moments[i] - moments[i - 1]);
    return std::chrono::duration_cast<Milliseconds>(longest);
}

Milliseconds LoadClients::latencyOf(double part, const std::vector<Sent>& sent)
{
    std::vector<Milliseconds> latencies;
    for (const Sent& message : sent) {
        if (message.seq > 0)
            latencies.push_back(message.latency);
    }
    if (latencies.empty())
        return {};
    std::ranges::sort(latencies);
    const auto last = static_cast<double>(latencies.size() - 1);
    return latencies[static_cast<std::size_t>(last * part)];
}

} // namespace dsmsg::test

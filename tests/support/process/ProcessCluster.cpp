// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/ProcessCluster.h"

#include <QDir>
#include <QHostAddress>
#include <QRandomGenerator>
#include <QTcpServer>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <set>

#include "tests/support/process/Await.h"

namespace dsmsg::test {

namespace {

constexpr Milliseconds startPatience{20'000};

} // namespace

quint16 freePort()
{
    // Below the range of outgoing connections (32768 and up): a node that is down for a moment must find its
    // port free when it comes back. A port that bind(0) gives could be anybody's by then.
    constexpr int lowest = 15'000;
    constexpr int beyond = 32'000;
    for (;;) {
        const auto port = static_cast<quint16>(QRandomGenerator::system()->bounded(lowest, beyond));
        if (QTcpServer probe; probe.listen(QHostAddress::LocalHost, port))
            return port;
    }
}

ClusterOptions breakable(ClusterOptions options)
{
    options.arguments << QStringLiteral("--fault-injection");
    return options;
}

ProcessCluster::ProcessCluster(ClusterOptions options)
    : options_(std::move(options))
{
    if (!options_.ownNetworks)
        return;
    QString whyNot;
    network_ = PrivateNetwork::create(options_.nodes, whyNot);
    if (!network_)
        qWarning("No network of its own for each node (%s): a node is cut off by SIGSTOP instead.",
                 qPrintable(whyNot));
}

ProcessCluster::~ProcessCluster() = default;

bool ProcessCluster::start()
{
    constexpr int attempts = 5;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        choosePorts();
        if (startAll())
            return true;
        const bool portTaken = logged("cannot listen");
        slots_.clear();
        if (!portTaken)
            return false;
        QDir(folder_.path()).removeRecursively();
        QDir().mkpath(folder_.path());
    }
    return false;
}

void ProcessCluster::choosePorts()
{
    slots_ = std::vector<Slot>(static_cast<std::size_t>(options_.nodes));
    std::set<quint16> taken;
    for (int node = 0; node < options_.nodes; ++node) {
        Slot& slot = at(node);
        slot.host = network_ ? network_->addressOf(node) : QStringLiteral("127.0.0.1");
        do
            slot.port = network_ ? quint16{8000} : freePort();
        while (!network_ && !taken.insert(slot.port).second);
    }
}

QStringList ProcessCluster::argumentsOf(int node) const
{
    QStringList peers;
    for (int other = 0; other < options_.nodes && !at(node).alone; ++other) {
        if (other != node)
            peers << url(other);
    }
    QStringList arguments{QStringLiteral("--id"),       id(node),
                          QStringLiteral("--host"),     at(node).host,
                          QStringLiteral("--port"),     QString::number(at(node).port),
                          QStringLiteral("--data-dir"), dataDirectory(node)};
    if (!peers.isEmpty())
        arguments << QStringLiteral("--peers") << peers.join(QLatin1Char(','));
    return arguments + options_.arguments + at(node).arguments;
}

bool ProcessCluster::startAll()
{
    for (int node = 0; node < size(); ++node) {
        if (!launch(node))
            return false;
    }
    for (int node = 0; node < size(); ++node) {
        if (!awaitAnswer(node, startPatience)) {
            problem_ = QStringLiteral("%1 does not answer; its log: %2")
                           .arg(id(node), QString::fromUtf8(process(node).log()));
            return false;
        }
    }
    return true;
}

void ProcessCluster::prepare(int node)
{
    NodeProcess::Launch launch;
    launch.arguments = argumentsOf(node);
    launch.program = options_.program;
    launch.logFile = folder_.filePath(id(node) + QStringLiteral(".log"));
    launch.openFilesMax = options_.openFilesMax;
    launch.networkNamespace = network_ ? network_->namespaceOf(node) : -1;
    at(node).process = std::make_unique<NodeProcess>(std::move(launch));
    at(node).client = std::make_unique<NodeClient>(url(node));
}

bool ProcessCluster::launch(int node)
{
    prepare(node);
    if (process(node).start())
        return true;
    problem_ =
        QStringLiteral("cannot start ") + (options_.program.isEmpty() ? nodeProgram() : options_.program);
    return false;
}

int ProcessCluster::reserve(const QStringList& arguments)
{
    Slot slot;
    slot.host = QStringLiteral("127.0.0.1");
    slot.port = freePort();
    slot.alone = true;
    slot.arguments = QStringList{QStringLiteral("--join"), url(members().front())} + arguments;
    slots_.push_back(std::move(slot));
    prepare(size() - 1);
    return size() - 1;
}

int ProcessCluster::join(const QStringList& arguments)
{
    const int node = reserve(arguments);
    return restart(node, startPatience) ? node : -1;
}

bool ProcessCluster::restartAlone(int node)
{
    kill(node);
    at(node).alone = true;
    return launch(node) && awaitAnswer(node, startPatience);
}

void ProcessCluster::retire(int node)
{
    kill(node);
    at(node).retired = true;
}

std::vector<int> ProcessCluster::members() const
{
    std::vector<int> nodes;
    for (int node = 0; node < size(); ++node) {
        if (!at(node).retired)
            nodes.push_back(node);
    }
    return nodes;
}

bool ProcessCluster::awaitAnswer(int node, Milliseconds patience)
{
    bool answers = false;
    await(patience, [&] {
        answers = client(node).http().get("/heartbeat", Milliseconds(1000)).status == 200;
        return answers || !process(node).running();
    });
    return answers;
}

QString ProcessCluster::id(int node)
{
    return QStringLiteral("n%1").arg(node + 1);
}

QString ProcessCluster::url(int node) const
{
    return QStringLiteral("http://%1:%2").arg(at(node).host).arg(at(node).port);
}

QStringList ProcessCluster::urls() const
{
    QStringList all;
    for (int node = 0; node < size(); ++node)
        all << url(node);
    return all;
}

int ProcessCluster::nodeAt(const QString& url) const
{
    return static_cast<int>(urls().indexOf(url));
}

QString ProcessCluster::dataDirectory(int node) const
{
    const QString parent = options_.dataParent.isEmpty() ? folder_.path() : options_.dataParent;
    return parent + QLatin1Char('/') + id(node);
}

std::vector<int> ProcessCluster::awake()
{
    std::vector<int> nodes;
    for (int node = 0; node < size(); ++node) {
        if (!at(node).retired && process(node).running() && !process(node).paused())
            nodes.push_back(node);
    }
    return nodes;
}

std::vector<int> ProcessCluster::othersThan(int node) const
{
    std::vector<int> nodes;
    for (int other = 0; other < size(); ++other) {
        if (other != node)
            nodes.push_back(other);
    }
    return nodes;
}

std::optional<StatusReply> ProcessCluster::status(int node)
{
    return client(node).status();
}

int ProcessCluster::leader()
{
    int found = -1;
    quint64 term = 0;
    for (const int node : awake()) {
        const auto seen = status(node);
        if (seen && seen->leads() && seen->serving && seen->term > term) {
            found = node;
            term = seen->term;
        }
    }
    return found;
}

int ProcessCluster::awaitLeader(Milliseconds patience)
{
    int found = -1;
    await(patience, [&] {
        const int candidate = leader();
        if (candidate < 0)
            return false;
        int followers = 0;
        for (const int node : awake()) {
            const auto seen = status(node);
            if (seen && seen->leaderUrl == url(candidate))
                ++followers;
        }
        if (followers * 2 > static_cast<int>(members().size()))
            found = candidate;
        return found >= 0;
    });
    return found;
}

bool ProcessCluster::awaitEqual(Milliseconds patience)
{
    return await(patience, [&] {
        std::set<quint64> positions;
        for (const int node : awake()) {
            const auto seen = status(node);
            // What waits for its delivery will still move the log.
            if (!seen || seen->appliedIndex != seen->lastLogIndex || seen->deliveredSeq != seen->committedSeq)
                return false;
            positions.insert(seen->appliedIndex);
        }
        return positions.size() == 1;
    });
}

QString ProcessCluster::incarnation(int node)
{
    const auto seen = status(node);
    return seen ? seen->incarnation : QString();
}

bool ProcessCluster::awaitIncarnationAfter(int node, const QString& old, Milliseconds patience)
{
    return await(patience, [&] {
        const QString now = incarnation(node);
        return !now.isEmpty() && now != old;
    });
}

QStringList ProcessCluster::setAside(int node) const
{
    const QDir directory(dataDirectory(node));
    QStringList paths;
    for (const QString& name : directory.entryList({QStringLiteral("damaged-*")}, QDir::Dirs))
        paths << directory.filePath(name);
    return paths;
}

bool ProcessCluster::awaitVoters(int node, QStringList ids, Milliseconds patience)
{
    ids.sort();
    return await(patience, [&] {
        const auto seen = status(node);
        return seen && seen->committedSeq > 0 && client(node).voters() == ids;
    });
}

bool ProcessCluster::stop(int node)
{
    process(node).signal(SIGTERM);
    return process(node).exitCode(Milliseconds(20'000)) == 0;
}

bool ProcessCluster::restart(int node, Milliseconds patience)
{
    kill(node);
    return process(node).start() && awaitAnswer(node, patience);
}

void ProcessCluster::wipe(int node)
{
    kill(node);
    QDir(dataDirectory(node)).removeRecursively();
}

void ProcessCluster::cutOff(int node)
{
    if (network_ && network_->cutOff(node))
        return;
    process(node).pause();
    at(node).stoppedToCutOff = true;
}

void ProcessCluster::heal()
{
    if (network_ && !network_->heal())
        qWarning("The network could not be healed.");
    for (Slot& slot : slots_) {
        if (std::exchange(slot.stoppedToCutOff, false))
            slot.process->resume();
    }
}

bool ProcessCluster::logged(const QByteArray& text)
{
    return std::ranges::any_of(
        slots_, [&](const Slot& slot) { return slot.process && slot.process->log().contains(text); });
}

void ProcessCluster::printLogs()
{
    for (int node = 0; node < static_cast<int>(slots_.size()); ++node) {
        if (!at(node).process)
            continue;
        constexpr qsizetype newest = 8000;
        std::fprintf(stderr, "--- log of %s (%s)\n%s\n", qPrintable(id(node)), qPrintable(url(node)),
                     at(node).process->log().right(newest).constData());
    }
}

} // namespace dsmsg::test

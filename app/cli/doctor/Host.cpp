// SPDX-License-Identifier: GPL-3.0-or-later
//
// Limits and settings of the machine, from where Linux shows them: proc(5), cgroups(7), getrlimit(2).
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <QFile>
#include <QThread>

#include "app/cli/doctor/Probes.h"

namespace dsmsg::doctor {

namespace {

constexpr double filesWarn = 4096, filesBad = 512; ///< of open files
constexpr double memoryWarn = 512e6;               ///< bytes a node can have

/// The first line of a small file; empty when it cannot be read.
QString lineOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readLine(4096)).trimmed() : QString();
}

/// Of /proc/meminfo, in bytes; none when it is not there.
std::optional<double> memory(const char* field)
{
    QFile file(QStringLiteral("/proc/meminfo"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith(field) && line.size() > qsizetype(qstrlen(field)) &&
            line[qsizetype(qstrlen(field))] == ':')
            return line.mid(qsizetype(qstrlen(field)) + 1).simplified().split(' ').value(0).toDouble() * 1024;
    }
    return std::nullopt;
}

/// The directory of this process' control group (version 2).
QString controlGroup()
{
    const QString line = lineOf(QStringLiteral("/proc/self/cgroup"));
    return line.startsWith(QLatin1String("0::")) ? QStringLiteral("/sys/fs/cgroup") + line.mid(3) : QString();
}

Finding openFiles()
{
    Finding finding{.area = QStringLiteral("limits"), .name = QStringLiteral("open files")};
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    const double most = double(limit.rlim_cur);
    finding.found = QString::number(most, 'f', 0);
    finding.figures = {{QStringLiteral("soft"), most}, {QStringLiteral("hard"), double(limit.rlim_max)}};
    finding.level = most < filesBad ? Level::Bad : most < filesWarn ? Level::Warn : Level::Ok;
    if (finding.level != Level::Ok)
        finding.advice = QStringLiteral(
            "Each client connection is an open file. Raise it: ulimit -n, or LimitNOFILE= of the service.");
    return finding;
}

Finding memoryLimit()
{
    Finding finding{.area = QStringLiteral("limits"), .name = QStringLiteral("memory")};
    const double available = memory("MemAvailable").value_or(0);
    finding.found = inBytes(available) + QStringLiteral(" available");
    finding.figures = {{QStringLiteral("available_bytes"), available}};
    double least = available;
    bool isNumber = false;
    const double group = lineOf(controlGroup() + QStringLiteral("/memory.max")).toDouble(&isNumber);
    if (isNumber) {
        least = std::min(least, group);
        finding.found += QStringLiteral(", control group %1 at most").arg(inBytes(group));
        finding.figures.insert(QStringLiteral("cgroup_max_bytes"), group);
    }
    if (least < memoryWarn) {
        finding.level = Level::Warn;
        finding.advice =
            QStringLiteral("A node needs about 150 MB with a million messages, and its page cache besides.");
    }
    return finding;
}

Finding processorLimit()
{
    Finding finding{.area = QStringLiteral("limits"), .name = QStringLiteral("processor quota")};
    const QStringList quota = lineOf(controlGroup() + QStringLiteral("/cpu.max")).split(QLatin1Char(' '));
    bool isNumber = false;
    const double most = quota.value(0).toDouble(&isNumber);
    if (!isNumber || quota.value(1).toDouble() <= 0) {
        finding.found = QStringLiteral("none");
        return finding;
    }
    const double cores = most / quota.value(1).toDouble();
    finding.found = QStringLiteral("%1 cores").arg(cores, 0, 'f', 2);
    finding.figures = {{QStringLiteral("cores"), cores}};
    if (cores < 1) {
        finding.level = Level::Warn;
        finding.advice = QStringLiteral(
            "When the quota is used up the node stands still, up to 100 ms at a time; heartbeats are late "
            "then. Give it a core, or longer election timeouts.");
    }
    return finding;
}

/// Null when a node could listen there; else why not.
QString cannotListen(quint16 port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return QString::fromLocal8Bit(std::strerror(errno));
    // As the nodes do: a port that only waits for its last connections to fade is free.
    const int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    QString problem;
    if (bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        listen(socket, 1) != 0)
        problem = QString::fromLocal8Bit(std::strerror(errno));
    close(socket);
    return problem;
}

} // namespace

Findings examineLimits()
{
    return {openFiles(), memoryLimit(), processorLimit()};
}

Findings examineMachine()
{
    const int cores = QThread::idealThreadCount();
    Finding processors{.area = QStringLiteral("machine"),
                       .name = QStringLiteral("processors"),
                       .found = QString::number(cores),
                       .figures = {{QStringLiteral("cores"), cores}}};
    if (cores < 2) {
        processors.level = Level::Warn;
        processors.advice = QStringLiteral(
            "A node has five threads, and a burst on one core delays its heartbeats. Two cores are better.");
    }
    utsname names{};
    uname(&names);
    const Finding kernel{.area = QStringLiteral("machine"),
                         .name = QStringLiteral("kernel"),
                         .found = QString::fromLocal8Bit(names.release),
                         .figures = {{QStringLiteral("release"), QString::fromLocal8Bit(names.release)}}};
    Finding swap{.area = QStringLiteral("machine"), .name = QStringLiteral("swap")};
    const double total = memory("SwapTotal").value_or(0);
    const int swappiness = lineOf(QStringLiteral("/proc/sys/vm/swappiness")).toInt();
    swap.found = total > 0 ? QStringLiteral("%1, swappiness %2").arg(inBytes(total)).arg(swappiness)
                           : QStringLiteral("none");
    swap.figures = {{QStringLiteral("swap_bytes"), total}, {QStringLiteral("swappiness"), swappiness}};
    if (total > 0 && swappiness > 30) {
        swap.level = Level::Warn;
        swap.advice =
            QStringLiteral("A node that is swapped out misses heartbeats. Set vm.swappiness to 10 or less.");
    }
    return {processors, kernel, swap};
}

Findings examinePorts(const QList<quint16>& ports, const QList<quint16>& taken)
{
    Findings findings;
    for (const quint16 port : ports) {
        Finding finding{.area = QStringLiteral("ports"),
                        .name = QString::number(port),
                        .found = QStringLiteral("free"),
                        .figures = {{QStringLiteral("port"), port}}};
        const QString problem = cannotListen(port);
        if (taken.contains(port)) {
            finding.found = QStringLiteral("a dsmsg node has it");
        } else if (!problem.isEmpty()) {
            finding.level = Level::Warn;
            finding.found = problem;
            finding.advice = QStringLiteral(
                "A node cannot listen here. End what does, or start the node with another --port.");
        }
        findings.push_back(finding);
    }
    return findings;
}

QString inMs(Duration duration)
{
    const double ms = double(duration.count()) / 1000;
    return QString::number(ms, 'f', ms < 10 ? 3 : 1) + QStringLiteral(" ms");
}

QString inBytes(double bytes)
{
    return bytes >= 1e9 ? QStringLiteral("%1 GB").arg(bytes / 1e9, 0, 'f', 1)
                        : QStringLiteral("%1 MB").arg(bytes / 1e6, 0, 'f', 1);
}

const char* toString(Level level)
{
    return level == Level::Ok ? "ok" : level == Level::Warn ? "warn" : "bad";
}

} // namespace dsmsg::doctor

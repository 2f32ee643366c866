// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/PrivateNetwork.h"

#include <QFile>
#include <QProcess>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <thread>
#include <unistd.h>

namespace dsmsg::test {

namespace {

/// A new network namespace, kept alive by the descriptor alone; -1 when refused.
int newNamespace()
{
    int descriptor = -1;
    std::thread([&descriptor] {
        if (::unshare(CLONE_NEWNET) == 0)
            descriptor = ::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    }).join();
    return descriptor;
}

QString systemComplaint(const QString& what)
{
    return what + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(errno));
}

} // namespace

std::unique_ptr<PrivateNetwork> PrivateNetwork::create(int nodes, QString& whyNot)
{
    std::unique_ptr<PrivateNetwork> network(new PrivateNetwork(nodes));
    whyNot = network->setUp();
    if (!whyNot.isEmpty())
        return nullptr;
    return network;
}

PrivateNetwork::PrivateNetwork(int nodes)
    : namespaces_(static_cast<std::size_t>(nodes), -1)
{
}

PrivateNetwork::~PrivateNetwork()
{
    for (const int descriptor : namespaces_) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

QString PrivateNetwork::setUp()
{
    for (int& descriptor : namespaces_) {
        descriptor = newNamespace();
        if (descriptor < 0)
            return systemComplaint(QStringLiteral("network namespaces are not allowed here"));
    }
    if (::unshare(CLONE_NEWNET) != 0)
        return systemComplaint(QStringLiteral("network namespaces are not allowed here"));
    // /proc/self/net is the main thread's view, which is the one that just moved.
    QFile forwarding(QStringLiteral("/proc/sys/net/ipv4/ip_forward"));
    if (!forwarding.open(QIODevice::WriteOnly) || forwarding.write("1") != 1 || !forwarding.flush())
        return QStringLiteral("packets cannot be forwarded: ") + forwarding.errorString();
    if (!ip(QStringLiteral("link set lo up")))
        return complaint_;
    for (int node = 0; node < static_cast<int>(namespaces_.size()); ++node) {
        if (const QString problem = connectNode(node); !problem.isEmpty())
            return problem;
    }
    return {};
}

QString PrivateNetwork::connectNode(int node)
{
    const int inside = namespaceOf(node);
    const QString network = QStringLiteral("10.77.%1.").arg(node + 1);
    const QString path = QStringLiteral("/proc/%1/fd/%2").arg(::getpid()).arg(inside);
    const bool connected =
        ip(QStringLiteral("link add v%1 type veth peer name e0 netns %2").arg(node).arg(path)) &&
        ip(QStringLiteral("addr add %1%2/24 dev v%3").arg(network).arg(1).arg(node)) &&
        ip(QStringLiteral("link set v%1 up").arg(node)) && ip(QStringLiteral("link set lo up"), inside) &&
        ip(QStringLiteral("addr add %1/24 dev e0").arg(addressOf(node)), inside) &&
        ip(QStringLiteral("link set e0 up"), inside) &&
        ip(QStringLiteral("route add default via %1%2").arg(network).arg(1), inside);
    return connected ? QString() : complaint_;
}

QString PrivateNetwork::addressOf(int node) const
{
    return QStringLiteral("10.77.%1.2").arg(node + 1);
}

bool PrivateNetwork::cutOff(int node)
{
    for (int other = 0; other < static_cast<int>(namespaces_.size()); ++other) {
        if (other == node)
            continue;
        for (const auto& [from, to] : {std::pair(node, other), std::pair(other, node)}) {
            const QString rule =
                QStringLiteral("from %1 to %2 blackhole").arg(addressOf(from), addressOf(to));
            if (!ip(QStringLiteral("rule add ") + rule))
                return false;
            rules_.push_back(rule);
        }
    }
    return true;
}

bool PrivateNetwork::heal()
{
    bool healed = true;
    for (const QString& rule : rules_)
        healed = ip(QStringLiteral("rule del ") + rule) && healed;
    rules_.clear();
    return healed;
}

bool PrivateNetwork::ip(const QString& arguments, int networkNamespace)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setChildProcessModifier([networkNamespace] {
        if (networkNamespace >= 0 && ::setns(networkNamespace, CLONE_NEWNET) != 0)
            ::_exit(127);
    });
    process.start(QStringLiteral("ip"), arguments.split(QLatin1Char(' ')));
    if (process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    complaint_ = QStringLiteral("ip %1: %2 %3")
                     .arg(arguments, process.errorString(), QString::fromUtf8(process.readAll().trimmed()));
    return false;
}

} // namespace dsmsg::test

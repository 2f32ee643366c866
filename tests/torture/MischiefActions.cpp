// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is done to the nodes, one function a fault.
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <csignal>

#include "tests/support/process/Await.h"
#include "tests/torture/Mischief.h"

namespace dsmsg::torture {

namespace {

constexpr Milliseconds orderPatience{500};
constexpr Milliseconds exitPatience{20'000};

/// Flips bits of `count` bytes somewhere in the file; false when it is missing or empty.
bool damageFile(const QString& path, Random& random)
{
    QFile file(path);
    const qint64 size = QFileInfo(path).size();
    if (size <= 0 || !file.open(QIODevice::ReadWrite))
        return false;
    const auto count = 1 + random.below(16);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto at = static_cast<qint64>(random.below(static_cast<std::uint64_t>(size)));
        char byte = 0;
        if (!file.seek(at) || !file.getChar(&byte) || !file.seek(at) ||
            !file.putChar(static_cast<char>(byte ^ static_cast<char>(1 + random.below(255)))))
            return false;
    }
    return true;
}

} // namespace

void Mischief::killOne()
{
    const auto node = victim();
    if (!node)
        return;
    ++counts_[QStringLiteral("kill")];
    takeDown(*node);
    later(secondsBetween(0, 3), [this, node = *node] { bringUp(node); });
}

void Mischief::killAll()
{
    ++counts_[QStringLiteral("kill all")];
    for (int node = 0; node < cluster_.size(); ++node) {
        if (health(node).down)
            continue;
        takeDown(node);
        later(secondsBetween(0, 1), [this, node] { bringUp(node); });
    }
}

void Mischief::pauseOne()
{
    const auto node = victim();
    if (!node)
        return;
    ++counts_[QStringLiteral("stop")];
    cluster_.process(*node).pause();
    const double seconds = random_.chance(1, 8) ? 10 : secondsBetween(0.2, 3);
    later(seconds, [this, node = *node] {
        if (cluster_.process(node).paused())
            cluster_.process(node).resume();
    });
}

bool Mischief::order(int node, const QString& fault, double seconds)
{
    const QString body = QStringLiteral("{%1,\"for_s\":%2}").arg(fault).arg(seconds);
    const test::HttpReply reply = cluster_.client(node).http().post("/faults", body.toUtf8(), orderPatience);
    if (reply.status == 400)
        find(QStringLiteral("/faults refuses %1: %2").arg(body, QString::fromUtf8(reply.body)));
    return reply.status == 200;
}

void Mischief::orderSomewhere(const QString& name, const std::function<QString()>& fault)
{
    const auto node = victim();
    if (node && order(*node, fault(), secondsBetween(0.5, 5)))
        ++counts_[name];
}

void Mischief::isolate()
{
    const char* const direction[] = {"both", "both", "in", "out"};
    const char* const chosen = direction[random_.below(4)];
    const auto node = victim();
    const QString fault = QStringLiteral(R"("kind":"partition","direction":"%1")").arg(QLatin1String(chosen));
    if (node && order(*node, fault, secondsBetween(0.5, 6)))
        ++counts_[QStringLiteral("isolated (%1)").arg(QLatin1String(chosen))];
}

void Mischief::cutPair()
{
    const auto one = static_cast<int>(random_.below(static_cast<std::uint64_t>(cluster_.size())));
    const std::vector<int> others = cluster_.othersThan(one);
    const int other = others[random_.below(others.size())];
    const bool oneWay = random_.chance(1, 2);
    const QString fault =
        QStringLiteral(R"("kind":"partition","direction":"%1","peers":["%2"])")
            .arg(oneWay ? QStringLiteral("out") : QStringLiteral("both"), cluster_.url(other));
    if (order(one, fault, secondsBetween(0.5, 6)))
        ++counts_[oneWay ? QStringLiteral("pair cut (one way)") : QStringLiteral("pair cut (bridge)")];
}

void Mischief::split()
{
    const auto sides = random_.between(1, (std::int64_t{1} << cluster_.size()) - 1);
    const double seconds = secondsBetween(0.5, 6);
    bool any = false;
    for (int node = 0; node < cluster_.size(); ++node) {
        QStringList foreign;
        for (const int other : cluster_.othersThan(node)) {
            if (((sides >> node) & 1) != ((sides >> other) & 1))
                foreign << QLatin1Char('"') + cluster_.url(other) + QLatin1Char('"');
        }
        const QString fault =
            QStringLiteral(R"("kind":"partition","peers":[%1])").arg(foreign.join(QLatin1Char(',')));
        any = (!foreign.isEmpty() && order(node, fault, seconds)) || any;
    }
    if (any)
        ++counts_[QStringLiteral("split")];
}

void Mischief::fillDisk()
{
    if (!disk_->leave(random_.below(1u << 20)))
        return;
    ++counts_[QStringLiteral("tmpfs full")];
    later(secondsBetween(0.5, 5), [this] { disk_->widen(); });
}

void Mischief::restartInTurn()
{
    ++counts_[QStringLiteral("rolling restart")];
    for (int node = 0; node < cluster_.size(); ++node) {
        if (!cluster_.process(node).running())
            continue;
        health(node).down = true;
        cluster_.process(node).signal(SIGTERM);
        const auto code = cluster_.process(node).exitCode(exitPatience);
        if (!code || (*code != 0 && !health(node).mayFailToSync && !health(node).damaged))
            find(QStringLiteral("n%1 does not end well after SIGTERM: %2")
                     .arg(node + 1)
                     .arg(code ? QString::number(*code) : QStringLiteral("no exit code")));
        takeDown(node);
        bringUp(node);
        awaitService();
    }
}

void Mischief::wipeOne()
{
    const auto node = mayLoseData() ? victim() : std::nullopt;
    if (!node)
        return;
    ++counts_[QStringLiteral("wiped")];
    wipe(*node);
    later(secondsBetween(0, 2), [this, node = *node] { bringUp(node); });
}

void Mischief::damageOne()
{
    const auto node = mayLoseData() ? victim() : std::nullopt;
    if (!node)
        return;
    const char* const files[] = {"raft.db", "raft.db-wal", "state.db", "state.db-wal"};
    const QString file = QLatin1String(files[random_.below(4)]);
    takeDown(*node);
    if (damageFile(cluster_.dataDirectory(*node) + QLatin1Char('/') + file, random_)) {
        ++counts_[QStringLiteral("damaged ") + file];
        health(*node).damaged = true;
        // Damage that is not noticed, in a page that nobody uses, must not stay for ever: the disk is
        // replaced.
        later(10, [this, node = *node] {
            if (health(node).damaged && !health(node).down)
                repair(node);
        });
    }
    later(secondsBetween(0, 2), [this, node = *node] { bringUp(node); });
}

} // namespace dsmsg::torture

// SPDX-License-Identifier: GPL-3.0-or-later
//
// User space cannot see whether a disk tells the truth about a sync; only pulling the plug can. But a sync
// that returns faster than any medium can write is suspicious, and so are two ways to sync that should cost
// the same and do not.
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <QFile>
#include <QFileInfo>

#include "app/cli/doctor/Probes.h"

namespace dsmsg::doctor {

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t appendBytes = 4096;
constexpr int appendsMax = 400;
constexpr double freeBytesBad = 256e6, freeBytesWarn = 2e9;
constexpr Duration suspicious{15}; ///< faster than a write to any medium that keeps its data
constexpr Duration slow{10'000}, verySlow{50'000};
constexpr long networkMagics[] = {0x6969 /* nfs */, 0xff534d42l /* cifs */, 0xfe534d42l /* smb2 */,
                                  0x01021997 /* 9p */, 0x65735546 /* fuse */};

QString error()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

const char* nameOf(long magic)
{
    switch (magic) {
    case EXT4_SUPER_MAGIC:
        return "ext4";
    case XFS_SUPER_MAGIC:
        return "xfs";
    case BTRFS_SUPER_MAGIC:
        return "btrfs";
    case TMPFS_MAGIC:
        return "tmpfs";
    case OVERLAYFS_SUPER_MAGIC:
        return "overlay";
    case NFS_SUPER_MAGIC:
        return "nfs";
    case 0x2fc12fc1:
        return "zfs";
    case 0x65735546:
        return "fuse";
    case 0x01021997:
        return "9p";
    default:
        return nullptr;
    }
}

Finding fileSystem(const QByteArray& path, bool& inMemory)
{
    Finding finding{.area = QStringLiteral("disk"), .name = QStringLiteral("file system")};
    struct statfs info
    {
    };
    if (statfs(path.constData(), &info) != 0) {
        finding.level = Level::Bad;
        finding.found = error();
        finding.advice = QStringLiteral("This directory cannot be examined.");
        return finding;
    }
    const long magic = long(info.f_type) & 0xffffffffl;
    const char* known = nameOf(magic);
    finding.found =
        known != nullptr ? QString::fromLatin1(known) : QStringLiteral("type 0x%1").arg(magic, 0, 16);
    finding.figures = {{QStringLiteral("type"), finding.found}};
    inMemory = magic == TMPFS_MAGIC || magic == RAMFS_MAGIC;
    if (inMemory) {
        finding.level = Level::Bad;
        finding.advice = QStringLiteral(
            "Memory, not a disk: a restart of the machine takes every message. Put the data elsewhere.");
    } else if (std::ranges::find(networkMagics, magic) != std::end(networkMagics)) {
        finding.level = Level::Warn;
        finding.advice = QStringLiteral(
            "A network or user-space file system: locks and syncs may mean less than they say, and it "
            "may stall. Use a local disk.");
    } else if (magic == OVERLAYFS_SUPER_MAGIC) {
        finding.level = Level::Warn;
        finding.advice = QStringLiteral(
            "The writable layer of a container, which goes away with it. Mount a volume for the data.");
    }
    return finding;
}

Finding space(const QByteArray& path)
{
    Finding finding{.area = QStringLiteral("disk"), .name = QStringLiteral("free space")};
    struct statvfs info
    {
    };
    if (statvfs(path.constData(), &info) != 0)
        return {finding.area,
                finding.name,
                Level::Bad,
                error(),
                QStringLiteral("This directory cannot be examined."),
                {}};
    const double free = double(info.f_bavail) * double(info.f_frsize);
    finding.found = inBytes(free);
    finding.figures = {{QStringLiteral("free_bytes"), free}};
    finding.level = free < freeBytesBad ? Level::Bad : free < freeBytesWarn ? Level::Warn : Level::Ok;
    if (finding.level != Level::Ok)
        finding.advice =
            QStringLiteral("A node stops taking messages when its disk is nearly full. Make room.");
    return finding;
}

/// A file without a name, so that nothing is left whatever happens; -1 with errno.
int openScratch(const QByteArray& directory, int flags)
{
    const int file = open(directory.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC | flags, 0600);
    if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
        return file;
    QByteArray name = directory + "/.dsmsg-doctor-XXXXXX";
    const int named = mkostemp(name.data(), O_CLOEXEC | flags);
    if (named >= 0)
        unlink(name.constData());
    return named;
}

/// A file and the latency of appends that are on disk when they return.
class Appender
{
public:
    enum class Way
    {
        Fdatasync,
        Dsync
    };
    Appender(const QByteArray& directory, Way way)
        : file_(openScratch(directory, way == Way::Dsync ? O_DSYNC : 0))
        , way_(way)
    {
    }
    ~Appender()
    {
        if (file_ >= 0)
            close(file_);
    }
    Appender(const Appender&) = delete;
    Appender& operator=(const Appender&) = delete;

    bool append()
    {
        static constexpr std::array<char, appendBytes> block{};
        const auto begin = Steady::now();
        const bool done = file_ >= 0 && write(file_, block.data(), block.size()) == ssize_t(block.size()) &&
                          (way_ == Way::Dsync || fdatasync(file_) == 0);
        const auto took = std::chrono::duration_cast<Duration>(Steady::now() - begin);
        latency_.durations.record(took);
        latency_.greatest = std::max(latency_.greatest, took);
        return done;
    }
    const SyncLatency& latency() const { return latency_; }

private:
    const int file_;
    const Way way_;
    SyncLatency latency_;
};

Duration at(const SyncLatency& latency, double share)
{
    return std::min(latency.durations.percentile(share).value_or(Duration::zero()), latency.greatest);
}

QString inWords(const SyncLatency& latency)
{
    return QStringLiteral("p50 %1, p99 %2, max %3 (%4 appends of 4 KiB)")
        .arg(inMs(at(latency, 0.5)), inMs(at(latency, 0.99)), inMs(latency.greatest))
        .arg(latency.durations.count());
}

QJsonObject figures(const SyncLatency& latency)
{
    return {{QStringLiteral("p50_ms"), double(at(latency, 0.5).count()) / 1000},
            {QStringLiteral("p99_ms"), double(at(latency, 0.99).count()) / 1000},
            {QStringLiteral("max_ms"), double(latency.greatest.count()) / 1000},
            {QStringLiteral("count"), double(latency.durations.count())}};
}

Finding sync(const SyncLatency& latency, bool inMemory)
{
    Finding finding{.area = QStringLiteral("disk"),
                    .name = QStringLiteral("fdatasync"),
                    .found = inWords(latency),
                    .figures = figures(latency)};
    const Duration p50 = at(latency, 0.5), p99 = at(latency, 0.99);
    if (p50 < suspicious && !inMemory) {
        finding.level = Level::Warn;
        finding.advice = QStringLiteral(
            "Faster than a medium can write. Something between here and the disk acknowledges early (a "
            "volatile cache, a hypervisor): a power cut may take what was acknowledged.");
    } else if (p99 > verySlow) {
        finding.level = Level::Bad;
        finding.advice = QStringLiteral(
            "Every acknowledgement waits for such a sync on a majority, and elections are disturbed. Use a "
            "faster disk, or longer election timeouts (below).");
    } else if (p99 > slow) {
        finding.level = Level::Warn;
        finding.advice =
            QStringLiteral("Latency of messages will be at least this. Look who else uses the disk.");
    }
    return finding;
}

Finding compare(const SyncLatency& fdatasync, const SyncLatency& dsync)
{
    Finding finding{.area = QStringLiteral("disk"),
                    .name = QStringLiteral("O_DSYNC"),
                    .found = inWords(dsync),
                    .figures = figures(dsync)};
    const auto a = double(std::max<Duration::rep>(1, at(fdatasync, 0.5).count()));
    const auto b = double(std::max<Duration::rep>(1, at(dsync, 0.5).count()));
    if (std::max(a / b, b / a) > 4) {
        finding.level = Level::Warn;
        finding.advice =
            QStringLiteral(
                "The same work takes %1 times as long one way as the other: one of the two may not reach the medium.")
                .arg(std::max(a / b, b / a), 0, 'f', 1);
    }
    return finding;
}

} // namespace

Findings examineDisk(const QString& directory, Milliseconds budget, std::optional<SyncLatency>& latency)
{
    const QByteArray path = QFile::encodeName(directory);
    if (!QFileInfo(directory).isDir())
        return {{QStringLiteral("disk"),
                 QStringLiteral("directory"),
                 Level::Bad,
                 QStringLiteral("%1 is no directory").arg(directory),
                 QStringLiteral("Give a directory on the disk that is to hold the data."),
                 {}}};
    bool inMemory = false;
    Findings findings{fileSystem(path, inMemory), space(path)};
    // In turn, so that whatever else the disk has to do at the moment disturbs both alike.
    Appender fdatasync(path, Appender::Way::Fdatasync), dsync(path, Appender::Way::Dsync);
    const auto end = Steady::now() + budget;
    bool works = true;
    for (int i = 0; works && i < appendsMax && Steady::now() < end; ++i)
        works = fdatasync.append() && dsync.append();
    if (!works) {
        findings.push_back(
            {QStringLiteral("disk"),
             QStringLiteral("fdatasync"),
             Level::Bad,
             error(),
             QStringLiteral("Nothing can be written and synced there. A node could not start."),
             {}});
        return findings;
    }
    latency = fdatasync.latency();
    findings.push_back(sync(*latency, inMemory));
    findings.push_back(compare(*latency, dsync.latency()));
    return findings;
}

} // namespace dsmsg::doctor

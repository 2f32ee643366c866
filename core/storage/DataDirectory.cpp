// SPDX-License-Identifier: GPL-3.0-or-later
//
// The identity file is text, so that an operator can read whose directory this is:
//   dsmsg-data 1
//   server 0123456789abcdef
//   node n1
//   crc 89abcdef
#include "core/storage/DataDirectory.h"

#include <cerrno>
#include <charconv>
#include <optional>

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/base/Hash.h"
#include "core/base/Random.h"
#include "core/storage/SystemFiles.h"

namespace dsmsg::storage {

namespace {

constexpr int formatVersion = 1;
constexpr qint64 identityBytesMax = 4096;

struct DirectoryIdentity
{
    int format = formatVersion;
    ServerId server;
    std::string node;
};

std::string crcHex(std::string_view text)
{
    return QString::number(crc32(text), 16).rightJustified(8, QLatin1Char('0')).toStdString();
}

std::string write(const DirectoryIdentity& identity)
{
    std::string text = "dsmsg-data " + std::to_string(identity.format) + "\nserver " +
                       toHex(identity.server) + "\nnode " + identity.node + "\n";
    return text + "crc " + crcHex(text) + "\n";
}

/// The rest of the line that starts with `key`, which must be next in `text`.
std::optional<std::string_view> takeLine(std::string_view& text, std::string_view key)
{
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || !text.starts_with(key))
        return std::nullopt;
    const std::string_view value = text.substr(key.size(), end - key.size());
    text.remove_prefix(end + 1);
    return value;
}

template <class Number>
bool parseNumber(std::string_view text, Number& out, int base)
{
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out, base);
    return failure == std::errc() && end == text.data() + text.size();
}

Result<DirectoryIdentity> parse(std::string_view text, const QString& path)
{
    const Error damaged{Error::Kind::Corrupt,
                        path.toStdString() +
                            " is damaged: move the data directory away and start the node with an "
                            "empty one, it comes back as a new member"};
    const std::string_view whole = text;
    DirectoryIdentity identity;
    const auto format = takeLine(text, "dsmsg-data ");
    if (!format || !parseNumber(*format, identity.format, 10))
        return damaged;
    if (identity.format > formatVersion) // its other lines may mean anything
        return Error{Error::Kind::Refused, path.toStdString() + " was written by a newer version (format " +
                                               std::to_string(identity.format) + ", this program knows " +
                                               std::to_string(formatVersion) +
                                               "): start that version instead"};
    const auto server = takeLine(text, "server ");
    const auto node = takeLine(text, "node ");
    const std::string_view summed = whole.substr(0, whole.size() - text.size());
    const auto crc = takeLine(text, "crc ");
    if (!server || !node || !crc || !text.empty() || *crc != crcHex(summed) ||
        !parseNumber(*server, identity.server.value, 16) || !identity.server)
        return damaged;
    identity.node = *node;
    return identity;
}

/// The pid that the holder of the lock left in the file, for the message only.
std::string holderOf(int lock)
{
    char text[32] = {};
    const ssize_t length = ::pread(lock, text, sizeof text - 1, 0);
    return length > 0 ? " (process " + std::string(text, static_cast<std::size_t>(length)) + ")"
                      : std::string();
}

/// flock belongs to the open file description, so a second opener in this process is refused as well, which
/// fcntl's record locks would not do.
Result<Descriptor> lockDirectory(const QString& directory)
{
    const QString path = directory + QStringLiteral("/lock");
    Descriptor lock(::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock.valid())
        return systemError("open", path, errno);
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return systemError("lock", path, errno);
        return Error{Error::Kind::Refused, "The data directory " + directory.toStdString() +
                                               " is in use by another node" + holderOf(lock.get()) +
                                               ": stop it or choose another --data-dir"};
    }
    const std::string pid = std::to_string(::getpid());
    if (::ftruncate(lock.get(), 0) != 0 || ::pwrite(lock.get(), pid.data(), pid.size(), 0) < 0)
        return systemError("write", path, errno);
    return lock;
}

Result<DirectoryIdentity> createIdentity(const DataDirectory& directory, const QString& path,
                                         const std::string& nodeId)
{
    // Databases without an identity would let an old log vote under a new name.
    if (QFile::exists(directory.raftDatabase()) || QFile::exists(directory.markFile()))
        return Error{Error::Kind::Corrupt,
                     path.toStdString() +
                         " is missing beside existing databases: restore it, or move the data "
                         "directory away and start the node with an empty one"};
    Random random(systemSeed());
    DirectoryIdentity identity;
    identity.node = nodeId;
    do {
        identity.server = ServerId(random.next());
    } while (!identity.server);
    if (auto written = replaceFile(path, write(identity)); !written)
        return written.error();
    return identity;
}

} // namespace

Result<std::unique_ptr<DataDirectory>> DataDirectory::open(const QString& path, const std::string& nodeId)
{
    if (nodeId.empty() || nodeId.size() > 1024 || nodeId.find('\n') != std::string::npos)
        return Error{Error::Kind::Invalid, "A node id is one line of 1 to 1024 bytes"};
    std::unique_ptr<DataDirectory> self(new DataDirectory());
    self->path_ = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    if (auto made = createDirectory(self->path_); !made)
        return made.error();
    auto lock = lockDirectory(self->path_);
    if (!lock)
        return lock.error();
    self->lockDescriptor_ = lock->release();

    const QString identityPath = self->path_ + QStringLiteral("/identity");
    auto text = readSmallFile(identityPath, identityBytesMax);
    if (!text && text.error().kind != Error::Kind::NotFound)
        return text.error();
    auto identity = text ? parse({text->constData(), static_cast<std::size_t>(text->size())}, identityPath)
                         : createIdentity(*self, identityPath, nodeId);
    if (!identity)
        return identity.error();
    if (identity->node != nodeId)
        return Error{Error::Kind::Refused, "The data directory " + self->path_.toStdString() +
                                               " belongs to node " + identity->node + ", not " + nodeId +
                                               ": choose another --data-dir or start it with --id " +
                                               identity->node};
    self->server_ = identity->server;
    return self;
}

DataDirectory::~DataDirectory()
{
    if (lockDescriptor_ >= 0)
        ::close(lockDescriptor_);
}

QString DataDirectory::raftDatabase() const
{
    return path_ + QStringLiteral("/raft.db");
}

QString DataDirectory::stateDatabase() const
{
    return path_ + QStringLiteral("/state.db");
}

QString DataDirectory::markFile() const
{
    return path_ + QStringLiteral("/mark");
}

std::uint64_t DataDirectory::freeBytes() const
{
    struct statvfs space = {};
    if (::statvfs(QFile::encodeName(path_).constData(), &space) != 0)
        return 0;
    return std::uint64_t{space.f_bavail} * space.f_frsize;
}

} // namespace dsmsg::storage

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/DataDirectory.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/statvfs.h>
#include <unistd.h>

#include "core/storage/DirectoryIdentity.h"
#include "core/storage/FaultVfs.h"
#include "core/storage/SystemFiles.h"

namespace dsmsg::storage {

namespace {

constexpr qint64 noteBytesMax = 4096;

Result<DirectoryIdentity> createIdentity(const DataDirectory& directory, const std::string& nodeId)
{
    // Databases without an identity would let an old log vote under a new name.
    if (QFile::exists(directory.raftDatabase()) || QFile::exists(directory.markFile()))
        return Error{Error::Kind::Corrupt,
                     identityFile(directory.path()).toStdString() +
                         " is missing beside existing databases: restore it, or move the data "
                         "directory away and start the node with an empty one"};
    const DirectoryIdentity identity{newServerId(), nodeId, false};
    if (auto written = writeIdentity(directory.path(), identity); !written)
        return written.error();
    return identity;
}

} // namespace

Result<std::unique_ptr<DataDirectory>> DataDirectory::lock(const QString& path)
{
    std::unique_ptr<DataDirectory> self(new DataDirectory());
    self->path_ = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    auto lock = lockDirectory(self->path_);
    if (!lock)
        return lock.error();
    self->lockDescriptor_ = lock->release();
    for (const QString& name : QDir(self->path_).entryList({QStringLiteral("state-*.db")}, QDir::Files)) {
        const LogIndex index(name.mid(6, name.size() - 9).toULongLong());
        if (index > self->stateIndex() && self->stateFile(index).endsWith(name))
            self->useState(index);
    }
    return self;
}

Result<std::unique_ptr<DataDirectory>> DataDirectory::open(const QString& path, const std::string& nodeId)
{
    if (nodeId.empty() || nodeId.size() > 1024 || nodeId.find('\n') != std::string::npos)
        return Error{Error::Kind::Invalid, "A node id is one line of 1 to 1024 bytes"};
    if (auto made = createDirectory(QDir::cleanPath(QFileInfo(path).absoluteFilePath())); !made)
        return Error{made.error().kind, made.error().text + "; choose another --data-dir"};
    auto locked = lock(path);
    if (!locked)
        return locked;
    DataDirectory& self = **locked;
    auto identity = readIdentity(self.path_);
    if (!identity && identity.error().kind == Error::Kind::NotFound)
        identity = createIdentity(self, nodeId);
    if (!identity)
        return identity.error();
    if (identity->node != nodeId)
        return Error{Error::Kind::Refused, "The data directory " + self.path_.toStdString() +
                                               " belongs to node " + identity->node + ", not " + nodeId +
                                               ": choose another --data-dir or start it with --id " +
                                               identity->node};
    self.server_ = identity->server;
    self.node_ = identity->node;
    self.joinsOnly_ = identity->joinsOnly;
    if (const auto reason = self.damageNoted())
        return Error{Error::Kind::Corrupt,
                     self.path_.toStdString() + " was found damaged while it was in use: " + *reason};
    return locked;
}

Result<std::unique_ptr<DataDirectory>> DataDirectory::openExisting(const QString& path)
{
    if (!QFileInfo(path).isDir())
        return Error{Error::Kind::NotFound, "There is no data directory " + path.toStdString()};
    if (!QFile::exists(identityFile(path)))
        return Error{Error::Kind::NotFound,
                     path.toStdString() + " is no data directory: it has no identity file"};
    auto locked = lock(path);
    if (!locked)
        return locked;
    const auto identity = readIdentity((*locked)->path_);
    if (!identity)
        return identity.error();
    (*locked)->server_ = identity->server;
    (*locked)->node_ = identity->node;
    (*locked)->joinsOnly_ = identity->joinsOnly;
    return locked;
}

DataDirectory::~DataDirectory()
{
    if (lockDescriptor_ >= 0)
        ::close(lockDescriptor_);
}

Result<void> DataDirectory::setJoinsOnly()
{
    if (joinsOnly_)
        return {};
    auto written = writeIdentity(path_, {server_, node_, true});
    joinsOnly_ = written.ok();
    return written;
}

Result<void> DataDirectory::noteDamage(const std::string& reason) const
{
    if (const auto faults = FaultVfs::faultsOf(raftDatabase()); faults && faults->dead())
        return Error{Error::Kind::Io, "the node was killed"}; // and what it saw since then is no damage
    return replaceFile(damageNote(), reason.substr(0, noteBytesMax));
}

std::optional<std::string> DataDirectory::damageNoted() const
{
    const auto text = readSmallFile(damageNote(), noteBytesMax);
    if (!text && text.error().kind == Error::Kind::NotFound)
        return std::nullopt;
    return text ? text->toStdString()
                : text.error().text; // a note that cannot be read is no good sign either
}

QString DataDirectory::damageNote() const
{
    return path_ + QStringLiteral("/damaged");
}

QString DataDirectory::raftDatabase() const
{
    return path_ + QStringLiteral("/raft.db");
}

QString DataDirectory::stateFile(LogIndex index) const
{
    return index ? path_ + QStringLiteral("/state-%1.db").arg(index.value)
                 : path_ + QStringLiteral("/state.db");
}

QString DataDirectory::stagingFile() const
{
    return path_ + QStringLiteral("/staging.db");
}

QString DataDirectory::stagedFile(LogIndex index) const
{
    return path_ + QStringLiteral("/staged-%1.db").arg(index.value);
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
    const std::uint64_t bytes = std::uint64_t{space.f_bavail} * space.f_frsize;
    const auto faults = FaultVfs::faultsOf(raftDatabase());
    return faults ? faults->freeBytes(bytes) : bytes;
}

} // namespace dsmsg::storage

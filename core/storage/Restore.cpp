// SPDX-License-Identifier: GPL-3.0-or-later
//
// A restore happens in `<directory>.partial`, which gets its name when it is whole.
#include "core/storage/Restore.h"

#include <QDir>
#include <QFileInfo>

#include "core/base/Random.h"
#include "core/messaging/Snapshot.h"
#include "core/storage/LogStore.h"
#include "core/storage/SoleMember.h"
#include "core/storage/StateStore.h"
#include "core/storage/SystemFiles.h"

namespace dsmsg::storage {

namespace {

Result<BackupTotals> fillState(const DataDirectory& directory, BackupReader& backup)
{
    auto store = StateStore::open(directory);
    if (!store)
        return store.error();
    messaging::SnapshotBuilder builder(**store);
    while (true) {
        auto chunk = backup.next();
        if (!chunk)
            return chunk.error();
        if (!*chunk)
            break;
        if (auto added = builder.add(**chunk); !added)
            return Error{Error::Kind::Corrupt, "The backup cannot be restored: " + added.error().text};
        if (auto maintained = (*store)->maintain(); !maintained)
            return maintained.error();
    }
    auto durable = (*store)->sync();
    if (!durable)
        return durable.error();
    if (*durable != (*store)->applied().index)
        return Error{Error::Kind::Io, "The restored state could not be made durable"};
    return backup.totals();
}

Result<void> beginLogAfter(const DataDirectory& directory, const messaging::AppliedState& state,
                           raft::Configuration configuration)
{
    auto log = LogStore::open(directory);
    if (!log)
        return log.error();
    raft::Write write;
    write.hardState = raft::HardState{state.term, {}};
    write.reset = raft::LogBase{state.index, state.term, std::move(configuration)};
    return (*log)->write({&write, 1});
}

Result<RestoredCluster> restoreInto(const QString& path, BackupReader& backup, const std::string& nodeId,
                                    const std::string& url)
{
    auto directory = DataDirectory::open(path, nodeId);
    if (!directory)
        return directory.error();
    auto totals = fillState(**directory, backup);
    if (!totals)
        return totals.error();
    if (!totals->state.index)
        return Error{Error::Kind::Invalid,
                     "The backup is of a cluster that had not done anything yet: there is "
                     "nothing to restore, start a new cluster"};
    RestoredCluster restored;
    restored.server = (*directory)->server();
    restored.header = backup.header();
    restored.totals = *totals;
    auto configuration = soleMember(restored.server, nodeId, url);
    restored.cluster = configuration.cluster;
    if (auto begun = beginLogAfter(**directory, totals->state, std::move(configuration)); !begun)
        return begun.error();
    return restored;
}

} // namespace

raft::Configuration soleMember(ServerId server, const std::string& nodeId, const std::string& url)
{
    Random random(systemSeed());
    raft::Configuration configuration;
    static_cast<Bits128&>(configuration.cluster) = random.bits128();
    configuration.members.push_back({server, nodeId, url, raft::MemberRole::Voter, {}});
    return configuration;
}

Result<RestoredCluster> restoreBackup(const QString& file, const QString& dataDirectory,
                                      const std::string& nodeId, const std::string& url)
{
    const QString target = QDir::cleanPath(QFileInfo(dataDirectory).absoluteFilePath());
    const QFileInfo there(target);
    if (there.exists() &&
        (!there.isDir() || !QDir(target).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)))
        return Error{Error::Kind::Refused,
                     target.toStdString() + " is not an empty directory: choose another"};
    auto backup = BackupReader::open(file);
    if (!backup)
        return backup.error();
    const QString partial = target + QStringLiteral(".partial");
    QDir(partial).removeRecursively();
    auto restored = restoreInto(partial, *backup, nodeId, url);
    if (!restored) {
        QDir(partial).removeRecursively();
        return restored;
    }
    if (auto renamed = renameFile(partial, target); !renamed)
        return renamed.error();
    if (auto synced = syncDirectory(QFileInfo(target).absolutePath()); !synced)
        return synced.error();
    return restored;
}

} // namespace dsmsg::storage

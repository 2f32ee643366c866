// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/SnapshotInstall.h"

#include <QDir>
#include <QFile>

#include "core/storage/AppliedRow.h"
#include "core/storage/Database.h"
#include "core/storage/Migrations.h"
#include "core/storage/SystemFiles.h"

namespace dsmsg::storage {

namespace {

/// All zero when there is no such state, or it has not got its tables yet.
Result<messaging::AppliedState> appliedIn(const QString& path)
{
    if (!QFile::exists(path))
        return messaging::AppliedState{};
    auto database = Database::open(path, {});
    if (!database)
        return database.error();
    auto version = (*database)->integer(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    if (*version == 0)
        return messaging::AppliedState{};
    if (auto migrated = migrate(**database, stateMigrations()); !migrated)
        return migrated.error();
    return AppliedRow(**database).load();
}

QString fileOf(const DataDirectory& directory, const QString& name)
{
    return directory.path() + QLatin1Char('/') + name;
}

Result<void> removeOtherStates(const DataDirectory& directory)
{
    const QStringList names =
        QDir(directory.path())
            .entryList({QStringLiteral("state.db"), QStringLiteral("state-*.db")}, QDir::Files);
    for (const QString& name : names) {
        if (fileOf(directory, name) == directory.stateDatabase())
            continue;
        if (auto removed = removeDatabase(fileOf(directory, name)); !removed)
            return removed;
    }
    return {};
}

Result<void> swap(const DataDirectory& directory, LogIndex index)
{
    if (auto renamed = renameFile(directory.stagedFile(index), directory.stateFile(index)); !renamed)
        return renamed;
    if (auto synced = syncDirectory(directory.path()); !synced)
        return synced;
    directory.useState(index);
    return removeOtherStates(directory);
}

/// A staged snapshot that the log does not need is as good as one on its way in, if it goes further than the
/// state.
Result<void> keepWhatIsWorthResuming(const DataDirectory& directory, LogIndex applied)
{
    for (const QString& name :
         QDir(directory.path()).entryList({QStringLiteral("staged-*.db")}, QDir::Files)) {
        const QString staged = fileOf(directory, name);
        const auto state = appliedIn(staged);
        if (state && state->index > applied && !QFile::exists(directory.stagingFile())) {
            if (auto renamed = renameFile(staged, directory.stagingFile()); !renamed)
                return renamed;
        } else if (auto removed = removeDatabase(staged); !removed) {
            return removed;
        }
    }
    const auto state = appliedIn(directory.stagingFile());
    if (state && state->index > applied)
        return {};
    return removeDatabase(directory.stagingFile());
}

} // namespace

Result<void> installStaged(const DataDirectory& directory, LogIndex index)
{
    auto applied = appliedIn(directory.stateDatabase());
    if (!applied)
        return applied.error();
    if (applied->index >= index)
        return Error{Error::Kind::Refused, "The state has applied entry " +
                                               std::to_string(applied->index.value) +
                                               " already; a snapshot of entry " +
                                               std::to_string(index.value) + " would take it back"};
    return swap(directory, index);
}

Result<void> completeInstall(const DataDirectory& directory, const raft::LogBase& base)
{
    if (base.index > directory.stateIndex() && QFile::exists(directory.stagedFile(base.index))) {
        if (auto swapped = swap(directory, base.index); !swapped)
            return swapped;
    } else if (auto removed = removeOtherStates(directory); !removed) {
        return removed;
    }
    auto applied = appliedIn(directory.stateDatabase());
    if (!applied)
        return applied.error();
    if (applied->index < base.index)
        return Error{Error::Kind::Corrupt, "The log begins after entry " + std::to_string(base.index.value) +
                                               ", but the state " + directory.stateDatabase().toStdString() +
                                               " has applied only up to entry " +
                                               std::to_string(applied->index.value)};
    if (auto kept = keepWhatIsWorthResuming(directory, applied->index); !kept)
        return kept;
    return syncDirectory(directory.path());
}

} // namespace dsmsg::storage

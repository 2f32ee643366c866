// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/SnapshotStaging.h"

#include <QDir>
#include <QFile>

#include "core/messaging/Snapshot.h"
#include "core/storage/SystemFiles.h"

namespace dsmsg::storage {

Result<std::unique_ptr<SnapshotStaging>> SnapshotStaging::open(const DataDirectory& directory)
{
    std::unique_ptr<SnapshotStaging> self(new SnapshotStaging(directory));
    auto opened = self->openStore();
    if (!opened && opened.error().kind == Error::Kind::Corrupt) {
        if (auto removed = removeDatabase(directory.stagingFile()); !removed)
            return removed.error();
        opened = self->openStore();
    }
    if (!opened)
        return opened.error();
    return self;
}

Result<void> SnapshotStaging::discard(const DataDirectory& directory)
{
    for (const QString& name :
         QDir(directory.path()).entryList({QStringLiteral("staged-*.db")}, QDir::Files)) {
        if (auto removed = removeDatabase(directory.path() + QLatin1Char('/') + name); !removed)
            return removed;
    }
    return removeDatabase(directory.stagingFile());
}

Result<void> SnapshotStaging::openStore()
{
    auto store = StateStore::openFile(directory_.stagingFile());
    if (!store)
        return store.error();
    store_ = std::move(*store);
    builder_.emplace(*store_);
    return {};
}

SnapshotStaging::Stored SnapshotStaging::stored() const
{
    return store_ ? Stored{store_->applied().lastSeq.value, {}} : finished_;
}

Result<SnapshotStaging::Stored> SnapshotStaging::store(std::uint64_t position, std::string_view chunk)
{
    const std::uint64_t staged = stored().position;
    if (chunk.empty() || position != staged)
        return Stored{staged, {}};
    auto decoded = messaging::decodeChunk(chunk);
    if (!decoded)
        return decoded.error();
    if (decoded->after != Seq(position) || (decoded->finished && !decoded->finished->index))
        return Error{Error::Kind::Invalid, "A piece of a snapshot contradicts its message"};
    if (!store_) {
        if (decoded->segments.empty() && decoded->finished &&
            decoded->finished->index == finished_.finishedAt)
            return finished_;
        // The sender has applied more since; what was complete goes on.
        if (auto renamed = renameFile(directory_.stagedFile(finished_.finishedAt), directory_.stagingFile());
            !renamed)
            return renamed.error();
        if (auto opened = openStore(); !opened)
            return opened.error();
    }
    if (auto added = add(*decoded); !added)
        return added.error();
    return stored();
}

Result<void> SnapshotStaging::add(const messaging::StateChunk& chunk)
{
    if (auto added = builder_->add(chunk); !added)
        return added;
    if (auto maintained = store_->maintain(); !maintained && maintained.error().kind != Error::Kind::DiskFull)
        return maintained.error();
    return chunk.finished ? finish() : Result<void>();
}

/// One durable file without a WAL, under a name that says what it is.
Result<void> SnapshotStaging::finish()
{
    const messaging::AppliedState state = store_->applied();
    auto durable = store_->sync();
    if (!durable)
        return durable.error();
    if (*durable != state.index)
        return Error{Error::Kind::Io, "Another program reads " + directory_.stagingFile().toStdString() +
                                          ": the staged snapshot cannot be made durable"};
    builder_.reset();
    store_.reset();
    finished_ = {state.lastSeq.value, state.index};
    if (QFile::exists(directory_.stagingFile() + QStringLiteral("-wal")))
        return Error{Error::Kind::Io, directory_.stagingFile().toStdString() + " could not be closed"};
    if (auto renamed = renameFile(directory_.stagingFile(), directory_.stagedFile(state.index)); !renamed)
        return renamed;
    return syncDirectory(directory_.path());
}

} // namespace dsmsg::storage

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the storage tests share: made-up messages, entries and writes, a directory that vanishes, and a copy
// of a directory as a killed process would have left it.
#pragma once

#include <memory>
#include <vector>

#include <QTemporaryDir>

#include "core/messaging/StateMachine.h"
#include "core/raft/Raft.h"
#include "core/storage/DataDirectory.h"
#include "core/storage/LogStore.h"

namespace dsmsg::storage::testing {

/// Message `number` of a made-up stream; equal numbers give equal messages.
messaging::Message makeMessage(std::uint64_t number, const std::string& sender = "alice",
                               const std::string& recipient = "all");

raft::EntryPtr makeEntry(std::uint64_t index, std::uint64_t term, std::string data = "data",
                         raft::EntryKind kind = raft::EntryKind::Command);
/// An entry whose command carries `messages`.
raft::EntryPtr makeCommand(std::uint64_t index, std::uint64_t term,
                           const std::vector<messaging::Message>& messages);

/// A write of `entries` after a vote in their term, as a leader's followers perform them.
raft::Write makeWrite(std::uint64_t term, std::vector<raft::EntryPtr> entries, std::uint64_t truncateFrom = 0,
                      std::uint64_t votedFor = 7);

/// A data directory in a temporary place; close() and open() are a clean restart.
class Place
{
public:
    Place();
    explicit Place(const QString& path)
        : path_(path)
    {
    }

    const DataDirectory& open();
    void close() { directory_.reset(); }
    /// open() and the log in it.
    std::unique_ptr<LogStore> openLog();
    const DataDirectory& directory() const { return *directory_; }
    const QString& path() const { return path_; }
    QString file(const char* name) const;

    /// A place with a copy of the files as they are now: what kill -9 would leave.
    std::unique_ptr<Place> copy() const;

private:
    std::unique_ptr<QTemporaryDir> temporary_;
    QString path_;
    std::unique_ptr<DataDirectory> directory_;
};

/// Flips one bit of each of `count` bytes from `offset` on.
void damage(const QString& path, qint64 offset, qint64 count = 1);

} // namespace dsmsg::storage::testing

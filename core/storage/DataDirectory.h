// SPDX-License-Identifier: GPL-3.0-or-later
//
// The directory that is a node's memory: raft.db, the state, the mark file and the lock. Its random ServerId
// is made with it, so that a wiped disk is never mistaken for the node that voted before.
//
// The state is state.db until a snapshot is installed, then state-<index>.db. It is never renamed over:
// SQLite finds a WAL by the name of its database, and a reader that still holds the old one open could delete
// the new one's.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include <QString>

#include "core/base/Ids.h"
#include "core/base/Result.h"

namespace dsmsg::storage {

class DataDirectory
{
public:
    /// Creates the directory when missing (mode 0700, parent synced), locks it against every other opener, in
    /// this process too, and reads or makes its identity. Refused: locked, made for another node id, written
    /// by a newer version. Corrupt: the identity is damaged, or a damage was noted: setAside()
    /// (Quarantine.h). The text says which, and what to do.
    static Result<std::unique_ptr<DataDirectory>> open(const QString& path, const std::string& nodeId);
    /// For tools: a directory that is there, whoever's it is and however damaged.
    static Result<std::unique_ptr<DataDirectory>> openExisting(const QString& path);
    ~DataDirectory(); ///< unlocks
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;

    ServerId server() const { return server_; }
    const std::string& node() const { return node_; }
    const QString& path() const { return path_; }

    /// This node must never take part in forming a cluster: its directory was set aside once, or it was
    /// started to join one.
    bool joinsOnly() const { return joinsOnly_; }
    /// Durable, for good.
    Result<void> setJoinsOnly();

    /// Leaves a durable note that what is stored here is damaged, so that no later start trusts it. Any
    /// thread.
    Result<void> noteDamage(const std::string& reason) const;
    std::optional<std::string> damageNoted() const;

    QString raftDatabase() const;
    QString markFile() const;
    /// The state in use. Any thread.
    QString stateDatabase() const { return stateFile(stateIndex()); }
    /// Tells one state in use from the next: the index of the snapshot it began as, 0 for state.db. Any
    /// thread.
    LogIndex stateIndex() const { return LogIndex(stateIndex_.load(std::memory_order_acquire)); }
    QString stateFile(LogIndex index) const;
    QString stagingFile() const;              ///< a snapshot on its way in
    QString stagedFile(LogIndex index) const; ///< one that is complete
    /// Only for SnapshotInstall: from now on this is the state in use. Which one it is lies on the disk, not
    /// in this object, hence const.
    void useState(LogIndex index) const { stateIndex_.store(index.value, std::memory_order_release); }

    /// Bytes an unprivileged process may still write on this file system. Any thread.
    std::uint64_t freeBytes() const;

private:
    DataDirectory() = default;
    static Result<std::unique_ptr<DataDirectory>> lock(const QString& path);
    QString damageNote() const;

    QString path_;
    ServerId server_;
    std::string node_;
    bool joinsOnly_ = false;
    mutable std::atomic<std::uint64_t> stateIndex_ = 0;
    int lockDescriptor_ = -1;
};

} // namespace dsmsg::storage

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The directory that is a node's memory: raft.db, state.db, the mark file and the lock. Its random ServerId
// is made with it, so that a wiped disk is never mistaken for the node that voted before.
#pragma once

#include <memory>
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
    /// by a newer version. The text says which, and what to do.
    static Result<std::unique_ptr<DataDirectory>> open(const QString& path, const std::string& nodeId);
    ~DataDirectory(); ///< unlocks
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;

    ServerId server() const { return server_; }
    const QString& path() const { return path_; }
    QString raftDatabase() const;
    QString stateDatabase() const;
    QString markFile() const;
    /// Bytes an unprivileged process may still write on this file system. Any thread.
    std::uint64_t freeBytes() const;

private:
    DataDirectory() = default;

    QString path_;
    ServerId server_;
    int lockDescriptor_ = -1;
};

} // namespace dsmsg::storage

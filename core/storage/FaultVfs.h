// SPDX-License-Identifier: GPL-3.0-or-later
//
// A pass-through sqlite3_vfs (sqlite.org/vfs.html) that lets the databases of one data directory meet
// DiskFaults, so that SQLite's, Qt's and our own error paths run as on a failing disk. SQLite's register of
// VFS belongs to the whole process; each one is therefore named after its data directory, and Database::open
// takes the one that bears the name of the directory that a file is in. Nothing is registered, and nothing
// costs anything, on a node that was started without fault injection.
#pragma once

#include <memory>

#include <QByteArray>
#include <QString>

#include "core/base/Result.h"
#include "core/storage/DiskFaults.h"

struct sqlite3_vfs;

namespace dsmsg::storage {

class FaultVfs
{
public:
    /// For the databases that are opened in `directory` from now on. Refused: there is one already.
    static Result<std::unique_ptr<FaultVfs>> install(const QString& directory);
    /// After every database in the directory is closed.
    ~FaultVfs();
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    const std::shared_ptr<DiskFaults>& faults() const { return faults_; }

    /// The name of the VFS for a database at that path; empty where no faults are injected. Any thread.
    static QByteArray nameFor(const QString& file);
    /// The faults of the directory that the file is in; null where none are injected. Any thread.
    static std::shared_ptr<DiskFaults> faultsOf(const QString& file);

private:
    explicit FaultVfs(QByteArray name);

    const QByteArray name_;
    const std::shared_ptr<DiskFaults> faults_ = std::make_shared<DiskFaults>();
    std::unique_ptr<sqlite3_vfs> vfs_; ///< its application data is this object
};

} // namespace dsmsg::storage

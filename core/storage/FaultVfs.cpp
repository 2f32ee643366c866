// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file of this VFS is a FaultFile followed by the file of the machine's default VFS, to which every call
// goes on: SQLite allocates both at once (szOsFile).
#include "core/storage/FaultVfs.h"

#include <QDir>
#include <QFileInfo>

#include <sqlite3.h>

namespace dsmsg::storage {

namespace {

struct FaultFile
{
    sqlite3_file base; ///< first: SQLite sees only this
    DiskFaults* faults;
};
static_assert(sizeof(FaultFile) % alignof(std::max_align_t) == 0, "the real file follows right behind");

FaultFile* own(sqlite3_file* file)
{
    return reinterpret_cast<FaultFile*>(file);
}

sqlite3_file* real(sqlite3_file* file)
{
    return reinterpret_cast<sqlite3_file*>(own(file) + 1);
}

const sqlite3_io_methods& realMethods(sqlite3_file* file)
{
    return *real(file)->pMethods;
}

int closeFile(sqlite3_file* file)
{
    return realMethods(file).xClose(real(file));
}

int readFile(sqlite3_file* file, void* to, int bytes, sqlite3_int64 at)
{
    if (own(file)->faults->dead())
        return SQLITE_IOERR_READ;
    return realMethods(file).xRead(real(file), to, bytes, at);
}

int writeFile(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at)
{
    DiskFaults& faults = *own(file)->faults;
    if (faults.dead())
        return SQLITE_IOERR_WRITE;
    if (faults.boundsGrowth()) {
        sqlite3_int64 size = 0;
        if (const int code = realMethods(file).xFileSize(real(file), &size); code != SQLITE_OK)
            return code;
        const sqlite3_int64 growth = at + bytes - size;
        if (growth > 0 && !faults.mayGrow(static_cast<std::uint64_t>(growth)))
            return SQLITE_FULL;
    }
    return realMethods(file).xWrite(real(file), from, bytes, at);
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size)
{
    if (own(file)->faults->dead())
        return SQLITE_IOERR_TRUNCATE;
    return realMethods(file).xTruncate(real(file), size);
}

int syncFile(sqlite3_file* file, int flags)
{
    return own(file)->faults->maySync() ? realMethods(file).xSync(real(file), flags) : SQLITE_IOERR_FSYNC;
}

int fileSize(sqlite3_file* file, sqlite3_int64* size)
{
    return realMethods(file).xFileSize(real(file), size);
}

int lockFile(sqlite3_file* file, int level)
{
    return realMethods(file).xLock(real(file), level);
}

int unlockFile(sqlite3_file* file, int level)
{
    return realMethods(file).xUnlock(real(file), level);
}

int checkReservedLock(sqlite3_file* file, int* held)
{
    return realMethods(file).xCheckReservedLock(real(file), held);
}

int fileControl(sqlite3_file* file, int operation, void* argument)
{
    return realMethods(file).xFileControl(real(file), operation, argument);
}

int sectorSize(sqlite3_file* file)
{
    return realMethods(file).xSectorSize(real(file));
}

int deviceCharacteristics(sqlite3_file* file)
{
    return realMethods(file).xDeviceCharacteristics(real(file));
}

int mapShared(sqlite3_file* file, int region, int bytes, int extend, void volatile** to)
{
    return realMethods(file).xShmMap(real(file), region, bytes, extend, to);
}

int lockShared(sqlite3_file* file, int offset, int count, int flags)
{
    return realMethods(file).xShmLock(real(file), offset, count, flags);
}

void sharedBarrier(sqlite3_file* file)
{
    realMethods(file).xShmBarrier(real(file));
}

int unmapShared(sqlite3_file* file, int remove)
{
    return realMethods(file).xShmUnmap(real(file), remove);
}

int fetchPage(sqlite3_file* file, sqlite3_int64 at, int bytes, void** page)
{
    return realMethods(file).xFetch(real(file), at, bytes, page);
}

int unfetchPage(sqlite3_file* file, sqlite3_int64 at, void* page)
{
    return realMethods(file).xUnfetch(real(file), at, page);
}

constexpr int methodsVersion = 3;
constexpr sqlite3_io_methods faultMethods = {methodsVersion,
                                             closeFile,
                                             readFile,
                                             writeFile,
                                             truncateFile,
                                             syncFile,
                                             fileSize,
                                             lockFile,
                                             unlockFile,
                                             checkReservedLock,
                                             fileControl,
                                             sectorSize,
                                             deviceCharacteristics,
                                             mapShared,
                                             lockShared,
                                             sharedBarrier,
                                             unmapShared,
                                             fetchPage,
                                             unfetchPage};

sqlite3_vfs* machine()
{
    return sqlite3_vfs_find(nullptr);
}

DiskFaults* faultsOf(const sqlite3_vfs* vfs)
{
    return static_cast<FaultVfs*>(vfs->pAppData)->faults().get();
}

int openFile(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flagsOut)
{
    file->pMethods = nullptr;
    own(file)->faults = faultsOf(vfs);
    if (own(file)->faults->dead())
        return SQLITE_CANTOPEN;
    const int code = machine()->xOpen(machine(), name, real(file), flags, flagsOut);
    const sqlite3_io_methods* methods = real(file)->pMethods;
    if (methods != nullptr && methods->iVersion < methodsVersion) {
        methods->xClose(real(file));
        return SQLITE_CANTOPEN;
    }
    if (methods != nullptr)
        file->pMethods = &faultMethods;
    return code;
}

int deleteFile(sqlite3_vfs* vfs, const char* name, int syncDirectory)
{
    if (faultsOf(vfs)->dead())
        return SQLITE_IOERR_DELETE;
    return machine()->xDelete(machine(), name, syncDirectory);
}

int accessFile(sqlite3_vfs*, const char* name, int flags, int* result)
{
    return machine()->xAccess(machine(), name, flags, result);
}

int fullPathname(sqlite3_vfs*, const char* name, int bytes, char* out)
{
    return machine()->xFullPathname(machine(), name, bytes, out);
}

int randomness(sqlite3_vfs*, int bytes, char* out)
{
    return machine()->xRandomness(machine(), bytes, out);
}

int sleepFor(sqlite3_vfs*, int microseconds)
{
    return machine()->xSleep(machine(), microseconds);
}

int currentTime(sqlite3_vfs*, double* days)
{
    return machine()->xCurrentTime(machine(), days);
}

int lastError(sqlite3_vfs*, int bytes, char* text)
{
    return machine()->xGetLastError(machine(), bytes, text);
}

/// "dsmsg-faults:/the/directory" for a file in it.
QByteArray nameOf(const QString& directory)
{
    return "dsmsg-faults:" + QFile::encodeName(QDir::cleanPath(QFileInfo(directory).absoluteFilePath()));
}

} // namespace

FaultVfs::FaultVfs(QByteArray name)
    : name_(std::move(name))
    , vfs_(std::make_unique<sqlite3_vfs>())
{
    vfs_->iVersion = 1;
    vfs_->szOsFile = static_cast<int>(sizeof(FaultFile)) + machine()->szOsFile;
    vfs_->mxPathname = machine()->mxPathname;
    vfs_->zName = name_.constData();
    vfs_->pAppData = this;
    vfs_->xOpen = openFile;
    vfs_->xDelete = deleteFile;
    vfs_->xAccess = accessFile;
    vfs_->xFullPathname = fullPathname;
    vfs_->xRandomness = randomness;
    vfs_->xSleep = sleepFor;
    vfs_->xCurrentTime = currentTime;
    vfs_->xGetLastError = lastError;
}

Result<std::unique_ptr<FaultVfs>> FaultVfs::install(const QString& directory)
{
    const QByteArray name = nameOf(directory);
    if (sqlite3_vfs_find(name.constData()) != nullptr)
        return Error{Error::Kind::Refused, "Faults are being injected into " + directory.toStdString() +
                                               " by another node already"};
    std::unique_ptr<FaultVfs> self(new FaultVfs(name));
    if (sqlite3_vfs_register(self->vfs_.get(), 0) != SQLITE_OK)
        return Error{Error::Kind::Io, "SQLite does not take a VFS for " + directory.toStdString()};
    return self;
}

FaultVfs::~FaultVfs()
{
    sqlite3_vfs_unregister(vfs_.get());
}

QByteArray FaultVfs::nameFor(const QString& file)
{
    const QByteArray name = nameOf(QFileInfo(file).absolutePath());
    return sqlite3_vfs_find(name.constData()) != nullptr ? name : QByteArray();
}

std::shared_ptr<DiskFaults> FaultVfs::faultsOf(const QString& file)
{
    const sqlite3_vfs* vfs = sqlite3_vfs_find(nameOf(QFileInfo(file).absolutePath()).constData());
    return vfs != nullptr ? static_cast<FaultVfs*>(vfs->pAppData)->faults() : nullptr;
}

} // namespace dsmsg::storage

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The few file operations whose durability matters and that Qt does not offer: making a name durable means
// syncing the directory that holds it (fsync(2)).
#pragma once

#include <string_view>

#include <QString>

#include "core/base/Result.h"

namespace dsmsg::storage {

/// An Io or DiskFull error with errno's text: "Cannot <action> <path>: <reason>".
Error systemError(const char* action, const QString& path, int errorNumber);

Result<void> syncDirectory(const QString& path);
/// Makes the directory and its missing parents, mode 0700, each one durable.
Result<void> createDirectory(const QString& path);
/// Replaces the file's contents so that after a crash there is the old file or the new one, nothing between.
Result<void> replaceFile(const QString& path, std::string_view contents);
/// Renames a file or directory over whatever has the name; durable after syncDirectory().
Result<void> renameFile(const QString& from, const QString& to);
/// A database with its -wal and -shm, as far as they are there.
Result<void> removeDatabase(const QString& path);
/// NotFound when there is no such file.
Result<QByteArray> readSmallFile(const QString& path, qint64 bytesMax);

/// A descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int fd = -1)
        : fd_(fd)
    {
    }
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept
        : fd_(other.release())
    {
    }
    Descriptor& operator=(Descriptor&& other) noexcept;

    int get() const { return fd_; }
    bool valid() const { return fd_ >= 0; }
    int release();

private:
    int fd_;
};

} // namespace dsmsg::storage

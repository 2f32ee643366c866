// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/SystemFiles.h"

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dsmsg::storage {

namespace {

Result<void> writeAll(int fd, std::string_view contents, const QString& path)
{
    while (!contents.empty()) {
        const ssize_t written = ::write(fd, contents.data(), contents.size());
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return systemError("write", path, errno);
        }
        contents.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

} // namespace

Error systemError(const char* action, const QString& path, int errorNumber)
{
    const bool full = errorNumber == ENOSPC || errorNumber == EDQUOT;
    return {full ? Error::Kind::DiskFull : Error::Kind::Io, std::string("Cannot ") + action + " " +
                                                                path.toStdString() + ": " +
                                                                std::generic_category().message(errorNumber)};
}

Result<void> syncDirectory(const QString& path)
{
    const Descriptor directory(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.valid())
        return systemError("open", path, errno);
    if (::fsync(directory.get()) != 0)
        return systemError("sync", path, errno);
    return {};
}

Result<void> createDirectory(const QString& path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return {};
    const QString parent = info.absolutePath();
    if (parent != path) {
        if (auto made = createDirectory(parent); !made)
            return made;
    }
    if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0 && errno != EEXIST)
        return systemError("create the directory", path, errno);
    if (!QFileInfo(path).isDir())
        return systemError("use as a directory", path, ENOTDIR);
    return syncDirectory(parent);
}

Result<void> replaceFile(const QString& path, std::string_view contents)
{
    const QString temporary = path + QStringLiteral(".new");
    {
        const Descriptor file(
            ::open(QFile::encodeName(temporary).constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        if (!file.valid())
            return systemError("create", temporary, errno);
        if (auto written = writeAll(file.get(), contents, temporary); !written)
            return written;
        if (::fsync(file.get()) != 0)
            return systemError("sync", temporary, errno);
    }
    if (auto renamed = renameFile(temporary, path); !renamed)
        return renamed;
    return syncDirectory(QFileInfo(path).absolutePath());
}

Result<void> renameFile(const QString& from, const QString& to)
{
    if (std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0)
        return systemError("rename to", to, errno);
    return {};
}

Result<void> removeDatabase(const QString& path)
{
    for (const char* suffix :
         {"", "-wal", "-shm"}) { // the database first: without its WAL it would look whole
        const QString file = path + QLatin1String(suffix);
        if (::unlink(QFile::encodeName(file).constData()) != 0 && errno != ENOENT)
            return systemError("remove", file, errno);
    }
    return {};
}

Result<QByteArray> readSmallFile(const QString& path, qint64 bytesMax)
{
    QFile file(path);
    if (!file.exists())
        return Error{Error::Kind::NotFound, "There is no file " + path.toStdString()};
    if (!file.open(QIODevice::ReadOnly))
        return Error{Error::Kind::Io,
                     "Cannot read " + path.toStdString() + ": " + file.errorString().toStdString()};
    return file.read(bytesMax);
}

Descriptor::~Descriptor()
{
    if (fd_ >= 0)
        ::close(fd_);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept
{
    if (this != &other) {
        if (fd_ >= 0)
            ::close(fd_);
        fd_ = other.release();
    }
    return *this;
}

int Descriptor::release()
{
    return std::exchange(fd_, -1);
}

} // namespace dsmsg::storage

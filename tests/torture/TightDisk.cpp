// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/torture/TightDisk.h"

#include <QDir>
#include <QFile>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

namespace dsmsg::torture {

namespace {

constexpr quint64 wide = quint64{4} << 30;

QByteArray sizeOption(quint64 bytes)
{
    return "size=" + QByteArray::number(bytes);
}

} // namespace

std::unique_ptr<TightDisk> TightDisk::mountAt(const QString& directory)
{
    if (!QDir().mkpath(directory) || ::unshare(CLONE_NEWNS) != 0 ||
        ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("dsmsg-torture", QFile::encodeName(directory).constData(), "tmpfs", 0,
                sizeOption(wide).constData()) != 0)
        return nullptr;
    return std::unique_ptr<TightDisk>(new TightDisk(directory));
}

TightDisk::~TightDisk()
{
    ::umount2(QFile::encodeName(directory_).constData(), MNT_DETACH);
}

bool TightDisk::leave(quint64 bytes) const
{
    struct statvfs space = {};
    if (::statvfs(QFile::encodeName(directory_).constData(), &space) != 0)
        return false;
    return resize(quint64{space.f_blocks - space.f_bfree} * space.f_frsize + bytes);
}

bool TightDisk::widen() const
{
    return resize(wide);
}

bool TightDisk::resize(quint64 bytes) const
{
    return ::mount("dsmsg-torture", QFile::encodeName(directory_).constData(), "tmpfs", MS_REMOUNT,
                   sizeOption(bytes).constData()) == 0;
}

} // namespace dsmsg::torture

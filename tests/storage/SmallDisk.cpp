// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/SmallDisk.h"

#include <QFile>

#include <sched.h>
#include <sys/mount.h>

namespace dsmsg::storage::testing {

SmallDisk::SmallDisk(int bytes)
    : bytes_(bytes)
{
    const QByteArray size = "size=" + QByteArray::number(bytes);
    mounted_ = ::unshare(CLONE_NEWNS) == 0 &&
               ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
               ::mount("tmpfs", QFile::encodeName(path()).constData(), "tmpfs", 0, size.constData()) == 0;
}

SmallDisk::~SmallDisk()
{
    if (mounted_)
        ::umount2(QFile::encodeName(path()).constData(), MNT_DETACH);
}

void SmallDisk::fill() const
{
    QFile ballast(path() + QStringLiteral("/ballast"));
    if (ballast.open(QIODevice::WriteOnly))
        ballast.write(QByteArray(bytes_ / 2, 'x'));
}

void SmallDisk::release() const
{
    QFile::remove(path() + QStringLiteral("/ballast"));
}

} // namespace dsmsg::storage::testing

// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file system of a chosen size, so that a full disk is a real one. Mounted in a mount namespace of this
// process: it vanishes with it, however it ends.
#pragma once

#include <QTemporaryDir>

namespace dsmsg::storage::testing {

class SmallDisk
{
public:
    explicit SmallDisk(int bytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    /// False where this process may not mount.
    bool mounted() const { return mounted_; }
    QString path() const { return mountPoint_.path(); }
    /// Takes most of the free space, so that the rest is used up soon; release() gives it back.
    void fill() const;
    void release() const;

private:
    QTemporaryDir mountPoint_;
    bool mounted_ = false;
    int bytes_ = 0;
};

} // namespace dsmsg::storage::testing

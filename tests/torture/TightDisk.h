// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file system whose size can be changed under a running node: a tmpfs in a mount namespace of this process,
// which vanishes with it. Full means that its limit is moved to what is used, so that nothing has to be
// written to fill it.
#pragma once

#include <QString>
#include <memory>

namespace dsmsg::torture {

class TightDisk
{
public:
    /// Before any thread is started: the namespace is the calling thread's and that of what it starts. Null
    /// where that is not allowed.
    static std::unique_ptr<TightDisk> mountAt(const QString& directory);

    ~TightDisk();
    TightDisk(const TightDisk&) = delete;
    TightDisk& operator=(const TightDisk&) = delete;

    bool leave(quint64 bytes) const; ///< that many more can be written
    bool widen() const;

private:
    explicit TightDisk(QString directory)
        : directory_(std::move(directory))
    {
    }
    bool resize(quint64 bytes) const;

    QString directory_;
};

} // namespace dsmsg::torture

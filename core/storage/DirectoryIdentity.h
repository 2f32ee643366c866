// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two small files that say whose a data directory is: the identity, which is made with it, and the lock,
// which its user holds.
#pragma once

#include <string>

#include <QString>

#include "core/base/Ids.h"
#include "core/base/Result.h"
#include "core/storage/SystemFiles.h"

namespace dsmsg::storage {

struct DirectoryIdentity
{
    ServerId server;
    std::string node;
    /// This directory replaces one that belonged to a cluster, or was made to join one: its node must never
    /// take part in forming another, for it may have forgotten that it voted.
    bool joinsOnly = false;
};

QString identityFile(const QString& directory);

/// NotFound, Refused (a newer version's) or Corrupt.
Result<DirectoryIdentity> readIdentity(const QString& directory);
/// Durable; replaces the one that is there.
Result<void> writeIdentity(const QString& directory, const DirectoryIdentity& identity);
/// Random, not 0.
ServerId newServerId();

/// Against every other opener, in this process too. Refused: somebody holds it.
Result<Descriptor> lockDirectory(const QString& directory);

} // namespace dsmsg::storage

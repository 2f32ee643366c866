// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two ways back for an operator whose cluster is gone, both to a cluster of one node under a new cluster id,
// so that nothing of the old cluster can ever mix with it; the others join it anew.
#pragma once

#include <string>
#include <vector>

#include <QString>

#include "core/base/Ids.h"
#include "core/base/Result.h"
#include "core/storage/Backup.h"

namespace dsmsg::storage {

struct RestoredCluster
{
    ClusterId cluster; ///< new
    ServerId server;   ///< the new incarnation of its only node
    BackupTotals totals;
    BackupHeader header;
};

/// Makes the data directory of a node whose state is the backup's. `url` is normalised. Refused: the
/// directory is not empty. Nothing is left of a restore that fails.
Result<RestoredCluster> restoreBackup(const QString& file, const QString& dataDirectory,
                                      const std::string& nodeId, const std::string& url);

struct RecoveredNode
{
    ClusterId formerCluster;
    ClusterId cluster; ///< new
    std::string node;
    ServerId server;    ///< new
    LogIndex lastIndex; ///< of the log as it was found
    messaging::AppliedState applied;
    std::vector<std::string> certain;   ///< a sentence each
    std::vector<std::string> mayBeLost; ///< same
    std::vector<std::string> next;      ///< what to do now
};

/// Makes the node of this directory the only member of a new cluster, for when the majority of the old one is
/// gone for good. Its log is kept, committed or not. May be repeated. Refused: in use, or the node never
/// belonged to a cluster. Corrupt: what is stored cannot be trusted; restore a backup instead.
Result<RecoveredNode> recoverAsSoleMember(const QString& dataDirectory, const std::string& url);

} // namespace dsmsg::storage

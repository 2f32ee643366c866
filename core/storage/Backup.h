// SPDX-License-Identifier: GPL-3.0-or-later
//
// A backup: the state of a cluster in one file, made of the chunks of a snapshot (messaging/Snapshot.h). It
// can be checked and restored without the cluster it came from.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <QFile>
#include <QString>

#include "core/base/Clock.h"
#include "core/base/Ids.h"
#include "core/base/Result.h"
#include "core/messaging/Store.h"

namespace dsmsg::storage {

struct BackupHeader
{
    UnixTime made{};
    ClusterId cluster; ///< it was made from
    std::string node;  ///< same
    bool operator==(const BackupHeader&) const = default;
};

struct BackupTotals
{
    std::uint64_t chunks = 0;
    std::uint64_t messages = 0;
    std::uint64_t commandBytes = 0;
    messaging::AppliedState state; ///< the mark: everything applied up to it is in the backup
    bool operator==(const BackupTotals&) const = default;
};

/// How far a backup has been written or read, and whether the next chunk belongs there.
struct BackupProgress
{
    Seq position;
    LogIndex index; ///< of the last entry in it
    bool complete = false;
    BackupTotals totals;

    /// False, and nothing changes, when `chunk` does not follow.
    bool take(const messaging::StateChunk& chunk);
};

/// Writes to `<path>.partial`; the file has its name only when it is whole and durable.
class BackupWriter
{
public:
    static Result<BackupWriter> create(const QString& path, const BackupHeader& header);

    /// The next chunk continues this.
    Seq position() const { return progress_.position; }
    /// An encoded chunk (messaging::encodeChunk), checked. Invalid: damaged, or it does not continue
    /// position().
    Result<void> add(std::string_view chunk);
    /// The last chunk has been added.
    bool complete() const { return progress_.complete; }
    /// After complete(): the file is made durable under its name.
    Result<BackupTotals> finish();

private:
    BackupWriter() = default;
    Result<void> writeFrame(char kind, std::string_view payload);

    QString path_;
    std::unique_ptr<QFile> file_;
    BackupProgress progress_;
};

/// Corrupt, from any call: damaged, or it ends too early. Refused: a newer version's.
class BackupReader
{
public:
    static Result<BackupReader> open(const QString& path);

    const BackupHeader& header() const { return header_; }
    /// None after the last chunk, once the whole has been found to be what its trailer says.
    Result<std::optional<messaging::StateChunk>> next();
    /// Of what was read so far.
    const BackupTotals& totals() const { return progress_.totals; }

private:
    struct Frame
    {
        char kind = 0;
        std::string payload;
    };

    BackupReader() = default;
    Result<Frame> readFrame();
    Result<void> checkTrailer(const Frame& frame);
    Error damaged(const std::string& how) const;

    QString path_;
    std::unique_ptr<QFile> file_;
    BackupHeader header_;
    BackupProgress progress_;
};

/// Reads it to its end; ids are not compared with each other, which only a restore does.
Result<BackupTotals> verifyBackup(const QString& path);

} // namespace dsmsg::storage

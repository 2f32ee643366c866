// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file is frames: kind u8, length u32, CRC-32 of kind and payload u32, payload; little-endian. One 'H' with
// ["dsmsg-backup", version, made, cluster, node], then a 'C' for each chunk, then one 'E' with the totals
// [chunks, messages, commandBytes, index, term, lastSeq, hash], and nothing behind it.
#include "core/storage/Backup.h"

#include <algorithm>
#include <array>

#include <QFileInfo>

#include <unistd.h>

#include "core/base/Cbor.h"
#include "core/messaging/Snapshot.h"
#include "core/storage/Bytes.h"
#include "core/storage/SystemFiles.h"

namespace dsmsg::storage {

namespace {

constexpr std::string_view magic = "dsmsg-backup";
constexpr std::uint64_t backupVersion = 1;
constexpr std::size_t frameHeaderBytes = 9;
constexpr std::uint32_t frameBytesMax = 256u << 20; // far beyond any chunk: one message and some

std::uint32_t checksum(char kind, std::string_view payload)
{
    return crc32(payload, crc32({&kind, 1}));
}

std::string encode(const BackupHeader& header)
{
    CborWriter writer;
    writer.array(5);
    writer.text(magic);
    writer.unsignedInteger(backupVersion);
    writer.integer(header.made.time_since_epoch().count());
    writer.bytes(header.cluster.view());
    writer.text(header.node);
    return writer.take();
}

std::string encode(const BackupTotals& totals)
{
    CborWriter writer;
    writer.array(7);
    writer.unsignedInteger(totals.chunks);
    writer.unsignedInteger(totals.messages);
    writer.unsignedInteger(totals.commandBytes);
    writer.unsignedInteger(totals.state.index.value);
    writer.unsignedInteger(totals.state.term.value);
    writer.unsignedInteger(totals.state.lastSeq.value);
    writer.bytes(totals.state.hash.view());
    return writer.take();
}

Error fileError(const QFile& file, const char* action)
{
    const bool full = file.error() == QFileDevice::ResourceError;
    return {full ? Error::Kind::DiskFull : Error::Kind::Io, std::string("Cannot ") + action + " " +
                                                                file.fileName().toStdString() + ": " +
                                                                file.errorString().toStdString()};
}

} // namespace

bool BackupProgress::take(const messaging::StateChunk& chunk)
{
    const bool later = chunk.segments.empty() || chunk.segments.front().index > index;
    const LogIndex last = chunk.segments.empty() ? index : chunk.segments.back().index;
    if (complete || chunk.after != position || !later || (chunk.finished && chunk.finished->index < last))
        return false;
    position = chunk.through();
    index = last;
    ++totals.chunks;
    for (const messaging::StateSegment& segment : chunk.segments) {
        totals.messages += segment.count;
        totals.commandBytes += segment.command.size();
    }
    complete = chunk.finished.has_value();
    if (complete)
        totals.state = *chunk.finished;
    return true;
}

Result<BackupWriter> BackupWriter::create(const QString& path, const BackupHeader& header)
{
    if (QFile::exists(path))
        return Error{Error::Kind::Refused, path.toStdString() + " exists already: choose another name"};
    BackupWriter self;
    self.path_ = path;
    self.file_ = std::make_unique<QFile>(path + QStringLiteral(".partial"));
    if (!self.file_->open(QIODevice::WriteOnly | QIODevice::Truncate))
        return fileError(*self.file_, "create");
    if (auto written = self.writeFrame('H', encode(header)); !written)
        return written.error();
    return self;
}

Result<void> BackupWriter::writeFrame(char kind, std::string_view payload)
{
    std::array<char, frameHeaderBytes> head{kind};
    storeLittle(&head[1], static_cast<std::uint32_t>(payload.size()));
    storeLittle(&head[5], checksum(kind, payload));
    if (file_->write(head.data(), head.size()) != qint64(head.size()) ||
        file_->write(payload.data(), qint64(payload.size())) != qint64(payload.size()))
        return fileError(*file_, "write");
    return {};
}

Result<void> BackupWriter::add(std::string_view chunk)
{
    const auto decoded = messaging::decodeChunk(chunk);
    if (!decoded)
        return decoded.error();
    BackupProgress progress = progress_;
    if (!progress.take(*decoded))
        return Error{Error::Kind::Invalid, "A piece of the backup does not follow the one before it"};
    if (auto written = writeFrame('C', chunk); !written)
        return written;
    progress_ = progress;
    return {};
}

Result<BackupTotals> BackupWriter::finish()
{
    DSMSG_ASSERT(progress_.complete, "a backup without its end must not look like one");
    if (auto written = writeFrame('E', encode(progress_.totals)); !written)
        return written.error();
    if (!file_->flush() || ::fsync(file_->handle()) != 0)
        return fileError(*file_, "sync");
    file_->close();
    if (auto renamed = renameFile(file_->fileName(), path_); !renamed)
        return renamed.error();
    if (auto synced = syncDirectory(QFileInfo(path_).absolutePath()); !synced)
        return synced.error();
    return progress_.totals;
}

Error BackupReader::damaged(const std::string& how) const
{
    return {Error::Kind::Corrupt, "The backup " + path_.toStdString() + " " + how};
}

Result<BackupReader> BackupReader::open(const QString& path)
{
    BackupReader self;
    self.path_ = path;
    self.file_ = std::make_unique<QFile>(path);
    if (!self.file_->exists())
        return Error{Error::Kind::NotFound, "There is no file " + path.toStdString()};
    if (!self.file_->open(QIODevice::ReadOnly))
        return fileError(*self.file_, "read");
    auto frame = self.readFrame();
    if (!frame || frame->kind != 'H')
        return self.damaged("is damaged at its beginning, or no backup of dsmsg");
    CborReader reader(frame->payload);
    const bool ours = reader.array() == 5 && reader.text() == magic;
    const std::uint64_t version = reader.unsignedInteger();
    if (ours && reader.ok() && version != backupVersion)
        return Error{Error::Kind::Refused, path.toStdString() + " has version " + std::to_string(version) +
                                               ", this program knows " + std::to_string(backupVersion) +
                                               ": use the program that made it"};
    self.header_.made = UnixTime(Duration(reader.integer()));
    const std::string_view cluster = reader.bytes();
    self.header_.node = reader.text();
    if (!ours || !reader.finished() || cluster.size() != self.header_.cluster.bytes.size())
        return self.damaged("has a header that cannot be read");
    std::ranges::copy(cluster, reinterpret_cast<char*>(self.header_.cluster.bytes.data()));
    return self;
}

Result<BackupReader::Frame> BackupReader::readFrame()
{
    const QByteArray head = file_->read(frameHeaderBytes);
    if (head.isEmpty() && file_->atEnd())
        return damaged("ends too early: it was not finished, or cut off");
    if (head.size() != qsizetype(frameHeaderBytes))
        return damaged("is cut off");
    const auto length = loadLittle<std::uint32_t>(head.constData() + 1);
    if (length > frameBytesMax || file_->bytesAvailable() < qint64(length))
        return damaged("is cut off or damaged after byte " + std::to_string(file_->pos()));
    Frame frame{head[0], std::string(length, '\0')};
    if (file_->read(frame.payload.data(), qint64(length)) != qint64(length))
        return fileError(*file_, "read");
    if (checksum(frame.kind, frame.payload) != loadLittle<std::uint32_t>(head.constData() + 5))
        return damaged("is damaged before byte " + std::to_string(file_->pos()));
    return frame;
}

Result<std::optional<messaging::StateChunk>> BackupReader::next()
{
    auto frame = readFrame();
    if (!frame)
        return frame.error();
    if (progress_.complete) {
        if (auto checked = checkTrailer(*frame); !checked)
            return checked.error();
        return std::optional<messaging::StateChunk>();
    }
    auto chunk = messaging::decodeChunk(frame->payload);
    if (!chunk)
        return chunk.error();
    if (frame->kind != 'C' || !progress_.take(*chunk))
        return damaged("has a piece that does not follow the one before it");
    return std::optional(std::move(*chunk));
}

Result<void> BackupReader::checkTrailer(const Frame& frame)
{
    if (frame.kind != 'E' || frame.payload != encode(progress_.totals))
        return damaged("does not hold what its end says");
    if (!file_->atEnd())
        return damaged("goes on behind its end");
    return {};
}

Result<BackupTotals> verifyBackup(const QString& path)
{
    auto reader = BackupReader::open(path);
    if (!reader)
        return reader.error();
    while (true) {
        auto chunk = reader->next();
        if (!chunk)
            return chunk.error();
        if (!*chunk)
            return reader->totals();
    }
}

} // namespace dsmsg::storage

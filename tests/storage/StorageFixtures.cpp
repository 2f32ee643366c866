// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/StorageFixtures.h"

#include <QDir>
#include <QFile>

#include "core/base/Assert.h"
#include "core/messaging/Command.h"

namespace dsmsg::storage::testing {

messaging::Message makeMessage(std::uint64_t number, const std::string& sender, const std::string& recipient)
{
    messaging::Message message;
    // Shaped like a UUID, as most clients send.
    message.msgId = "5f0c2f7e-8d1a-4c55-9b3e-" + std::to_string(100000000000 + number);
    message.sender = sender;
    message.recipient = recipient;
    message.payload = "\"" + std::string(100, 'x') + std::to_string(number) + "\"";
    message.originalTs =
        UnixTime(std::chrono::microseconds(1700000000000000 + static_cast<std::int64_t>(number)));
    message.receiveTs = message.originalTs + std::chrono::microseconds(250);
    return message;
}

raft::EntryPtr makeEntry(std::uint64_t index, std::uint64_t term, std::string data, raft::EntryKind kind)
{
    return std::make_shared<const raft::Entry>(
        raft::Entry{Term(term), LogIndex(index), kind, std::move(data)});
}

raft::EntryPtr makeCommand(std::uint64_t index, std::uint64_t term,
                           const std::vector<messaging::Message>& messages)
{
    return makeEntry(index, term, messaging::encodeBatch(messages));
}

raft::Write makeWrite(std::uint64_t term, std::vector<raft::EntryPtr> entries, std::uint64_t truncateFrom,
                      std::uint64_t votedFor)
{
    raft::Write write;
    write.hardState = raft::HardState{Term(term), ServerId(votedFor)};
    write.truncateFrom = LogIndex(truncateFrom);
    write.entries = std::move(entries);
    return write;
}

Place::Place()
    : temporary_(std::make_unique<QTemporaryDir>())
    , path_(temporary_->path() + QStringLiteral("/data"))
{
}

const DataDirectory& Place::open()
{
    directory_.reset();
    auto opened = DataDirectory::open(path_, "n1");
    DSMSG_ASSERT(opened.ok(), opened.error().text.c_str());
    directory_ = std::move(*opened);
    return *directory_;
}

std::unique_ptr<LogStore> Place::openLog()
{
    auto log = LogStore::open(open());
    DSMSG_ASSERT(log.ok(), log.error().text.c_str());
    return std::move(*log);
}

QString Place::file(const char* name) const
{
    return path_ + QLatin1Char('/') + QLatin1String(name);
}

std::unique_ptr<Place> Place::copy() const
{
    auto place = std::make_unique<Place>();
    QDir().mkpath(place->path());
    for (const QString& name : QDir(path_).entryList(QDir::Files)) {
        const bool copied =
            QFile::copy(path_ + QLatin1Char('/') + name, place->path() + QLatin1Char('/') + name);
        DSMSG_ASSERT(copied, "the copy of a data directory must be whole");
    }
    return place;
}

void damage(const QString& path, qint64 offset, qint64 count)
{
    QFile file(path);
    const bool opened = file.open(QIODevice::ReadWrite) && file.seek(offset);
    DSMSG_ASSERT(opened, "the file to damage must exist");
    QByteArray bytes = file.read(count);
    DSMSG_ASSERT(bytes.size() == count, "the bytes to damage must exist");
    for (char& byte : bytes)
        byte = static_cast<char>(byte ^ 0x10);
    file.seek(offset);
    file.write(bytes);
}

} // namespace dsmsg::storage::testing

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/StoreSubject.h"

#include <QTest>

#include "core/messaging/Command.h"
#include "core/messaging/Snapshot.h"
#include "core/storage/StateStore.h"
#include "tests/storage/StorageFixtures.h"
#include "tests/support/MemoryStore.h"

namespace dsmsg::storage::testing {

using namespace dsmsg::messaging;

namespace {

class MemorySubject final : public Subject
{
public:
    Store& store() override { return store_; }
    MessageReader& reader() override { return reader_; }

private:
    dsmsg::testing::MemoryStore store_;
    dsmsg::testing::MemoryReader reader_{store_};
};

class SqliteSubject final : public Subject
{
public:
    SqliteSubject()
    {
        place_.open();
        open();
    }
    Store& store() override { return *store_; }
    MessageReader& reader() override { return *reader_; }
    void settle() override
    {
        while (store_->maintain().value()) {
        }
    }
    void reopen() override
    {
        reader_.reset();
        store_.reset();
        open();
    }

private:
    void open()
    {
        store_ = StateStore::open(place_.directory()).value();
        reader_ = openMessageReader(place_.directory().stateDatabase()).value();
    }

    Place place_;
    std::unique_ptr<StateStore> store_;
    std::unique_ptr<MessageReader> reader_;
};

} // namespace

std::unique_ptr<Subject> makeSubject(const QString& kind)
{
    if (kind == QLatin1String("memory"))
        return std::make_unique<MemorySubject>();
    return std::make_unique<SqliteSubject>();
}

std::vector<Message> streamOf(std::uint64_t first, std::uint64_t count)
{
    std::vector<Message> messages;
    for (std::uint64_t number = first; number < first + count; ++number)
        messages.push_back(
            makeMessage(number, "s" + std::to_string(number % 5), "r" + std::to_string(number % 7)));
    return messages;
}

/// Moves one chunk after the target's position through its encoding; true when it was the last.
bool moveChunk(Store& from, Store& to, std::size_t bytesMax)
{
    const StateChunk read = from.readChunk(to.applied().lastSeq, bytesMax).value();
    const StateChunk chunk = decodeChunk(encodeChunk(read)).value();
    DSMSG_ASSERT(chunk == read, "a chunk comes back from its encoding as it was");
    const auto added = SnapshotBuilder(to).add(chunk);
    DSMSG_ASSERT(added.ok(), added ? "" : added.error().text.c_str());
    return chunk.finished.has_value();
}

std::vector<AppliedMessage> StoreTest::apply(const std::vector<Message>& messages, UnixTime watermark)
{
    const std::vector entries{makeEntry(++index_, 3, encodeBatch(messages, watermark))};
    return machine_->apply(entries).value().front().messages;
}

void StoreTest::initTestCase_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("memory") << QStringLiteral("memory");
    QTest::newRow("sqlite") << QStringLiteral("sqlite");
}

void StoreTest::init()
{
    QFETCH_GLOBAL(QString, kind);
    subject_ = makeSubject(kind);
    machine_ = std::make_unique<StateMachine>(subject_->store());
    index_ = 0;
}

void StoreTest::cleanup()
{
    machine_.reset();
    subject_.reset();
}

} // namespace dsmsg::storage::testing

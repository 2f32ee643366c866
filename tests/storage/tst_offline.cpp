// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an operator does while no node runs: verify finds every damage and complains of nothing sound; a
// backup comes back as the state it was made of; a lone survivor becomes a cluster.
#include <functional>

#include <QDir>
#include <QFile>
#include <QTest>

#include "core/base/Random.h"
#include "core/messaging/Command.h"
#include "core/messaging/Snapshot.h"
#include "core/storage/Backup.h"
#include "core/storage/Database.h"
#include "core/storage/Restore.h"
#include "core/storage/SnapshotInstall.h"
#include "core/storage/StateStore.h"
#include "core/storage/Verify.h"
#include "tests/storage/StorageFixtures.h"

using namespace dsmsg;
using namespace dsmsg::messaging;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;

namespace {

constexpr std::uint64_t entriesMade = 60;
const std::string url = "http://127.0.0.1:8000";

raft::Configuration threeVoters(ServerId self)
{
    raft::Configuration configuration;
    configuration.cluster.bytes[3] = 77;
    configuration.members = {{self, "n1", url, raft::MemberRole::Voter, {}},
                             {ServerId(2), "n2", "http://127.0.0.1:8001", raft::MemberRole::Voter, {}},
                             {ServerId(3), "n3", "http://127.0.0.1:8002", raft::MemberRole::Voter, {}}};
    return configuration;
}

/// A node's directory after some life: formed, messages with duplicates, the last `behind` entries not
/// applied.
class Life
{
public:
    explicit Life(std::uint64_t behind = 0)
    {
        const DataDirectory& directory = place.open();
        log = LogStore::open(directory).value();
        state = StateStore::open(directory).value();
        std::vector<raft::EntryPtr> entries{
            makeEntry(1, 1, raft::encodeConfiguration(threeVoters(directory.server())),
                      raft::EntryKind::Form),
            makeEntry(2, 2, "", raft::EntryKind::NoOp)};
        for (std::uint64_t index = 3; index <= entriesMade; ++index)
            entries.push_back(
                makeEntry(index, 2 + index / 20,
                          encodeBatch(std::vector{makeMessage(3 * index), makeMessage(3 * index + 1, "bob"),
                                                  makeMessage(3 * index - 2, "bob")},
                                      makeMessage(3 * index - 30).originalTs)));
        const raft::Write write = makeWrite(9, entries);
        DSMSG_ASSERT(log->write({&write, 1}).ok(), "the log must be written");
        entries.resize(entries.size() - behind);
        DSMSG_ASSERT(StateMachine(*state).apply(entries).ok(), "the entries must apply");
    }
    void close()
    {
        log.reset();
        state.reset();
        place.close();
    }
    void compact(std::uint64_t index)
    {
        DSMSG_ASSERT(state->sync().ok(), "the checkpoint must be made");
        raft::Write write = makeWrite(9, {});
        write.compact =
            raft::LogBase{LogIndex(index), Term(2 + index / 20), threeVoters(place.directory().server())};
        DSMSG_ASSERT(log->write({&write, 1}).ok(), "the log must be compacted");
    }

    Place place;
    std::unique_ptr<LogStore> log;
    std::unique_ptr<StateStore> state;
};

std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    return text;
}

Verification verified(const QString& path)
{
    auto found = verifyDirectory(path);
    DSMSG_ASSERT(found.ok(), found ? "" : found.error().text.c_str());
    return std::move(*found);
}

void execute(const QString& path, const QString& sql)
{
    const auto done = Database::open(path, {}).value()->execute(sql);
    QVERIFY2(done.ok(), done ? "" : done.error().text.c_str());
}

BackupHeader header()
{
    BackupHeader header{UnixTime(Duration(1'700'000'000'123'456)), {}, "n1"};
    header.cluster.bytes[3] = 77;
    return header;
}

BackupTotals backUp(Store& store, const QString& file)
{
    auto writer = BackupWriter::create(file, header()).value();
    while (!writer.complete()) {
        const StateChunk chunk = store.readChunk(writer.position(), 1500).value();
        DSMSG_ASSERT(writer.add(encodeChunk(chunk)).ok(), "a chunk must follow");
    }
    return writer.finish().value();
}

} // namespace

Q_DECLARE_METATYPE(std::function<void(QString)>)

class OfflineTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> temporary_;
    QString path(const char* name) const
    {
        return temporary_->path() + QLatin1Char('/') + QLatin1String(name);
    }

private Q_SLOTS:
    void init() { temporary_ = std::make_unique<QTemporaryDir>(); }

    // --- verify ---

    void aSoundDirectoryHasNoProblems()
    {
        Life life(5);
        for (const bool killed : {true, false}) {
            const auto copy = life.place.copy();
            if (!killed)
                life.close();
            const QString where = killed ? copy->path() : life.place.path();
            const Verification found = verified(where);
            QVERIFY2(found.sound(), joined(found.problems).c_str());
            QCOMPARE(found.node, std::string("n1"));
            QCOMPARE(found.lastIndex, LogIndex(entriesMade));
            QCOMPARE(found.lastTerm, Term(5));
            QCOMPARE(found.hardState.term, Term(9));
            QCOMPARE(found.applied.index, LogIndex(entriesMade - 5));
            QCOMPARE(found.messages, found.applied.lastSeq.value);
            QVERIFY(found.messages > 100 && found.batches > 10);
            QCOMPARE(found.configuration.members.size(), std::size_t(3));
        }
    }

    void aCompactedDirectoryHasNoProblems()
    {
        Life life;
        life.compact(40);
        life.close();
        const Verification found = verified(life.place.path());
        QVERIFY2(found.sound(), joined(found.problems).c_str());
        QCOMPARE(found.base.index, LogIndex(40));
        QCOMPARE(found.configuration.members.size(), std::size_t(3));
    }

    void aFreshDirectoryHasNoProblems()
    {
        DataDirectory::open(path("fresh"), "n1").value();
        QVERIFY(verified(path("fresh")).sound());
        QCOMPARE(verifyDirectory(path("nothing")).error().kind, Error::Kind::NotFound);
        QVERIFY(QDir().mkdir(path("other")));
        QCOMPARE(verifyDirectory(path("other")).error().kind, Error::Kind::NotFound);
        QVERIFY(!QFile::exists(path("other/lock")));
    }

    void aDirectoryInUseIsRefused()
    {
        Life life;
        QCOMPARE(verifyDirectory(life.place.path()).error().kind, Error::Kind::Refused);
    }

    void everyDamageIsFound_data()
    {
        using Harm = std::function<void(QString)>;
        QTest::addColumn<Harm>("harm");
        const auto log = [](const char* sql) -> Harm {
            return [sql](const QString& where) {
                execute(where + QStringLiteral("/raft.db"), QLatin1String(sql));
            };
        };
        const auto state = [](const char* sql) -> Harm {
            return [sql](const QString& where) {
                execute(where + QStringLiteral("/state.db"), QLatin1String(sql));
            };
        };
        QTest::newRow("an entry altered")
            << log("UPDATE entry SET data = zeroblob(length(data)) WHERE log_index = 30");
        QTest::newRow("an entry missing") << log("DELETE FROM entry WHERE log_index = 30");
        QTest::newRow("the end missing") << log("DELETE FROM entry WHERE log_index > 58");
        QTest::newRow("the vote altered") << log("UPDATE hard_state SET voted_for = 3");
        QTest::newRow("a term run missing") << log("DELETE FROM term_run WHERE first_index = 20");
        QTest::newRow("a batch altered")
            << state("UPDATE batch SET segments = zeroblob(length(segments)) WHERE first_seq ="
                     " (SELECT first_seq FROM batch LIMIT 1 OFFSET 10)");
        QTest::newRow("a batch missing")
            << state("DELETE FROM batch WHERE first_seq = (SELECT first_seq FROM batch LIMIT 1 OFFSET 10)");
        QTest::newRow("the order of delivery altered") << state("UPDATE delivery SET reach = reach + 1");
        QTest::newRow("the order of delivery missing") << state("DELETE FROM delivery");
        QTest::newRow("the applied state altered") << state("UPDATE applied SET log_index = 20");
        QTest::newRow("no applied state") << state("DELETE FROM applied");
        QTest::newRow("the mark gone")
            << Harm([](const QString& where) { QFile::remove(where + QStringLiteral("/mark")); });
        QTest::newRow("the state gone")
            << Harm([](const QString& where) { QFile::remove(where + QStringLiteral("/state.db")); });
        QTest::newRow("a damage noted") << Harm([](const QString& where) {
            QVERIFY(DataDirectory::openExisting(where).value()->noteDamage("a bit fell over").ok());
        });
        QTest::newRow("some pages of the file") << Harm(
            [](const QString& where) { damage(where + QStringLiteral("/state.db"), 4096 * 4, 4096 * 3); });
    }

    void everyDamageIsFound()
    {
        QFETCH(std::function<void(QString)>, harm);
        Life life;
        life.close();
        harm(life.place.path());
        const Verification found = verified(life.place.path());
        QVERIFY(!found.sound());
    }

    void anIdInTheWrongPlaceIsFound()
    {
        Life life;
        // Past 32768 ids the first run is written; then one of its pages forgets an entry, with a right CRC.
        std::vector<raft::EntryPtr> entries;
        for (std::uint64_t index = entriesMade + 1; index <= entriesMade + 140; ++index) {
            std::vector<Message> messages;
            for (std::uint64_t n = 0; n < 256; ++n)
                messages.push_back(makeMessage(100000 + 256 * index + n));
            entries.push_back(makeCommand(index, 9, messages));
        }
        const raft::Write write = makeWrite(9, entries);
        QVERIFY(life.log->write({&write, 1}).ok());
        QVERIFY(StateMachine(*life.state).apply(entries).ok());
        life.close();
        QVERIFY(verified(life.place.path()).indexPages > 100);
        auto database = Database::open(life.place.file("state.db"), {}).value();
        QVERIFY(database->execute(QStringLiteral("UPDATE run SET through_seq = through_seq + 10")).ok());
        database.reset();
        const Verification found = verified(life.place.path());
        QVERIFY(joined(found.problems).find("not in the index") != std::string::npos);
    }

    // --- backups ---

    void aBackupComesBackAsItWas()
    {
        Life life;
        const BackupTotals totals = backUp(*life.state, path("b"));
        QCOMPARE(totals.state, life.state->applied());
        QCOMPARE(totals.messages, life.state->applied().lastSeq.value);
        QVERIFY(totals.chunks > 5);
        QVERIFY(!QFile::exists(path("b.partial")));
        QCOMPARE(verifyBackup(path("b")).value(), totals);
        QCOMPARE(BackupReader::open(path("b"))->header(), header());
        QCOMPARE(BackupWriter::create(path("b"), header()).error().kind, Error::Kind::Refused);
    }

    void anUnfinishedBackupHasNoName()
    {
        Life life;
        {
            auto writer = BackupWriter::create(path("b"), header()).value();
            QVERIFY(writer.add(encodeChunk(life.state->readChunk(Seq(), 1500).value())).ok());
            const auto again = writer.add(encodeChunk(life.state->readChunk(Seq(), 1500).value()));
            QCOMPARE(again.error().kind, Error::Kind::Invalid);
        }
        QVERIFY(!QFile::exists(path("b")));
        QCOMPARE(verifyBackup(path("b.partial")).error().kind, Error::Kind::Corrupt);
    }

    void everyDamageToABackupIsNoticed()
    {
        Life life;
        backUp(*life.state, path("b"));
        QFile whole(path("b"));
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray bytes = whole.readAll();
        Random random(4);
        const auto tryOut = [&](const QByteArray& changed) {
            QFile file(path("c"));
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(changed);
            file.close();
            QVERIFY(!verifyBackup(path("c")).ok());
        };
        for (int round = 0; round < 500; ++round) {
            QByteArray changed = bytes;
            const auto at = qsizetype(random.below(quint64(bytes.size())));
            if (round % 2 == 0)
                changed.truncate(at);
            else
                changed[at] = static_cast<char>(changed[at] ^ (1 << random.below(8)));
            tryOut(changed);
        }
        tryOut(bytes + "x");
        tryOut({});
    }

    void aRestoredDirectoryIsAWholeNode()
    {
        Life life;
        const AppliedState state = life.state->applied();
        backUp(*life.state, path("b"));
        const RestoredCluster restored =
            restoreBackup(path("b"), path("new"), "m1", "http://127.0.0.1:9000").value();
        QCOMPARE(restored.totals.state, state);
        QVERIFY(restored.cluster != header().cluster && !restored.cluster.isZero());
        const Verification found = verified(path("new"));
        QVERIFY2(found.sound(), joined(found.problems).c_str());
        QCOMPARE(found.node, std::string("m1"));
        QCOMPARE(found.applied, state);
        QCOMPARE(found.base.index, state.index);
        QCOMPARE(found.lastIndex, state.index);
        QCOMPARE(found.hardState.term, state.term);
        QCOMPARE(found.configuration.cluster, restored.cluster);
        QCOMPARE(found.configuration.members.size(), std::size_t(1));
        QCOMPARE(found.configuration.members[0].server, found.server);
        QCOMPARE(found.server, restored.server);

        const auto directory = DataDirectory::open(path("new"), "m1").value();
        QVERIFY(completeInstall(*directory, found.base).ok());
        const auto store = StateStore::open(*directory).value();
        const auto reader = openMessageReader(*directory).value();
        const auto original = openMessageReader(life.place.directory()).value();
        PageQuery query;
        query.limit = 1000;
        QCOMPARE(reader->page(query).value().messages, original->page(query).value().messages);
        QCOMPARE(store->findId(hashMessageId(makeMessage(9).msgId)).value(), std::optional(Seq(1)));
    }

    void aRestoreThatFailsLeavesNothing()
    {
        Life life;
        backUp(*life.state, path("b"));
        QCOMPARE(restoreBackup(path("b"), life.place.path(), "n1", url).error().kind, Error::Kind::Refused);
        damage(path("b"), QFile(path("b")).size() - 3);
        QCOMPARE(restoreBackup(path("b"), path("new"), "n1", url).error().kind, Error::Kind::Corrupt);
        QVERIFY(!QFile::exists(path("new")) && !QFile::exists(path("new.partial")));
    }

    // --- recovery of a lone survivor ---

    void aSurvivorBecomesAClusterOfItsOwn()
    {
        Life life(4);
        const ServerId before = life.place.directory().server();
        life.close();
        const RecoveredNode recovered = recoverAsSoleMember(life.place.path(), url).value();
        QCOMPARE(recovered.formerCluster.bytes[3], std::uint8_t(77));
        QCOMPARE(recovered.lastIndex, LogIndex(entriesMade));
        QCOMPARE(recovered.applied.index, LogIndex(entriesMade - 4));
        QVERIFY(recovered.server != before);
        const std::string certain = joined(recovered.certain);
        QVERIFY2(certain.find("4 entries after it") != std::string::npos, certain.c_str());
        QVERIFY(joined(recovered.mayBeLost).find("one of 3 voters; 2 of them") != std::string::npos);

        const Verification found = verified(life.place.path());
        QVERIFY2(found.sound(), joined(found.problems).c_str());
        QCOMPARE(found.server, recovered.server);
        QCOMPARE(found.lastIndex, LogIndex(entriesMade + 1));
        QCOMPARE(found.lastTerm, Term(10));
        QCOMPARE(found.configuration.cluster, recovered.cluster);
        QCOMPARE(found.configuration.members.size(), std::size_t(1));
        QCOMPARE(found.configuration.members[0].server, recovered.server);
        QVERIFY(!found.configuration.joint());
        QVERIFY(recoverAsSoleMember(life.place.path(), url).ok()); // once more does no harm
    }

    void aSurvivorWithACompactedLogIsRecoveredToo()
    {
        Life life;
        life.compact(entriesMade);
        life.close();
        QVERIFY(recoverAsSoleMember(life.place.path(), url).ok());
        const Verification found = verified(life.place.path());
        QVERIFY2(found.sound(), joined(found.problems).c_str());
        QCOMPARE(found.lastIndex, LogIndex(entriesMade + 1));
    }

    void whatCannotBeRecoveredIsRefused()
    {
        QCOMPARE(recoverAsSoleMember(path("nothing"), url).error().kind, Error::Kind::NotFound);
        {
            const auto directory = DataDirectory::open(path("fresh"), "n1").value();
            QVERIFY(LogStore::open(*directory).ok());
        }
        QCOMPARE(recoverAsSoleMember(path("fresh"), url).error().kind, Error::Kind::Refused);
        Life life;
        QCOMPARE(recoverAsSoleMember(life.place.path(), url).error().kind, Error::Kind::Refused);
        QVERIFY(life.place.directory().noteDamage("a bit fell over").ok());
        life.close();
        QCOMPARE(recoverAsSoleMember(life.place.path(), url).error().kind, Error::Kind::Corrupt);
    }
};

QTEST_GUILESS_MAIN(OfflineTest)
#include "tst_offline.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What storage costs, in figures: `bench_state [messages] [batch]` writes that many messages, in entries of
// `batch` messages, to a log and applies them to a state store in a temporary directory, then reads and
// reopens both. The result is lines of `name value unit`; nothing is asserted, since timings belong to the
// machine.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include "core/base/Random.h"
#include "core/messaging/Command.h"
#include "core/messaging/Snapshot.h"
#include "core/storage/LogStore.h"
#include "core/storage/SnapshotStaging.h"
#include "core/storage/StateStore.h"
#include "tests/storage/StorageFixtures.h"

namespace {

using namespace dsmsg;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;
using SteadyClock = std::chrono::steady_clock;

/// Wall time and this thread's own CPU time, summed over the stretches between start() and stop().
class Stopwatch
{
public:
    void start()
    {
        wallStart_ = SteadyClock::now();
        cpuStart_ = cpuNow();
    }
    /// The stretch's wall time in seconds.
    double stop()
    {
        const double took = std::chrono::duration<double>(SteadyClock::now() - wallStart_).count();
        wall_ += took;
        cpu_ += cpuNow() - cpuStart_;
        slowest_ = std::max(slowest_, took);
        return took;
    }
    double wall() const { return wall_; }
    double cpu() const { return cpu_; }
    double slowest() const { return slowest_; }

private:
    static double cpuNow()
    {
        timespec now{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
    }

    SteadyClock::time_point wallStart_;
    double cpuStart_ = 0;
    double wall_ = 0;
    double cpu_ = 0;
    double slowest_ = 0;
};

double secondsSince(SteadyClock::time_point start)
{
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

void print(const char* name, double value, const char* unit)
{
    std::printf("%-34s %12.3f %s\n", name, value, unit);
    std::fflush(stdout);
}

void print(const char* name, const Stopwatch& watch, std::uint64_t messages)
{
    std::printf("%-34s %12.3f us/message, %.3f of it CPU, slowest %.1f ms\n", name,
                watch.wall() * 1e6 / double(messages), watch.cpu() * 1e6 / double(messages),
                watch.slowest() * 1e3);
    std::fflush(stdout);
}

/// A field of /proc/self/io or /proc/self/status.
double procValue(const char* file, const char* field)
{
    QFile proc(QStringLiteral("/proc/self/") + QLatin1String(file));
    if (!proc.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : proc.readAll().split('\n')) {
        if (line.startsWith(field))
            return line.mid(qsizetype(qstrlen(field)) + 1).trimmed().split(' ').first().toDouble();
    }
    return 0;
}

template <class T>
T must(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().text.c_str());
        std::exit(1);
    }
    return std::move(result).value();
}

void must(const Result<void>& result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().text.c_str());
        std::exit(1);
    }
}

std::vector<messaging::Message> makeMessages(std::uint64_t first, std::uint64_t count)
{
    std::vector<messaging::Message> messages;
    for (std::uint64_t number = first; number < first + count; ++number)
        messages.push_back(
            makeMessage(number, "sender-" + std::to_string(number % 37),
                        number % 1000 == 0 ? "rare-" + std::to_string(number / 100000) : "all"));
    return messages;
}

void benchLog(const DataDirectory& directory, std::uint64_t messages, std::uint64_t batch)
{
    auto log = must(LogStore::open(directory));
    Stopwatch writing;
    Stopwatch maintaining;
    std::uint64_t index = 0;
    for (std::uint64_t done = 0; done < messages; done += batch) {
        const raft::EntryPtr entry = makeCommand(++index, 1, makeMessages(done, batch));
        const std::vector writes{makeWrite(1, {entry})};
        writing.start();
        must(log->write(writes));
        writing.stop();
        maintaining.start();
        must(log->maintain());
        maintaining.stop();
    }
    print("log: write, synced", writing, messages);
    print("log: a commit", writing.wall() * 1e6 / double(index), "us");
    print("log: checkpoints", maintaining, messages);
    log.reset();
    const auto start = SteadyClock::now();
    log = must(LogStore::open(directory));
    print("log: reopen", secondsSince(start) * 1e3, "ms");
}

/// The cost with one entry a message, many of them in one transaction.
void benchSmallEntries(const DataDirectory& directory, std::uint64_t batch)
{
    auto log = must(LogStore::open(directory));
    std::uint64_t index = log->takeRestored().lastIndex.value;
    const std::uint64_t rounds = 100;
    Stopwatch writing;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        std::vector<raft::Write> writes;
        for (std::uint64_t i = 0; i < batch; ++i, ++index)
            writes.push_back(makeWrite(1, {makeCommand(index + 1, 1, makeMessages(index, 1))}));
        writing.start();
        must(log->write(writes));
        writing.stop();
        must(log->maintain());
    }
    print("log: one entry a message, grouped", writing, rounds * batch);
}

void benchApply(const DataDirectory& directory, std::uint64_t messages, std::uint64_t batch)
{
    auto store = must(StateStore::open(directory));
    messaging::StateMachine machine(*store);
    Stopwatch applying;
    Stopwatch maintaining;
    std::uint64_t index = 0;
    const double writtenBefore = procValue("io", "wchar:");
    std::uint64_t reported = 0;
    double cpuReported = 0;
    for (std::uint64_t done = 0; done < messages; done += batch) {
        const std::vector entries{makeCommand(++index, 1, makeMessages(done, batch))};
        applying.start();
        must(machine.apply(entries));
        applying.stop();
        maintaining.start();
        must(store->maintain());
        maintaining.stop();
        if (done + batch - reported >= messages / 4) {
            const std::string name = "state: CPU at " + std::to_string((done + batch) / 1000) + "k messages";
            const double cpu = applying.cpu() + maintaining.cpu();
            print(name.c_str(), (cpu - cpuReported) * 1e6 / double(done + batch - reported), "us/message");
            reported = done + batch;
            cpuReported = cpu;
        }
    }
    print("state: apply", applying, messages);
    print("state: maintain", maintaining, messages);
    print("state: written", (procValue("io", "wchar:") - writtenBefore) / double(messages), "bytes/message");
    const auto start = SteadyClock::now();
    while (must(store->maintain())) {
    }
    print("state: catching up afterwards", secondsSince(start) * 1e3, "ms");
    store.reset();
    print("state: file", double(QFileInfo(directory.stateDatabase()).size()) / double(messages),
          "bytes/message");
    const auto reopening = SteadyClock::now();
    store = must(StateStore::open(directory));
    print("state: reopen", secondsSince(reopening) * 1e3, "ms");
}

/// Steady messages of which only the newest are kept: what a removed one costs, and how the file grows.
void benchRetention(const DataDirectory& directory, std::uint64_t messages, std::uint64_t batch)
{
    auto store = must(StateStore::open(directory));
    messaging::StateMachine machine(*store);
    const std::uint64_t kept = messages / 10;
    Stopwatch removing;
    Stopwatch maintaining;
    std::uint64_t index = 0;
    std::uint64_t removed = 0;
    double removalBytes = 0;
    std::uint64_t reported = 0;
    for (std::uint64_t done = 0; done < messages;) {
        must(machine.apply(std::vector{makeCommand(++index, 1, makeMessages(done, batch))}));
        done += batch;
        while (done - removed > kept + messaging::removalsMax) {
            const std::vector<messaging::Order> orders{
                messaging::Removal{{{Seq(removed + 1), messaging::removalsMax}}}};
            const std::vector entries{makeEntry(++index, 1, messaging::encodeBatch({}, {}, orders))};
            const double before = procValue("io", "wchar:");
            removing.start();
            must(machine.apply(entries));
            removing.stop();
            removalBytes += procValue("io", "wchar:") - before;
            removed += messaging::removalsMax;
        }
        maintaining.start();
        must(store->maintain());
        maintaining.stop();
        if (done - reported >= messages / 10) {
            reported = done;
            const std::string name = "retention: file at " + std::to_string(done / 1000) + "k messages";
            print(name.c_str(), double(QFileInfo(directory.stateDatabase()).size()) / 1e6, "MB");
        }
    }
    print("retention: removal in order", removing, removed);
    print("retention: written for it", removalBytes / double(removed), "bytes/message");
    print("retention: maintain", maintaining, messages);
}

/// One removal of messages far apart: what the apply thread stands still for.
void benchScattered(const DataDirectory& directory, std::uint64_t messages)
{
    auto store = must(StateStore::open(directory));
    messaging::StateMachine machine(*store);
    while (must(store->maintain())) {
    }
    Seq next(messages / 2);
    for (const std::uint64_t count : {std::uint64_t{512}, messages / 2 / 257}) {
        messaging::Removal removal;
        for (; removal.ranges.size() < std::min(count, messaging::removalsMax) && next < Seq(messages);
             next = next + 257)
            removal.ranges.push_back({next, 1});
        const std::vector<messaging::Order> orders{removal};
        const std::vector entries{
            makeEntry(store->applied().index.value + 1, 1, messaging::encodeBatch({}, {}, orders))};
        const auto start = SteadyClock::now();
        must(machine.apply(entries));
        const std::string name = "removal in " + std::to_string(removal.ranges.size()) + " rows";
        print(name.c_str(), secondsSince(start) * 1e3, "ms");
    }
}

/// findId and addBatch alone, without decoding and hashing.
void benchStore(const DataDirectory& directory, std::uint64_t messages, std::uint64_t batch)
{
    auto store = must(StateStore::open(directory));
    messaging::AppliedState state = store->applied();
    Random random(1);
    Stopwatch adding;
    const std::string command = messaging::encodeBatch(makeMessages(0, batch));
    const auto split = must(messaging::splitBatch(command));
    std::vector<messaging::MessageView> views;
    for (const std::string_view encoded : split)
        views.push_back(must(messaging::decodeMessage(encoded)));
    for (std::uint64_t done = 0; done < messages; done += batch) {
        messaging::BatchRecord record;
        record.firstSeq = state.lastSeq.next();
        record.term = Term(1);
        record.index = ++state.index;
        record.command = command;
        record.count = static_cast<std::uint32_t>(batch);
        for (const messaging::MessageView& view : views) {
            record.ids.push_back(random.bits128());
            record.senders.push_back(view.sender);
            record.recipients.push_back(view.recipient);
        }
        state.lastSeq = state.lastSeq + batch;
        adding.start();
        must(store->begin());
        for (const auto& id : record.ids)
            must(store->findId(id));
        must(store->addBatch(record));
        must(store->commit(state));
        adding.stop();
        must(store->maintain());
    }
    print("state: store alone", adding, messages);
}

/// From one state to another through chunks, as a follower gets it.
void benchSnapshot(const DataDirectory& directory, std::uint64_t messages)
{
    auto store = must(StateStore::open(directory));
    auto staging = must(SnapshotStaging::open(directory));
    Stopwatch reading;
    Stopwatch adding;
    std::uint64_t bytes = 0;
    for (SnapshotStaging::Stored stored; !stored.finishedAt;) {
        reading.start();
        const std::string chunk =
            messaging::encodeChunk(must(store->readChunk(Seq(stored.position), messaging::chunkBytes)));
        reading.stop();
        bytes += chunk.size();
        adding.start();
        stored = must(staging->store(stored.position, chunk));
        adding.stop();
    }
    print("snapshot: read and encode", reading, messages);
    print("snapshot: stage", adding, messages);
    print("snapshot: slowest chunk staged", adding.slowest() * 1e3, "ms");
    print("snapshot: size", double(bytes) / double(messages), "bytes/message");
}

messaging::PageQuery query(Seq after, std::optional<std::string> sender, std::optional<std::string> recipient)
{
    messaging::PageQuery query;
    query.after = after;
    query.sender = std::move(sender);
    query.recipient = std::move(recipient);
    return query;
}

/// Pages a second of `rounds` queries that `next` makes.
template <class Next>
void benchQueries(messaging::MessageReader& reader, const char* name, int rounds, Next next)
{
    Stopwatch reading;
    for (int i = 0; i < rounds; ++i) {
        reading.start();
        must(reader.page(next(i)));
        reading.stop();
    }
    std::printf("%-34s %12.0f pages/s of CPU, slowest %.1f ms\n", name, rounds / reading.cpu(),
                reading.slowest() * 1e3);
}

void benchPages(const DataDirectory& directory, std::uint64_t messages)
{
    auto store = must(StateStore::open(directory));
    auto reader = must(openMessageReader(directory.stateDatabase()));
    Random random(7);
    const auto anywhere = [&] { return Seq(random.below(messages)); };
    benchQueries(*reader, "page of 50, random place", 5000, [&](int) { return query(anywhere(), {}, {}); });
    benchQueries(*reader, "page of 50, one after another", 5000,
                 [&](int i) { return query(Seq(std::uint64_t(i) * 50), {}, {}); });
    benchQueries(*reader, "page of 50, by sender", 500,
                 [&](int) { return query(anywhere(), "sender-5", {}); });
    benchQueries(*reader, "page of 50, by rare recipient", 500, [&](int) {
        return query(Seq(), {}, "rare-" + std::to_string(random.below(messages / 100000 + 1)));
    });
    benchQueries(*reader, "page of 50, sender and recipient", 500, [&](int) {
        return query(Seq(), "sender-7", "rare-" + std::to_string(random.below(messages / 100000 + 1)));
    });
    benchQueries(*reader, "page of 50, unknown sender", 500,
                 [&](int i) { return query(Seq(), "nobody-" + std::to_string(i), {}); });
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const std::uint64_t messages = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1000000;
    const std::uint64_t batch = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 256;
    const std::string_view only = argc > 3 ? argv[3] : "";
    const auto wanted = [only](std::string_view part) { return only.empty() || only == part; };
    Place place;
    place.open();
    if (wanted("log")) {
        benchLog(place.directory(), messages / 4, batch);
        benchSmallEntries(place.directory(), batch);
    }
    if (wanted("apply") || wanted("pages") || wanted("snapshot"))
        benchApply(place.directory(), messages, batch);
    if (wanted("pages"))
        benchPages(place.directory(), messages);
    if (wanted("snapshot"))
        benchSnapshot(place.directory(), messages);
    if (only == "scattered") {
        benchApply(place.directory(), messages, batch);
        benchScattered(place.directory(), messages);
    }
    if (only == "retention") // in a state of its own
        benchRetention(place.directory(), messages, batch);
    if (wanted("store"))
        benchStore(place.directory(), messages / 4, batch);
    print("resident", procValue("status", "VmRSS:") / 1024, "MiB");
    return 0;
}

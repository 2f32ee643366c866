// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messaging/Command.h"
#include "core/storage/AppliedRow.h"
#include "core/storage/Bytes.h"
#include "core/storage/Migrations.h"
#include "core/storage/StateIndexes.h"
#include "core/storage/VerifyParts.h"

namespace dsmsg::storage {

namespace {

class StateVerifier
{
public:
    StateVerifier(Database& database, Verification& out, Complaints& complaints)
        : applied_(database)
        , batches_(database)
        , indexes_(database)
        , out_(out)
        , complaints_(complaints)
    {
    }

    void run()
    {
        if (auto loaded = load(); !loaded)
            return complaints_.add(loaded.error());
        Seq end(1);
        const auto read = batches_.forEach(Seq(1), [&](const BatchRow& row) -> Result<bool> {
            end = row.endSeq();
            verifyBatch(row);
            return !complaints_.full();
        });
        if (!read)
            complaints_.add(read.error());
        else if (end != out_.applied.lastSeq.next() && !complaints_.full())
            complaints_.add("The batches end before seq " + std::to_string(end.value) + ", the state says " +
                            std::to_string(out_.applied.lastSeq.value));
    }

private:
    Result<void> load()
    {
        auto applied = applied_.load();
        if (!applied)
            return applied.error();
        out_.applied = *applied;
        if (auto loaded = indexes_.load(*applied, batches_); !loaded)
            return loaded;
        auto pages = indexes_.check();
        if (!pages)
            return pages.error();
        out_.indexPages = *pages;
        return {};
    }

    void verifyBatch(const BatchRow& row)
    {
        ++out_.batches;
        out_.messageBytes += static_cast<std::uint64_t>(row.segments.size());
        const auto batch = unpackBatch(row.firstSeq, row.count, row.segments);
        if (!batch)
            return complaints_.add(batch.error());
        std::vector<std::string_view> senders;
        std::vector<std::string_view> recipients;
        for (Seq seq = row.firstSeq; seq < row.endSeq() && !complaints_.full(); ++seq) {
            const auto& item = batch->items[seq - row.firstSeq];
            const auto message = messaging::decodeMessage(item.encoded);
            if (!message) {
                complaints_.add("Seq " + std::to_string(seq.value) + " cannot be decoded");
                continue;
            }
            verifyPlace(item, seq);
            verifyId(message->msgId, seq);
            senders.push_back(message->sender);
            recipients.push_back(message->recipient);
            ++out_.messages;
        }
        const auto names = decodeNames(viewOf(row.names));
        if (!complaints_.full() && (!names || *names != distinctNames(senders, recipients)))
            complaints_.add("The names of the batch at seq " + std::to_string(row.firstSeq.value) +
                            " are not those of its messages");
    }

    /// Seqs are given out in the order of the entries.
    void verifyPlace(const UnpackedBatch::Item& item, Seq seq)
    {
        if (item.index < lastIndex_ || item.term < lastTerm_ || item.index > out_.applied.index)
            complaints_.add("Seq " + std::to_string(seq.value) + " comes from entry " +
                            std::to_string(item.index.value) + ", which does not fit those around it");
        lastIndex_ = item.index;
        lastTerm_ = item.term;
    }

    /// An id that is there twice shows as well: the index knows only one seq for it.
    void verifyId(std::string_view msgId, Seq seq)
    {
        const auto found = indexes_.find(messaging::hashMessageId(msgId));
        if (!found)
            return complaints_.add(found.error());
        if (!found->has_value())
            complaints_.add("The id of seq " + std::to_string(seq.value) +
                            " is not in the index: a retry of it "
                            "would be stored twice");
        else if (**found != seq)
            complaints_.add("The id of seq " + std::to_string(seq.value) + " is also that of seq " +
                            std::to_string((*found)->value));
    }

    AppliedRow applied_;
    BatchTable batches_;
    StateIndexes indexes_;
    Verification& out_;
    Complaints& complaints_;
    LogIndex lastIndex_;
    Term lastTerm_;
};

} // namespace

Result<void> verifyState(const DataDirectory& directory, Verification& out, Complaints& complaints)
{
    auto database = openToVerify(directory.stateDatabase(), stateMigrations().back().version, complaints);
    if (!database || !*database)
        return database ? Result<void>() : database.error();
    StateVerifier(**database, out, complaints).run();
    if (!complaints.full())
        verifyDeliveries(**database, out.applied, complaints);
    return {};
}

} // namespace dsmsg::storage

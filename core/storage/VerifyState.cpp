// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messaging/Command.h"
#include "core/storage/AppliedRow.h"
#include "core/storage/Bytes.h"
#include "core/storage/ExpiryTable.h"
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
        , expiryTable_(database)
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
        if (read.ok() && !complaints_.full())
            compareKept();
    }
    /// Of messages that are to go, each with its row.
    std::uint64_t expiries() const { return expiries_; }

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
            verifyId(message->id(), seq);
            ++out_.messages;
            if (message->remnantOf)
                continue;
            senders.push_back(message->sender);
            recipients.push_back(message->recipient);
            verifyExpiry(*message, seq);
            kept_.first = kept_.messages == 0 ? seq : kept_.first;
            ++kept_.messages;
            kept_.bytes += messaging::contentBytes(*message);
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

    void verifyExpiry(const messaging::MessageView& message, Seq seq)
    {
        const auto expiry = message.expiry();
        if (!expiry)
            return;
        ++expiries_;
        const auto found = expiryTable_.contains({seq, *expiry});
        if (!found)
            complaints_.add(found.error());
        else if (!*found)
            complaints_.add("Seq " + std::to_string(seq.value) +
                            " has a ttl, but is not among the messages that are to go");
    }

    void compareKept()
    {
        const messaging::KeptMessages& said = out_.applied.kept;
        if (kept_.messages == 0)
            kept_.first = out_.applied.lastSeq.next();
        if (!AppliedRow::isCounted(said) || said == kept_)
            return;
        complaints_.add("The batches keep " + describe(kept_) + "; the state says " + describe(said));
    }

    static std::string describe(const messaging::KeptMessages& kept)
    {
        return std::to_string(kept.messages) + " messages from seq " + std::to_string(kept.first.value) +
               " on, " + std::to_string(kept.bytes) + " bytes";
    }

    /// An id that is there twice shows as well: the index knows only one seq for it.
    void verifyId(const messaging::IdHash& id, Seq seq)
    {
        const auto found = indexes_.find(id);
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
    ExpiryTable expiryTable_;
    Verification& out_;
    Complaints& complaints_;
    messaging::KeptMessages kept_;
    std::uint64_t expiries_ = 0;
    LogIndex lastIndex_;
    Term lastTerm_;
};

} // namespace

Result<void> verifyState(const DataDirectory& directory, Verification& out, Complaints& complaints)
{
    auto database = openToVerify(directory.stateDatabase(), stateMigrations().back().version, complaints);
    if (!database || !*database)
        return database ? Result<void>() : database.error();
    StateVerifier verifier(**database, out, complaints);
    verifier.run();
    if (!complaints.full())
        verifyDeliveries(**database, out.applied, complaints);
    if (!complaints.full())
        verifyInboxes(**database, out.applied, verifier.expiries(), complaints);
    return {};
}

} // namespace dsmsg::storage

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/StateIndexes.h"

#include "core/storage/IndexRecovery.h"

namespace dsmsg::storage {

Result<void> StateIndexes::load(const messaging::AppliedState& applied, BatchTable& batches)
{
    auto listed = table_.list();
    if (!listed)
        return listed.error();
    if (!listed->empty())
        nextRunId_ = listed->back().id + 1;
    if (auto loaded = ids_.load(*listed); !loaded)
        return loaded;
    if (auto loaded = postings_.load(*listed); !loaded)
        return loaded;
    return recoverIndexes(applied, batches, ids_, postings_);
}

void StateIndexes::add(Seq firstSeq, std::span<const messaging::IdHash> ids, std::span<const NameHash> names)
{
    Seq seq = firstSeq;
    for (const messaging::IdHash& id : ids) {
        ids_.add(IndexKey::ofHash(id), seq);
        ++seq;
    }
    postings_.add(names, firstSeq);
}

Result<StateIndexes::Flushed> StateIndexes::flushFull(Seq lastSeq)
{
    const Flushed flushed{ids_.isFull(), postings_.isFull()};
    if (flushed.postings) {
        if (auto done = postings_.flush(nextRunId_++, lastSeq); !done)
            return done.error();
    }
    if (flushed.ids) {
        if (auto done = ids_.flush(nextRunId_++, lastSeq); !done)
            return done.error();
    }
    return flushed;
}

Result<void> StateIndexes::step()
{
    if (ids_.runs().hasWork())
        return ids_.runs().step(nextRunId_++);
    return postings_.runs().hasWork() ? postings_.runs().step(nextRunId_++) : Result<void>();
}

Result<std::uint64_t> StateIndexes::check()
{
    std::uint64_t pages = 0;
    for (const RunSet* runs : {&ids_.runs(), &postings_.runs()}) {
        for (const RunPtr& run : runs->runs()) {
            for (std::size_t number = 0; number < run->fences.size(); ++number, ++pages) {
                if (const auto page = table_.page(*run, number); !page)
                    return page.error();
            }
        }
    }
    return pages;
}

void StateIndexes::begin()
{
    ids_.begin();
    postings_.begin();
}

void StateIndexes::committed()
{
    ids_.committed();
    postings_.committed();
}

void StateIndexes::rolledBack()
{
    ids_.rolledBack();
    postings_.rolledBack();
}

} // namespace dsmsg::storage

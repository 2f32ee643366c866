// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messaging/RetentionScan.h"

#include <algorithm>

namespace dsmsg::messaging {

namespace {

/// Read at once, at most.
constexpr std::uint32_t pageMessages = 256;
constexpr std::size_t pageBytes = 1u << 20;
/// Read by one call, for all rules together.
constexpr int pagesPerCall = 32;

/// One removal rewrites at most this many rows of messages, about; apply stands still meanwhile. A row holds
/// some hundred messages.
constexpr std::uint64_t stretchesPerRemoval = 512;
constexpr std::uint64_t stretchSeqs = 256;
/// And takes about this much away: rows of large messages are larger.
constexpr std::uint64_t bytesPerRemoval = 32u << 20;

/// Ascending `seqs` up to what lies in too many stretches.
void cutScattered(std::vector<Seq>& seqs)
{
    std::uint64_t stretches = 0;
    std::uint64_t current = UINT64_MAX;
    const auto end = std::ranges::find_if(seqs, [&](Seq seq) {
        if (seq.value / stretchSeqs != current) {
            current = seq.value / stretchSeqs;
            ++stretches;
        }
        return stretches > stretchesPerRemoval;
    });
    seqs.erase(end, seqs.end());
}

std::vector<SeqRange> rangesOf(std::vector<Seq> seqs)
{
    std::ranges::sort(seqs);
    seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
    seqs.resize(std::min<std::size_t>(seqs.size(), removalsMax));
    cutScattered(seqs);
    std::vector<SeqRange> ranges;
    for (const Seq seq : seqs) {
        if (ranges.empty() || ranges.back().end() != seq)
            ranges.push_back({seq, 0});
        ++ranges.back().count;
    }
    return ranges;
}

} // namespace

Result<RetentionScan::Found> RetentionScan::find(UnixTime now)
{
    pagesLeft_ = pagesPerCall;
    bytesLeft_ = bytesPerRemoval;
    std::vector<Seq> seqs;
    if (auto found = findExpired(now, seqs); !found)
        return found.error();
    auto rules = store_.rules();
    if (!rules)
        return rules.error();
    std::erase_if(counts_, [&](const auto& counted) {
        return std::ranges::none_of(
            *rules, [&](const RetentionRule& rule) { return rule.recipient == counted.first; });
    });
    if (!seqs.empty())
        return Found{rangesOf(std::move(seqs)), true};
    // In turn: however much one rule has to do, and however many there are, the others come too.
    const auto isNext = [&](const RetentionRule& rule) { return rule.recipient >= turn_; };
    std::rotate(rules->begin(), std::find_if(rules->begin(), rules->end(), isNext), rules->end());
    for (std::size_t i = 0; quiet_ < rules->size(); i = (i + 1) % rules->size()) {
        auto unfinished = apply((*rules)[i], now, seqs);
        if (!unfinished)
            return unfinished.error();
        // One cause at a time: what one removes, the next must not count any more.
        if (!seqs.empty() || *unfinished) {
            quiet_ = seqs.empty() ? quiet_ : 0;
            turn_ = (*rules)[seqs.empty() ? i : (i + 1) % rules->size()].recipient;
            return Found{rangesOf(std::move(seqs)), true};
        }
        ++quiet_;
    }
    quiet_ = 0;
    turn_ = {};
    return Found{{}, false};
}

Result<bool> RetentionScan::apply(const RetentionRule& rule, UnixTime now, std::vector<Seq>& seqs)
{
    if (!rule.recipient) {
        const KeptMessages kept = store_.applied().kept;
        Walk walk{rule, now, kept.messages, kept.bytes, kept.first.previous()};
        return go(walk, seqs);
    }
    Count& counted = counts_[*rule.recipient];
    auto uncounted = count(*rule.recipient, counted);
    if (!uncounted)
        return uncounted;
    Walk walk{rule, now, counted.messages, counted.bytes, counted.oldest};
    auto unfinished = go(walk, seqs);
    if (!unfinished)
        return unfinished;
    counted.oldest = walk.after;
    return *uncounted || *unfinished;
}

Result<void> RetentionScan::findExpired(UnixTime now, std::vector<Seq>& seqs)
{
    const auto expired = store_.expired(now, removalsMax);
    if (!expired)
        return expired.error();
    for (const Seq seq : *expired) {
        const auto message = reader_.bySeq(seq);
        if (!message)
            return message.error();
        if (*message && (*message)->delivery && !take(**message, seqs))
            break;
    }
    return {};
}

/// False: that is enough for one removal.
bool RetentionScan::take(const StoredMessage& stored, std::vector<Seq>& seqs)
{
    if (seqs.size() == removalsMax || bytesLeft_ == 0)
        return false;
    bytesLeft_ -= std::min(bytesLeft_, contentBytes(stored.message));
    seqs.push_back(stored.seq);
    return true;
}

Result<bool> RetentionScan::count(const std::string& recipient, Count& counted)
{
    PageQuery query;
    query.limit = pageMessages;
    query.bytesMax = pageBytes;
    query.recipient = recipient;
    for (bool more = counted.through < store_.applied().lastSeq; more;) {
        if (pagesLeft_ == 0)
            return true;
        --pagesLeft_;
        query.after = counted.through;
        const auto page = reader_.page(query);
        if (!page)
            return page.error();
        for (const StoredMessage& stored : page->messages) {
            ++counted.messages;
            counted.bytes += contentBytes(stored.message);
        }
        counted.through = page->scannedThrough;
        more = page->more;
    }
    return false;
}

/// From the oldest on, since what is older goes first whichever limit is passed.
Result<bool> RetentionScan::go(Walk& walk, std::vector<Seq>& seqs)
{
    if (walk.rule.limits.age == Duration{} && !walk.passesCounts())
        return false;
    PageQuery query;
    query.after = walk.after;
    query.limit = pageMessages;
    query.bytesMax = pageBytes;
    query.recipient = walk.rule.recipient;
    while (seqs.size() < removalsMax) {
        if (pagesLeft_ == 0)
            return true;
        --pagesLeft_;
        const auto page = reader_.page(query);
        if (!page)
            return page.error();
        // Not beyond what this call finds: it is still there, and its removal may be lost.
        if (seqs.empty())
            walk.after =
                page->messages.empty() ? page->scannedThrough : page->messages.front().seq.previous();
        for (const StoredMessage& stored : page->messages) {
            if (!walk.takes(stored))
                return false;
            if (!take(stored, seqs))
                return true;
        }
        if (!page->more)
            return false;
        query.after = page->scannedThrough;
    }
    return true;
}

bool RetentionScan::Walk::passesCounts() const
{
    const RetentionLimits& limits = rule.limits;
    return (limits.messages > 0 && messages > limits.messages) || (limits.bytes > 0 && bytes > limits.bytes);
}

bool RetentionScan::Walk::takes(const StoredMessage& stored)
{
    const RetentionLimits& limits = rule.limits;
    const bool tooOld = limits.age > Duration{} && stored.message.receiveTs + limits.age <= now;
    if (!(tooOld || passesCounts()) || !stored.delivery)
        return false;
    messages -= std::min<std::uint64_t>(messages, 1);
    bytes -= std::min(bytes, contentBytes(stored.message));
    return true;
}

void RetentionScan::removed(std::span<const RemovedMessage> messages)
{
    for (const RemovedMessage& message : messages) {
        const auto counted = counts_.find(message.recipient);
        if (counted == counts_.end() || message.seq > counted->second.through)
            continue;
        --counted->second.messages;
        counted->second.bytes -= message.bytes;
    }
}

} // namespace dsmsg::messaging

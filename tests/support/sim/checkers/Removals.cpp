// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/checkers/Removals.h"

#include <algorithm>

namespace dsmsg::sim {

void Removals::onWrite(const ClusterView&, const NodeView& node, const raft::Write& write)
{
    if (node.role != raft::Role::Leader)
        return;
    for (const raft::EntryPtr& entry : write.entries) {
        if (entry->kind != raft::EntryKind::Command || entry->term != node.term ||
            messaging::ordersOf(entry->data).empty())
            continue;
        const UnixTime latest = node.time.cluster + node.time.bound.value_or(Duration{});
        written_[{entry->index, entry->term}] = std::max(latest, node.time.stamped);
    }
}

void Removals::onStep(const ClusterView&, const NodeView&)
{
    while (LogIndex(reached_.size()) < committed_.last()) {
        const raft::EntryPtr& entry = committed_.at(LogIndex(reached_.size()).next()).entry;
        if (entry->kind == raft::EntryKind::Command)
            applyCommand(entry);
        const Seq first = all_.seqs.empty() ? Seq(messages_.size()).next() : *all_.seqs.begin();
        reached_.push_back({first, all_.seqs.size(), all_.bytes});
    }
}

void Removals::applyCommand(const raft::EntryPtr& entry)
{
    watermark_ = std::max(watermark_, messaging::watermarkOf(entry->data));
    const auto messages = messaging::splitBatch(entry->data);
    const std::vector<Seq>& seqs = committed_.seqsAt(entry->index);
    for (std::size_t i = 0; messages && i < messages->size(); ++i) {
        if (seqs[i].value > messages_.size())
            add(*messaging::decodeMessage((*messages)[i]), seqs[i]);
    }
    for (const messaging::Order& order : messaging::ordersOf(entry->data)) {
        if (const auto* rule = std::get_if<messaging::RetentionRule>(&order))
            rules_[rule->recipient] = rule->limits;
        else if (const auto* removal = std::get_if<messaging::Removal>(&order))
            remove(*removal, *entry);
    }
}

void Removals::add(const messaging::MessageView& message, Seq seq)
{
    // As sent: not by the message's own idea of when it ends.
    messages_.push_back({std::string(message.recipient),
                         messaging::contentBytes(message),
                         message.receiveTs,
                         message.orderTs(),
                         message.ttl,
                         {}});
    for (Kept* kept : {&all_, &of_[messages_.back().recipient]}) {
        kept->seqs.insert(seq);
        kept->bytes += messages_.back().bytes;
    }
}

void Removals::remove(const messaging::Removal& removal, const raft::Entry& entry)
{
    const auto written = written_.find({entry.index, entry.term});
    if (written == written_.end())
        return fail("no leader wrote the removal in entry ", entry.index);
    for (const messaging::SeqRange& range : removal.ranges) {
        for (Seq seq = range.first; seq < range.end(); ++seq) {
            if (seq.value > messages_.size())
                return fail("entry ", entry.index, " removes seq ", seq, ", which there is not");
            Known& message = messages_[seq.value - 1];
            if (message.removedAt)
                continue;
            if (message.orderTs > watermark_)
                return fail("entry ", entry.index, " removes seq ", seq, ", which is not delivered");
            if (!allowed(message, seq, written->second))
                return fail("entry ", entry.index, " removes seq ", seq, " to '", message.recipient,
                            "': no ttl has ended (received ", message.received.time_since_epoch().count(),
                            ", ttl ", message.ttl ? message.ttl->count() : 0, ", at most ",
                            written->second.time_since_epoch().count(),
                            ") and no rule says so; cluster: ", describe(std::nullopt, all_),
                            "; recipient: ", describe(message.recipient, of_[message.recipient]));
            message.removedAt = entry.index;
            for (Kept* kept : {&all_, &of_[message.recipient]}) {
                kept->seqs.erase(seq);
                kept->bytes -= message.bytes;
            }
        }
    }
}

bool Removals::allowed(const Known& message, Seq seq, UnixTime latest)
{
    if (message.ttl && message.received + *message.ttl <= latest) {
        ++causes_.ttl;
        return true;
    }
    return allowedBy(rules_[std::nullopt], all_, message, seq, latest) ||
           allowedBy(rules_[message.recipient], of_[message.recipient], message, seq, latest);
}

bool Removals::allowedBy(const messaging::RetentionLimits& limits, const Kept& kept, const Known& message,
                         Seq seq, UnixTime latest)
{
    if (*kept.seqs.begin() != seq)
        return false;
    const bool age = limits.age > Duration{} && message.received + limits.age <= latest;
    const bool count = limits.messages > 0 && kept.seqs.size() > limits.messages;
    const bool bytes = limits.bytes > 0 && kept.bytes > limits.bytes;
    causes_.age += age ? 1u : 0u;
    causes_.count += count ? 1u : 0u;
    causes_.bytes += bytes ? 1u : 0u;
    return age || count || bytes;
}

std::string Removals::describe(const std::optional<std::string>& recipient, const Kept& kept)
{
    const messaging::RetentionLimits& limits = rules_[recipient];
    return text("keeps ", kept.seqs.size(), " messages of ", kept.bytes, " bytes from seq ",
                *kept.seqs.begin(), " on, the rule allows ", limits.messages, ", ", limits.bytes, " and ",
                limits.age.count() / 1000, " ms");
}

bool Removals::removedBy(Seq seq, LogIndex index) const
{
    const LogIndex at =
        seq && seq.value <= messages_.size() ? messages_[seq.value - 1].removedAt : LogIndex{};
    return at && at <= index;
}

void Removals::compare(const NodeView& node)
{
    const LogIndex index = node.state.applied.index;
    if (!index || index > LogIndex(reached_.size()))
        return;
    const messaging::KeptMessages& expected = reached_[index.value - 1];
    const messaging::KeptMessages& is = node.state.applied.kept;
    if (is != expected)
        fail(nameOfSlot(node.slot), " keeps ", is.messages, " messages of ", is.bytes, " bytes from seq ",
             is.first, " on after entry ", index, ", it should be ", expected.messages, " of ",
             expected.bytes, " from ", expected.first, " on");
}

void Removals::onAcknowledge(const ClusterView&, const NodeView& node, const Acknowledgement& told)
{
    const bool removed = removedBy(told.seq, node.state.applied.index);
    if (told.duplicate && told.expired != removed)
        fail(nameOfSlot(node.slot), " says of ", told.msgId, ", seq ", told.seq, ", that it is ",
             told.expired ? "removed" : "kept", ", and it is not");
}

} // namespace dsmsg::sim

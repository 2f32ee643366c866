// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/checkers/Inboxes.h"

#include <algorithm>
#include <iterator>

#include "core/messaging/Command.h"

namespace dsmsg::sim {

void InboxCursors::onStep(const ClusterView&, const NodeView&)
{
    while (seen_ < committed_.last()) {
        ++seen_;
        const raft::EntryPtr& entry = committed_.at(seen_).entry;
        if (entry->kind != raft::EntryKind::Command)
            continue;
        for (const Seq seq : committed_.seqsAt(seen_))
            lastSeq_ = std::max(lastSeq_, seq);
        for (const messaging::Order& order : messaging::ordersOf(entry->data)) {
            const auto* move = std::get_if<messaging::MoveCursor>(&order);
            if (move == nullptr || move->seq > lastSeq_)
                continue;
            History& history = cursors_[move->recipient];
            history[seen_] = std::max(at(history, seen_), move->seq);
        }
    }
}

Seq InboxCursors::at(const History& history, LogIndex index)
{
    const auto after = history.upper_bound(index);
    return after == history.begin() ? Seq{} : std::prev(after)->second;
}

Seq InboxCursors::cursorAt(const std::string& recipient, LogIndex index) const
{
    const auto history = cursors_.find(recipient);
    return history == cursors_.end() ? Seq{} : at(history->second, index);
}

void InboxCursors::compare(const NodeView& node)
{
    const LogIndex index = node.state.applied.index;
    if (index > seen_)
        return; // not committed: another checker's concern
    std::map<std::string, Seq> is;
    for (const messaging::InboxCursor& cursor : node.state.cursors)
        is.emplace(cursor.recipient, cursor.seq);
    for (const auto& [recipient, history] : cursors_) {
        const Seq expected = at(history, index);
        const auto cursor = is.find(recipient);
        const Seq found = cursor == is.end() ? Seq{} : cursor->second;
        if (found != expected)
            fail(nameOfSlot(node.slot), "'s cursor of ", recipient, " is ", found, " after entry ", index,
                 ", it should be ", expected);
        is.erase(recipient);
    }
    if (!is.empty())
        fail(nameOfSlot(node.slot), " has a cursor of ", is.begin()->first, ", which nobody moved");
}

void InboxCursors::onCursorTold(const ClusterView&, const NodeView& node, const messaging::MoveCursor& wish,
                                Seq cursor)
{
    if (cursor < wish.seq)
        return fail(nameOfSlot(node.slot), " says that ", wish.recipient, "'s cursor is ", cursor,
                    " when it was to go to ", wish.seq);
    if (cursor > cursorAt(wish.recipient, node.state.applied.index))
        fail(nameOfSlot(node.slot), " says that ", wish.recipient, "'s cursor is ", cursor,
             ", and has applied no such thing");
    Seq& told = told_[wish.recipient];
    told = std::max(told, cursor);
}

void InboxCursors::onInboxAsked(const ClusterView&, const InboxDemand& demand)
{
    const auto told = told_.find(demand.recipient);
    floors_[demand.number] = told == told_.end() ? Seq{} : told->second;
}

void InboxCursors::onInboxServed(const ClusterView&, const NodeView& node, const InboxDemand& demand,
                                 const InboxView& page)
{
    const LogIndex index = node.state.applied.index;
    const auto floor = floors_.find(demand.number);
    if (floor == floors_.end())
        return fail(nameOfSlot(node.slot), " serves inbox ", demand.number, ", which nobody asked for");
    if (page.cursor < floor->second)
        return fail(nameOfSlot(node.slot), " shows ", demand.recipient, " its inbox from ", page.cursor,
                    " on, when ", floor->second, " had been acknowledged before it asked");
    if (page.cursor != cursorAt(demand.recipient, index))
        return fail(nameOfSlot(node.slot), " shows ", demand.recipient, " its inbox from ", page.cursor,
                    " on, its cursor is ", cursorAt(demand.recipient, index));
    std::vector<Seq> expected;
    for (Seq seq = page.cursor.next(); seq <= page.through; ++seq) {
        if (seq.value > removals_.messages().size())
            return fail(nameOfSlot(node.slot), " shows an inbox up to ", page.through,
                        ", beyond the last message");
        const std::string& to = removals_.messages()[seq.value - 1].recipient;
        if ((to == demand.recipient || to == "all") && !removals_.removedBy(seq, index))
            expected.push_back(seq);
    }
    if (page.messages != expected)
        fail(nameOfSlot(node.slot), " shows ", demand.recipient, ' ', page.messages.size(),
             " messages up to ", page.through, ", there are ", expected.size());
}

} // namespace dsmsg::sim

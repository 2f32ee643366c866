// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/Consumer.h"

#include <algorithm>
#include <utility>

namespace dsmsg::sim {

Consumer::Consumer(Lab& lab, Options options, Calls calls)
    : lab_(lab)
    , options_(std::move(options))
    , calls_(std::move(calls))
    , random_(lab.dice())
{
}

void Consumer::start()
{
    lookLater();
}

void Consumer::lookLater()
{
    const Duration mean = finishing_ ? Duration(50000) : options_.pause;
    lab_.events.after(Duration(random_.between(0, 2 * mean.count() + 1)), [this] {
        if (!satisfied_)
            look();
        lookLater();
    });
}

void Consumer::look()
{
    const InboxDemand demand{static_cast<std::uint64_t>(options_.number) * 1000000 + ++looks_,
                             options_.recipient};
    lab_.judge.inboxAsked(demand);
    const int slot = choose(reader_);
    calls_.read(slot, demand, [this, slot, last = finishing_](const std::optional<InboxView>& page) {
        reader_ = page ? slot : -1;
        if (page)
            received(*page);
        satisfied_ = satisfied_ || (last && page && page->messages.empty());
    });
}

/// Mostly the one that answered before, or a cluster that lost most of its nodes is hardly ever asked.
int Consumer::choose(int known)
{
    if (known >= 0 && random_.chance(3, 4))
        return known;
    return static_cast<int>(random_.below(static_cast<std::uint64_t>(options_.nodes)));
}

void Consumer::received(const InboxView& page)
{
    Seq seq = page.through;
    if (random_.chance(1, 8) && !page.messages.empty())
        seq = page.messages[random_.below(page.messages.size())];
    else if (random_.chance(1, 20))
        seq = Seq(random_.below(done_.value + 1));
    else if (random_.chance(1, 40))
        seq = page.through + 1 + random_.below(1000);
    // Work takes time, and sometimes the consumer dies in the middle of it.
    if (!seq || random_.chance(1, 12))
        return;
    lab_.events.after(Duration(random_.between(0, 50000)),
                      [this, seq] { acknowledge(seq, choose(leader_)); });
}

void Consumer::acknowledge(Seq seq, int slot)
{
    calls_.acknowledge(slot, {options_.recipient, seq}, [this, seq, slot](const OrderReply& reply) {
        leader_ = reply.kind == OrderReply::Kind::Done ? slot : -1;
        if (reply.kind == OrderReply::Kind::Done)
            done_ = std::max(done_, reply.cursor);
        if (reply.kind == OrderReply::Kind::Redirected)
            acknowledge(seq, reply.leader);
    });
}

} // namespace dsmsg::sim

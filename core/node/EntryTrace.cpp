// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/EntryTrace.h"

namespace dsmsg::node {

EntryTrace::EntryTrace(LogIndex applied, DeliverySeq delivered)
{
    replaced(applied, delivered);
}

void EntryTrace::leadershipBegan(Term term)
{
    term_ = term;
    received_.restart(0);
    appended_.restart(0);
    durable_.clear();
}

void EntryTrace::proposed(LogIndex index, Instant received, Instant now)
{
    received_.reached(index.value, received);
    appended_.reached(index.value, now);
}

void EntryTrace::held(ServerId server, LogIndex match, Instant now)
{
    auto found = durable_.find(server);
    if (found == durable_.end()) {
        if (durable_.size() >= serversMax)
            return;
        found = durable_.emplace(server, Milestones(entriesMax)).first;
    }
    found->second.reached(match.value, now);
}

void EntryTrace::applied(LogIndex index, DeliverySeq delivered, Instant now)
{
    applied_.reached(index.value, now);
    delivered_.reached(delivered.value, now);
}

void EntryTrace::replaced(LogIndex applied, DeliverySeq delivered)
{
    committed_.restart(applied.value);
    applied_.restart(applied.value);
    delivered_.restart(delivered.value);
}

EntryTimes EntryTrace::find(Term term, LogIndex index, DeliverySeq delivery) const
{
    EntryTimes times;
    times.committed = committed_.of(index.value);
    times.applied = applied_.of(index.value);
    if (delivery)
        times.delivered = delivered_.of(delivery.value);
    if (!leads(term))
        return times;
    times.received = received_.exactly(index.value);
    times.appended = appended_.exactly(index.value);
    for (const auto& [server, steps] : durable_) {
        if (const auto at = steps.of(index.value))
            times.durable.emplace_back(server, *at);
    }
    return times;
}

} // namespace dsmsg::node

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/RetentionClient.h"

#include <utility>

namespace dsmsg::sim {

using std::chrono::milliseconds;

RetentionClient::RetentionClient(Lab& lab, int nodes, Call call)
    : lab_(lab)
    , nodes_(nodes)
    , call_(std::move(call))
    , random_(lab.dice())
    , pace_(random_.between(300000, 4000000))
{
}

void RetentionClient::start()
{
    // In some seeds nothing is ever removed but by its ttl.
    if (random_.chance(3, 4))
        next();
}

void RetentionClient::next()
{
    lab_.events.after(Duration(random_.between(1, 2 * pace_.count())), [this] {
        if (finished_)
            return;
        send(draw(), static_cast<int>(random_.below(static_cast<std::uint64_t>(nodes_))));
        next();
    });
}

void RetentionClient::send(const messaging::RetentionRule& rule, int slot)
{
    call_(slot, rule, [this, rule](const OrderReply& reply) {
        if (reply.kind == OrderReply::Kind::Redirected)
            send(rule, reply.leader);
    });
}

messaging::RetentionRule RetentionClient::draw()
{
    messaging::RetentionRule rule;
    if (random_.chance(2, 3))
        rule.recipient = random_.chance(1, 4) ? "all" : text("client", random_.below(4));
    if (random_.chance(1, 3))
        return rule; // no limit: cleared
    if (random_.chance(1, 2))
        rule.limits.age = milliseconds(random_.between(100, 6000));
    if (random_.chance(1, 2))
        rule.limits.messages = 1 + random_.below(60);
    if (random_.chance(1, 2))
        rule.limits.bytes = 100 + random_.below(20000);
    return rule;
}

} // namespace dsmsg::sim

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Orders go to the leader by the shortest way: what a network does to an order is what it does to a client's
// message, and what an old leader makes of one is seen often enough, since whoever believes to lead is asked.
#include "tests/support/sim/Administrator.h"

#include <algorithm>
#include <array>

namespace dsmsg::sim {

using std::chrono::seconds;

bool canRecover(const ClusterView& cluster, const raft::Configuration& configuration, ServerId without)
{
    const auto lives = [&](const raft::Member& m) {
        return m.bound() && m.server != without && cluster.find(m.server) != nullptr;
    };
    std::size_t voters = 0, alive = 0, joining = 0, joiningAlive = 0;
    for (const raft::Member& member : configuration.members) {
        if (member.role == raft::MemberRole::Voter) {
            ++voters;
            alive += lives(member) ? 1u : 0u;
        } else if (member.role == raft::MemberRole::Joining) {
            ++joining;
            joiningAlive += lives(member) || !member.bound() ? 1u : 0u;
        }
    }
    // Who joins may be promoted in any order, the lost ones first, and the lost one may be about to join.
    const std::size_t lost = joining - joiningAlive;
    const std::size_t inTheEnd = without ? alive : alive + joiningAlive;
    return alive >= raft::majorityOf(voters + lost) && inTheEnd >= raft::majorityOf(voters + joining);
}

Administrator::Administrator(Lab& lab, std::vector<std::unique_ptr<SimNode>>& nodes)
    : lab_(lab)
    , nodes_(nodes)
    , random_(lab.dice())
{
    constexpr std::array all{
        Weighted{Kind::OrderAddVoter, &Administrator::addVoter, 10},
        Weighted{Kind::OrderAddLearner, &Administrator::addLearner, 5},
        Weighted{Kind::OrderPromote, &Administrator::promote, 6},
        Weighted{Kind::OrderDemote, &Administrator::demote, 4},
        Weighted{Kind::OrderRemove, &Administrator::remove, 8},
        Weighted{Kind::OrderRemoveLeader, &Administrator::removeLeader, 5},
        Weighted{Kind::OrderReplace, &Administrator::replace, 6},
        Weighted{Kind::OrderSeveral, &Administrator::several, 6},
        Weighted{Kind::OrderTransferTo, &Administrator::transferTo, 10},
        Weighted{Kind::OrderTransferBest, &Administrator::transferBest, 6},
    };
    if (random_.chance(1, 4))
        return; // the members stay as they are
    for (const Weighted& order : all) {
        if (random_.chance(2, 3))
            chosen_.push_back(order);
    }
    for (const Weighted& order : chosen_)
        totalWeight_ += order.weight;
    pace_ = Duration(random_.between(100000, 3000000));
}

void Administrator::start()
{
    if (!chosen_.empty())
        next();
}

void Administrator::next()
{
    lab_.events.after(Duration(random_.between(1, 2 * pace_.count())), [this] {
        if (finished_)
            return;
        giveOne();
        next();
    });
}

void Administrator::giveOne()
{
    SimNode* leading = leader();
    if (leading == nullptr)
        return;
    std::uint64_t draw = random_.below(totalWeight_);
    for (const Weighted& order : chosen_) {
        if (draw >= order.weight) {
            draw -= order.weight;
            continue;
        }
        if ((this->*order.order)(*leading))
            lab_.coverage.seen(order.kind);
        return;
    }
}

/// Any node that believes to lead.
SimNode* Administrator::leader() const
{
    const auto found =
        std::ranges::find_if(nodes_, [](const auto& node) { return node->leads() && !node->frozen(); });
    return found == nodes_.end() ? nullptr : found->get();
}

bool Administrator::change(SimNode& leading, const Changes& changes)
{
    const auto target = raft::withChanges(leading.view().configuration, changes);
    if (target && !canRecover(lab_.cluster, *target))
        return false;
    lab_.trace.line("order to ", nameOfSlot(leading.slot()), ": ", changes.size(), " changes of members");
    const bool taken = leading.process()->administer(raft::ChangeMembers{changes});
    if (!taken)
        lab_.coverage.seen(Kind::OrderRefused);
    return taken;
}

bool Administrator::transfer(SimNode& leading, ServerId to)
{
    lab_.trace.line("order to ", nameOfSlot(leading.slot()), ": hand over to ",
                    to ? lab_.cluster.nameOf(to) : "the best");
    const bool taken = leading.process()->administer(raft::TransferLeadership{to});
    if (taken)
        watchTransfer(leading.server(), to);
    else
        lab_.coverage.seen(Kind::OrderRefused);
    return taken;
}

void Administrator::watchTransfer(ServerId from, ServerId to)
{
    lab_.events.after(seconds(1), [this, from, to] {
        const bool arrived = std::ranges::any_of(nodes_, [&](const auto& node) {
            return node->leads() && node->server() != from && (!to || node->server() == to);
        });
        if (arrived)
            lab_.coverage.seen(Kind::TransferDone);
    });
}

const SimNode* Administrator::spare(const raft::Configuration& configuration)
{
    std::vector<const SimNode*> free;
    for (const auto& node : nodes_) {
        if (configuration.findUrl(node->identity().url) == nullptr)
            free.push_back(node.get());
    }
    return free.empty() ? nullptr : free[random_.below(free.size())];
}

const raft::Member* Administrator::pick(const raft::Configuration& configuration, raft::MemberRole role,
                                        ServerId self)
{
    std::vector<const raft::Member*> found;
    for (const raft::Member& member : configuration.members) {
        if (member.role == role && member.server != self && !member.id.empty())
            found.push_back(&member);
    }
    return found.empty() ? nullptr : found[random_.below(found.size())];
}

raft::Member Administrator::memberFor(const SimNode& node, raft::MemberRole role)
{
    // Often nobody knows the incarnation; then the slot is bound when the node is heard from.
    const ServerId server = random_.chance(1, 2) ? node.server() : ServerId{};
    return {server, node.identity().id, node.identity().url, role, {}};
}

bool Administrator::addVoter(SimNode& leading)
{
    const SimNode* node = spare(leading.view().configuration);
    return node &&
           change(leading, {{raft::MemberChange::Kind::Add, memberFor(*node, raft::MemberRole::Voter)}});
}

bool Administrator::addLearner(SimNode& leading)
{
    const SimNode* node = spare(leading.view().configuration);
    return node &&
           change(leading, {{raft::MemberChange::Kind::Add, memberFor(*node, raft::MemberRole::Learner)}});
}

bool Administrator::promote(SimNode& leading)
{
    const raft::Member* member =
        pick(leading.view().configuration, raft::MemberRole::Learner, leading.server());
    return member && change(leading, {{raft::MemberChange::Kind::Promote, *member}});
}

bool Administrator::demote(SimNode& leading)
{
    const ServerId self = random_.chance(1, 4) ? ServerId{} : leading.server();
    const raft::Member* member = pick(leading.view().configuration, raft::MemberRole::Voter, self);
    return member && change(leading, {{raft::MemberChange::Kind::Demote, *member}});
}

bool Administrator::remove(SimNode& leading)
{
    constexpr std::array roles{raft::MemberRole::Voter, raft::MemberRole::Voter, raft::MemberRole::Learner,
                               raft::MemberRole::Joining};
    const raft::Member* member =
        pick(leading.view().configuration, roles[random_.below(roles.size())], leading.server());
    return member && change(leading, {{raft::MemberChange::Kind::Remove, *member}});
}

bool Administrator::removeLeader(SimNode& leading)
{
    const raft::Member* own = leading.view().configuration.find(leading.server());
    return own && change(leading, {{raft::MemberChange::Kind::Remove, *own}});
}

bool Administrator::replace(SimNode& leading)
{
    const raft::Configuration& configuration = leading.view().configuration;
    const SimNode* node = spare(configuration);
    const ServerId self = random_.chance(1, 3) ? ServerId{} : leading.server();
    const raft::Member* old = pick(configuration, raft::MemberRole::Voter, self);
    if (!node || !old || !old->bound())
        return false;
    raft::Member member = memberFor(*node, raft::MemberRole::Voter);
    member.replaces = old->server;
    return change(leading, {{raft::MemberChange::Kind::Add, member}});
}

bool Administrator::several(SimNode& leading)
{
    const raft::Configuration& configuration = leading.view().configuration;
    Changes changes;
    if (const SimNode* node = spare(configuration))
        changes.push_back({raft::MemberChange::Kind::Add, memberFor(*node, raft::MemberRole::Voter)});
    if (const raft::Member* learner = pick(configuration, raft::MemberRole::Learner, leading.server()))
        changes.push_back({raft::MemberChange::Kind::Promote, *learner});
    if (const raft::Member* voter = pick(configuration, raft::MemberRole::Voter, leading.server()))
        changes.push_back(
            {random_.chance(1, 2) ? raft::MemberChange::Kind::Remove : raft::MemberChange::Kind::Demote,
             *voter});
    return changes.size() > 1 && change(leading, changes);
}

bool Administrator::transferTo(SimNode& leading)
{
    const raft::Member* to = pick(leading.view().configuration, raft::MemberRole::Voter, leading.server());
    return to && to->bound() && transfer(leading, to->server);
}

bool Administrator::transferBest(SimNode& leading)
{
    return transfer(leading, {});
}

} // namespace dsmsg::sim

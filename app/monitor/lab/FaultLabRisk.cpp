// SPDX-License-Identifier: GPL-3.0-or-later
//
// What would remain of the quorum after a fault, a cut link, or a whole scenario: for the question that is
// asked before.
#include "app/monitor/lab/FaultLab.h"

namespace dsmsg::monitor {

QuorumPicture FaultLab::picture() const
{
    QuorumPicture picture;
    for (NodeState* node : cluster_.nodes()->nodes()) {
        if (node->role() == NodeState::Learner)
            continue;
        const EmbeddedNode* own = embeddedNode(node);
        const bool runs = own != nullptr ? own->state() == EmbeddedNode::Running : node->answers();
        picture.voters.append({node->name(), runs && node->diskFailure().isEmpty()});
    }
    if (cluster_.leader() != nullptr)
        picture.needed = cluster_.leader()->effectiveQuorum();
    for (const FaultList::Row& row : faults_.rows())
        apply(picture, row.name, row.fault);
    return picture;
}

void FaultLab::apply(QuorumPicture& picture, const QString& node, const Fault& fault)
{
    const bool silences = fault.kind == QStringLiteral("pause") || fault.kind == QStringLiteral("kill") ||
                          fault.kind == QStringLiteral("disk_full") ||
                          fault.kind == QStringLiteral("fsync_fail");
    if (silences)
        picture.takeDown(node);
    const bool cuts = fault.kind == QStringLiteral("partition") ||
                      (fault.kind == QStringLiteral("loss") && fault.value.value_or(0) >= 1);
    if (cuts)
        picture.cut(node, fault.peers, fault.incoming(), fault.outgoing());
}

QVariantMap FaultLab::risk(NodeState* node, const QVariantMap& fault) const
{
    if (node == nullptr)
        return {};
    QuorumPicture then = picture();
    apply(then, node->name(), Fault::fromMap(fault));
    const QuorumRisk risk = riskOf(picture(), then);
    return {{QStringLiteral("asks"), risk.asks}, {QStringLiteral("text"), risk.text}};
}

QVariantMap FaultLab::linkRisk(const QString& from, const QString& to) const
{
    if (links_.isCut(from, to))
        return {{QStringLiteral("asks"), false}};
    const auto [node, fault] = cutOrder(from, to, 1);
    return risk(node, fault);
}

QVariantMap FaultLab::scenarioRisk(const QString& id) const
{
    const Scenario* scenario = scenarios_.find(id);
    if (scenario == nullptr)
        return {};
    const QuorumPicture now = picture();
    ScenarioCast who = cast();
    QVariantMap worst{{QStringLiteral("asks"), false}};
    for (const ScenarioStep& step : scenario->steps) {
        // All that is active at the moment of this step; a dead leader's successor is any other node.
        QuorumPicture then = now;
        for (const ScenarioStep& earlier : scenario->steps) {
            const bool active = earlier.what == QStringLiteral("kill") ||
                                (earlier.isFault() && earlier.atS + earlier.fault.forS > step.atS);
            if (earlier.atS > step.atS || !active)
                continue;
            Fault fault = earlier.fault;
            fault.kind = earlier.what;
            for (const QString& node : who.find(earlier.node))
                apply(then, node, fault);
        }
        const QuorumRisk risk = riskOf(now, then);
        if (risk.asks || worst.size() == 1)
            worst = {{QStringLiteral("asks"), risk.asks}, {QStringLiteral("text"), risk.text}};
        if (risk.asks)
            break;
    }
    return worst;
}

} // namespace dsmsg::monitor

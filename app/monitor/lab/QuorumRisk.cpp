// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/lab/QuorumRisk.h"

#include <algorithm>

#include <QCoreApplication>

namespace dsmsg::monitor {

namespace {

/// Where its words are found in other languages.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(QuorumRisk)
};

} // namespace

void QuorumPicture::takeDown(const QString& name)
{
    for (Voter& voter : voters)
        voter.up = voter.up && voter.name != name;
}

void QuorumPicture::cut(const QString& name, const QStringList& peers, bool incoming, bool outgoing)
{
    for (const Voter& other : std::as_const(voters)) {
        if (other.name == name || !(peers.isEmpty() || peers.contains(other.name)))
            continue;
        if (outgoing)
            cuts.append({name, other.name});
        if (incoming)
            cuts.append({other.name, name});
    }
}

QuorumOutlook outlookOf(const QuorumPicture& picture)
{
    QuorumOutlook outlook;
    outlook.needed = std::max(picture.needed, static_cast<int>(picture.voters.size() / 2 + 1));
    for (const QuorumPicture::Voter& leader : picture.voters) {
        if (!leader.up)
            continue;
        QStringList group;
        for (const QuorumPicture::Voter& other : picture.voters) {
            const bool talks = !picture.cuts.contains({leader.name, other.name}) &&
                               !picture.cuts.contains({other.name, leader.name});
            if (other.up && talks)
                group.append(other.name);
        }
        if (group.size() > outlook.remain.size())
            outlook.remain = group;
    }
    outlook.serves = outlook.remain.size() >= outlook.needed;
    return outlook;
}

QuorumRisk riskOf(const QuorumPicture& now, const QuorumPicture& then)
{
    const QuorumOutlook before = outlookOf(now);
    const QuorumOutlook after = outlookOf(then);
    const int voters = static_cast<int>(then.voters.size());
    const QString names = after.remain.join(QStringLiteral(", "));
    if (after.serves) {
        return {false, Text::tr("%1 of %2 nodes would remain (%3); %4 are needed. The cluster goes on.")
                           .arg(after.remain.size())
                           .arg(voters)
                           .arg(names)
                           .arg(after.needed)};
    }
    const QString lost = Text::tr("Nothing can be sent until that ends. What is acknowledged stays.");
    if (after.remain.isEmpty())
        return {before.serves, Text::tr("None of %1 nodes would remain. %2").arg(voters).arg(lost)};
    return {before.serves,
            Text::tr("Only %1 of %2 nodes would still talk to each other (%3), and %4 are needed. %5")
                .arg(after.remain.size())
                .arg(voters)
                .arg(names)
                .arg(after.needed)
                .arg(lost)};
}

} // namespace dsmsg::monitor

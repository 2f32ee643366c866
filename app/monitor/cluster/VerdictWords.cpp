// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/VerdictWords.h"

#include <QCoreApplication>

#include "app/monitor/cluster/ClusterVerdict.h"

namespace dsmsg::monitor::words {

namespace {

/// Where its words are found in other languages.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(VerdictWords)
};

QString mayFail(int count)
{
    switch (count) {
    case 1:
        return Text::tr("one more may fail");
    case 2:
        return Text::tr("two more may fail");
    case 3:
        return Text::tr("three more may fail");
    default:
        return Text::tr("%1 more may fail").arg(count);
    }
}

} // namespace

QString listed(const QStringList& names)
{
    if (names.size() < 2)
        return names.join(QString());
    return Text::tr("%1 and %2")
        .arg(names.mid(0, names.size() - 1).join(QStringLiteral(", ")), names.constLast());
}

QString led(const ClusterVerdict& verdict, quint64 term)
{
    if (verdict.voters == 1)
        return Text::tr("One node: %1 leads term %2. No other holds a copy.")
            .arg(verdict.leaderName)
            .arg(term);
    const QString head = Text::tr("%1 of %2 nodes, %3 leads term %4")
                             .arg(QString::number(verdict.up), QString::number(verdict.voters),
                                  verdict.leaderName, QString::number(term));
    return verdict.mayFail > 0 ? Text::tr("%1, %2.").arg(head, mayFail(verdict.mayFail))
                               : Text::tr("%1. No more may fail.").arg(head);
}

QString remaining(int up, int voters, int quorum)
{
    const QString head = Text::tr("%1 of %2 voters would be left, and %3 must hold a message.")
                             .arg(up)
                             .arg(voters)
                             .arg(quorum);
    if (up < quorum)
        return head + QLatin1Char(' ') + Text::tr("Nothing could be committed until another one comes back.");
    return head + QLatin1Char(' ') +
           (up == quorum ? Text::tr("Messages go on, and no more may fail.")
                         : Text::tr("Messages go on, and %1.").arg(mayFail(up - quorum)));
}

QString foreign(const NodeView& node)
{
    switch (node.link) {
    case NodeState::Link::WrongCluster:
        return Text::tr("%1 belongs to another cluster.").arg(node.name);
    case NodeState::Link::OtherVersion:
        return Text::tr("%1 runs another version.").arg(node.name);
    case NodeState::Link::Unauthorised:
        return Text::tr("%1 refuses this monitor.").arg(node.name);
    default:
        return Text::tr("%1 is no dsmsg node.").arg(node.name);
    }
}

QString withoutHead(const QString& explain)
{
    const QString head = QStringLiteral("No leader: ");
    return explain.startsWith(head) ? explain.mid(head.size()) : explain;
}

} // namespace dsmsg::monitor::words

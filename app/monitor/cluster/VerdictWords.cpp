// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/VerdictWords.h"

#include <QCoreApplication>

#include "app/monitor/cluster/ClusterVerdict.h"

namespace dsmsg::monitor::words {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ClusterVerdict", text);
}

QString mayFail(int count)
{
    switch (count) {
    case 1:
        return tr("one more may fail");
    case 2:
        return tr("two more may fail");
    case 3:
        return tr("three more may fail");
    default:
        return tr("%1 more may fail").arg(count);
    }
}

} // namespace

QString listed(const QStringList& names)
{
    if (names.size() < 2)
        return names.join(QString());
    return tr("%1 and %2").arg(names.mid(0, names.size() - 1).join(QStringLiteral(", ")), names.constLast());
}

QString led(const ClusterVerdict& verdict, quint64 term)
{
    if (verdict.voters == 1)
        return tr("One node: %1 leads term %2. No other holds a copy.").arg(verdict.leaderName).arg(term);
    const QString head = tr("%1 of %2 nodes, %3 leads term %4")
                             .arg(QString::number(verdict.up), QString::number(verdict.voters),
                                  verdict.leaderName, QString::number(term));
    return verdict.mayFail > 0 ? tr("%1, %2.").arg(head, mayFail(verdict.mayFail))
                               : tr("%1. No more may fail.").arg(head);
}

QString foreign(const NodeView& node)
{
    switch (node.link) {
    case NodeState::Link::WrongCluster:
        return tr("%1 belongs to another cluster.").arg(node.name);
    case NodeState::Link::OtherVersion:
        return tr("%1 runs another version.").arg(node.name);
    case NodeState::Link::Unauthorised:
        return tr("%1 refuses this monitor.").arg(node.name);
    default:
        return tr("%1 is no dsmsg node.").arg(node.name);
    }
}

QString withoutHead(const QString& explain)
{
    const QString head = QStringLiteral("No leader: ");
    return explain.startsWith(head) ? explain.mid(head.size()) : explain;
}

} // namespace dsmsg::monitor::words

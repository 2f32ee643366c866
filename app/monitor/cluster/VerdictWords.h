// SPDX-License-Identifier: GPL-3.0-or-later
//
// Phrases of the verdict.
#pragma once

#include <QString>
#include <QStringList>

namespace dsmsg::monitor {

struct ClusterVerdict;
struct NodeView;

namespace words {

/// "n1", "n1 and n2", "n1, n2 and n3".
QString listed(const QStringList& names);
/// "3 of 3 nodes, n1 leads term 4, one more may fail."
QString led(const ClusterVerdict& verdict, quint64 term);
/// Whether `up` of so many voters can go on, and how many more may fail.
QString remaining(int up, int voters, int quorum);
/// Who answers there is not of this cluster.
QString foreign(const NodeView& node);
/// A node's explanation, without its own "No leader: ".
QString withoutHead(const QString& explain);

} // namespace words

} // namespace dsmsg::monitor

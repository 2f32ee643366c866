// SPDX-License-Identifier: GPL-3.0-or-later
//
// What would remain of a cluster after a fault, so that nobody takes away its majority without being told. A
// cluster serves while one voter and those with whom it can talk both ways are enough.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace dsmsg::monitor {

struct QuorumPicture
{
    struct Voter
    {
        QString name;
        bool up = true; ///< it runs, writes and answers
    };
    QList<Voter> voters;
    /// Directions that are cut: who speaks, who listens.
    QList<std::pair<QString, QString>> cuts;
    int needed = 0; ///< voters that a leader needs, itself included; 0: a majority

    void takeDown(const QString& name);
    /// `peers` empty: all the others.
    void cut(const QString& name, const QStringList& peers, bool incoming, bool outgoing);
};

struct QuorumOutlook
{
    bool serves = false;
    QStringList remain; ///< the largest group that can talk among themselves through one of them
    int needed = 0;
};

QuorumOutlook outlookOf(const QuorumPicture& picture);
/// Whether a person must be asked, and what to say: of what there is now and what would be.
struct QuorumRisk
{
    bool asks = false;
    QString text; ///< "1 of 3 nodes would remain ..."
};
QuorumRisk riskOf(const QuorumPicture& now, const QuorumPicture& then);

} // namespace dsmsg::monitor

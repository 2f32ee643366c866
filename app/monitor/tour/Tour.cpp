// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/tour/Tour.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::monitor {

Tour::Tour(ClusterMonitor& cluster, EmbeddedCluster& embedded, FaultLab& lab, QObject* parent)
    : QObject(parent)
    , cluster_(cluster)
    , embedded_(embedded)
    , lab_(lab)
{
    connect(&cluster_, &ClusterMonitor::changed, this, &Tour::look);
    connect(&cluster_, &ClusterMonitor::sampled, this, [this] { look(); });
    connect(lab_.run(), &LabRun::judged, this, [this] {
        if (active_ && step_ == Verdict)
            enter(Copy, lab_.verdict()->sentence());
    });
}

void Tour::start()
{
    active_ = true;
    enter(Start, {});
    if (!cluster_.connected() && !embedded_.busy())
        embedded_.start(3);
    look();
}

void Tour::leave()
{
    active_ = false;
    praise_.clear();
    Q_EMIT changed();
}

void Tour::skip()
{
    if (active_ && step_ < End)
        enter(step_ + 1, {});
}

void Tour::copied(const QString& text)
{
    if (active_ && step_ == Copy && text.startsWith(QStringLiteral("curl ")))
        enter(End, tr("Paste it into a terminal: it does the same."));
}

void Tour::setOpenPage(const QString& page)
{
    if (openPage_ == page)
        return;
    openPage_ = page;
    Q_EMIT openPageChanged();
    look();
}

void Tour::enter(int step, const QString& praise)
{
    step_ = step;
    praise_ = praise;
    term_ = std::isnan(cluster_.term()) ? 0 : cluster_.term();
    leader_ = cluster_.leader() != nullptr ? cluster_.leader()->name() : QString();
    if (step != Watch)
        seq_ = committed();
    Q_EMIT changed();
}

void Tour::look()
{
    if (!active_)
        return;
    const NodeState* leader = cluster_.leader();
    switch (step_) {
    case Start:
        if (leader != nullptr)
            enter(Send,
                  tr("%1 nodes run, and %2 leads them.").arg(cluster_.nodes()->count()).arg(leader->name()));
        break;
    case Send:
        if (committed() > seq_) {
            seq_ = committed();
            enter(Watch, tr("Acknowledged as number %1.").arg(seq_));
        }
        break;
    case Watch:
        if (openPage_ == page() && everywhere(seq_))
            enter(Kill, tr("Number %1 is on every node.").arg(seq_));
        break;
    case Kill:
        if (leader != nullptr && cluster_.term() > term_ && leader->name() != leader_)
            enter(Verdict, tr("%1 leads now, in term %2. Nobody had to do anything.")
                               .arg(leader->name())
                               .arg(cluster_.term()));
        break;
    default:
        break;
    }
}

double Tour::committed() const
{
    double most = 0;
    for (const NodeState* node : cluster_.nodes()->nodes())
        most = std::max(most, std::isnan(node->committedSeq()) ? 0 : node->committedSeq());
    return most;
}

bool Tour::everywhere(double seq) const
{
    return std::ranges::all_of(cluster_.nodes()->nodes(),
                               [seq](const NodeState* node) { return node->committedSeq() >= seq; });
}

QString Tour::title() const
{
    switch (step_) {
    case Start:
        return tr("A cluster of your own");
    case Send:
        return tr("Send a message");
    case Watch:
        return tr("Watch it commit");
    case Kill:
        return tr("Kill the leader");
    case Verdict:
        return tr("Read the verdict");
    case Copy:
        return tr("Copy the line");
    default:
        return tr("That was the tour");
    }
}

QString Tour::text() const
{
    switch (step_) {
    case Start:
        return tr("Three nodes start inside this application. Their data is on your disk.");
    case Send:
        return tr("Write something under Publish and send it. The answer says on whose disks it is.");
    case Watch:
        return tr(
            "On the Raft page the message travels from the leader to the others. It counts once a majority has it.");
    case Kill:
        if (!embedded_.running())
            return tr(
                "Only nodes of a local cluster can be killed from here. On the Faults page, pause the leader "
                "instead: the others elect a new one just the same.");
        return tr(
            "On the Faults page, press the skull beside the leader. The others notice within half a second and "
            "elect a new one.");
    case Verdict:
        return tr("Press “Break it”. Messages are sent while the leader dies, then every node is read back.");
    case Copy:
        return tr(
            "Every control shows the request that it makes as a curl line. Copy one, as below the links.");
    default:
        return tr(
            "Everything you saw works the same on a cluster elsewhere. Connect to one whenever you like.");
    }
}

QString Tour::page() const
{
    switch (step_) {
    case Send:
        return QStringLiteral("publish");
    case Watch:
        return QStringLiteral("raft");
    case Kill:
    case Verdict:
    case Copy:
        return QStringLiteral("faults");
    default:
        return {};
    }
}

QString Tour::iconName() const
{
    switch (step_) {
    case Start:
        return QStringLiteral("rocket");
    case Send:
        return QStringLiteral("send");
    case Watch:
        return QStringLiteral("radar");
    case Kill:
        return QStringLiteral("skull");
    case Verdict:
        return QStringLiteral("shield-check");
    case Copy:
        return QStringLiteral("terminal");
    default:
        return QStringLiteral("flag");
    }
}

} // namespace dsmsg::monitor

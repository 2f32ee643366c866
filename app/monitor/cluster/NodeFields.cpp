// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fields of NodeTable: every figure that a node tells of itself, in groups.
#include <QCoreApplication>

#include "app/monitor/cluster/Figures.h"
#include "app/monitor/cluster/NodeTable.h"

namespace dsmsg::monitor {

namespace {

using Compare = NodeField::Compare;
using Read = std::function<QVariant(const NodeState&)>;

QString tr(const char* text)
{
    return QCoreApplication::translate("NodeTable", text);
}

/// A value of /status by its path, "time_sync.drift_rate"; `scale` for another unit.
Read inStatus(const char* path, double scale = 0)
{
    const QStringList keys = QString::fromLatin1(path).split(QLatin1Char('.'));
    return [keys, scale](const NodeState& node) -> QVariant {
        QVariant value = node.status();
        for (const QString& key : keys)
            value = value.toMap().value(key);
        if (!value.isValid() || value.isNull())
            return {};
        return scale != 0 ? QVariant(value.toDouble() * scale) : value;
    };
}

Read inCounters(const QByteArray& name)
{
    return [name](const NodeState& node) -> QVariant {
        const SamplePtr sample = node.sample();
        return sample && sample->counters.contains(name) ? QVariant(double(sample->counters.value(name)))
                                                         : QVariant();
    };
}

Read ofNode(auto(NodeState::*getter)() const)
{
    return [getter](const NodeState& node) { return QVariant::fromValue((node.*getter)()); };
}

/// Fields of one group, one after the other.
class Group
{
public:
    Group(QList<NodeField>& fields, const QString& name)
        : fields_(fields)
        , name_(name)
    {
    }
    Group& add(const QString& label, const char* format, Read read, Compare compare = Compare::Never,
               const QString& tip = {})
    {
        fields_.append({name_, label, tip, QLatin1String(format), compare, std::move(read)});
        return *this;
    }

private:
    QList<NodeField>& fields_;
    QString name_;
};

void addIdentity(QList<NodeField>& fields)
{
    Group(fields, tr("Identity"))
        .add(tr("Id"), "text", ofNode(&NodeState::id))
        .add(tr("Host"), "text", inStatus("host"))
        .add(tr("Port"), "text", inStatus("port"))
        .add(tr("Version"), "text", ofNode(&NodeState::version), Compare::Equal)
        .add(tr("Cluster"), "text", ofNode(&NodeState::clusterId), Compare::Equal)
        .add(tr("Incarnation"), "text", inStatus("incarnation"), Compare::Never,
             tr("Of the data directory: another one means that the node began anew"));
    Group(fields, tr("Consensus"))
        .add(tr("Role"), "text", ofNode(&NodeState::roleText))
        .add(
            tr("Serving"), "yesNo",
            [](const NodeState& node) { return node.sample() ? QVariant(node.serving()) : QVariant(); },
            Compare::Never, tr("Whether it takes messages: a leader that is ready"))
        .add(tr("Term"), "count", ofNode(&NodeState::term), Compare::Equal)
        .add(tr("Voted for"), "text", inStatus("consensus.voted_for"))
        .add(tr("Leader"), "text", ofNode(&NodeState::leaderId), Compare::Equal)
        .add(tr("Leader URL"), "text", ofNode(&NodeState::leaderUrl), Compare::Equal)
        .add(tr("Election timeout"), "ms", ofNode(&NodeState::electionTimeoutMs))
        .add(tr("Why it waits"), "text", ofNode(&NodeState::explain));
    Group(fields, tr("Replication"))
        .add(tr("Mode"), "text", ofNode(&NodeState::mode), Compare::Equal)
        .add(tr("Quorum"), "count", inStatus("quorum", 1), Compare::Equal)
        .add(tr("Effective quorum"), "count", inStatus("effective_quorum", 1), Compare::Equal,
             tr("How many disks must hold an entry with the voters of now"))
        .add(tr("Committed seq"), "count", ofNode(&NodeState::committedSeq), Compare::Closely)
        .add(tr("Delivered seq"), "count", ofNode(&NodeState::deliveredSeq), Compare::Closely)
        .add(
            tr("Lag"), "count",
            [](const NodeState& node) { return node.lag() < 0 ? QVariant() : QVariant(node.lag()); },
            Compare::Never, tr("Committed entries that it lacks, as the leader counts"));
}

void addLog(QList<NodeField>& fields)
{
    Group(fields, tr("Log"))
        .add(tr("Commit index"), "count", ofNode(&NodeState::commit), Compare::Closely)
        .add(tr("Applied index"), "count", ofNode(&NodeState::applied), Compare::Closely)
        .add(tr("Last index"), "count", ofNode(&NodeState::lastIndex), Compare::Closely)
        .add(tr("Durable index"), "count", ofNode(&NodeState::durableIndex), Compare::Closely)
        .add(tr("First index"), "count", ofNode(&NodeState::firstIndex))
        .add(tr("Snapshot index"), "count", ofNode(&NodeState::snapshotIndex))
        .add(tr("First seq kept"), "count", inStatus("first_seq", 1), Compare::Closely)
        .add(tr("Messages kept"), "count", inStatus("kept.messages", 1), Compare::Closely)
        .add(tr("Bytes kept"), "bytes", inStatus("kept.bytes", 1))
        .add(tr("State hash"), "text", inStatus("state_hash"), Compare::Never,
             tr("The same on nodes that have applied the same entries"));
}

void addDelivery(QList<NodeField>& fields)
{
    Group(fields, tr("Delivery"))
        .add(tr("Store latency, mean"), "ms", inStatus("metrics.average_store_latency", 1000))
        .add(tr("Correction, mean"), "ms", inStatus("metrics.average_correction_magnitude", 1000),
             Compare::Never, tr("By how much timestamps were moved"))
        .add(tr("Last recovery"), "dateTime", inStatus("metrics.last_recovery_time", 1))
        .add(tr("Acknowledged per second"), "count", ofNode(&NodeState::acknowledgedPerS))
        .add(tr("Applied per second"), "count", ofNode(&NodeState::appliedPerS))
        .add(tr("Latency p50"), "ms", ofNode(&NodeState::p50Ms))
        .add(tr("Latency p95"), "ms", ofNode(&NodeState::p95Ms))
        .add(tr("Latency p99"), "ms", ofNode(&NodeState::p99Ms))
        .add(tr("Waiting for delivery"), "count", ofNode(&NodeState::held))
        .add(tr("Waiting for their answer"), "count", ofNode(&NodeState::pending));
}

void addClock(QList<NodeField>& fields)
{
    Group(fields, tr("Clock"))
        .add(tr("Synchronised"), "yesNo", inStatus("time_sync.synchronized"), Compare::Equal)
        .add(tr("Offset"), "signedMs", inStatus("time_sync.clock_offset", 1000), Compare::Never,
             tr("Cluster time minus the node's own clock"))
        .add(tr("Accuracy"), "ms", inStatus("time_sync.sync_accuracy", 1000))
        .add(tr("Drift"), "ppm", inStatus("time_sync.drift_rate", 1))
        .add(tr("Last sync"), "dateTime", inStatus("time_sync.last_sync_time", 1))
        .add(tr("Clock jumps"), "count", inStatus("time_sync.clock_jumps", 1));
}

void addDisk(QList<NodeField>& fields)
{
    Group(fields, tr("Disk"))
        .add(tr("Sufficient"), "yesNo", inStatus("disk.sufficient"), Compare::Equal)
        .add(tr("Free"), "bytes", inStatus("disk.free_bytes", 1))
        .add(tr("Reserve"), "bytes", inStatus("disk.reserve_bytes", 1), Compare::Equal)
        .add(tr("Last sync"), "ms", ofNode(&NodeState::fsyncMs))
        .add(tr("Failure"), "text", ofNode(&NodeState::diskFailure), Compare::Equal);
}

void addCounts(QList<NodeField>& fields)
{
    Group(fields, tr("Load"))
        .add(tr("Connections"), "count", ofNode(&NodeState::connections))
        .add(tr("Subscribers"), "count", ofNode(&NodeState::subscribers))
        .add(tr("Inboxes"), "count", inStatus("inboxes.count", 1), Compare::Equal)
        .add(tr("Faults"), "count", ofNode(&NodeState::faults), Compare::Equal);
    Group(fields, tr("Since its start"))
        .add(tr("Accepted"), "count", inCounters("accepted"))
        .add(tr("Duplicates"), "count", inCounters("duplicates"))
        .add(tr("Rejected"), "count", inCounters("rejected"))
        .add(tr("Unknown"), "count", inCounters("unknown"))
        .add(tr("Turned away"), "count", inCounters("turned_away"))
        .add(tr("Entries applied"), "count", inCounters("entries_applied"))
        .add(tr("Messages delivered"), "count", inCounters("messages_delivered"))
        .add(tr("Elections"), "count", inCounters("elections"))
        .add(tr("Elections won"), "count", inCounters("elections_won"))
        .add(tr("Leader changes"), "count", inCounters("leader_changes"));
}

/// What `node` thinks of a peer: "hears it", "no sign for 12 s".
QString healthOf(const PeerState& peer)
{
    if (!peer.alive())
        return peer.lastHeardS() < 0 ? tr("never heard")
                                     : tr("no sign for %1 s").arg(qRound(peer.lastHeardS()));
    return peer.lastHeardS() < 2 ? tr("hears it") : tr("hears it, %1 s ago").arg(qRound(peer.lastHeardS()));
}

void addPeer(QList<NodeField>& fields, const QString& id)
{
    const auto peer = [id](auto read) {
        return [id, read](const NodeState& node) -> QVariant {
            if (node.id() == id)
                return tr("itself");
            const PeerState* known = node.peer(id);
            return known ? QVariant(read(*known)) : QVariant();
        };
    };
    Group(fields, tr("Peers"))
        .add(tr("%1, heard").arg(id), "text", peer(healthOf))
        .add(tr("%1, clock offset").arg(id), "signedMs",
             peer([](const PeerState& p) { return p.offsetMs(); }))
        .add(tr("%1, clock delay").arg(id), "ms", peer([](const PeerState& p) { return p.delayMs(); }));
}

} // namespace

QList<NodeField> nodeFields(const QStringList& ids)
{
    QList<NodeField> fields;
    addIdentity(fields);
    addLog(fields);
    for (const QString& id : ids)
        addPeer(fields, id);
    addDelivery(fields);
    addClock(fields);
    addDisk(fields);
    addCounts(fields);
    return fields;
}

} // namespace dsmsg::monitor

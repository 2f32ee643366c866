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

/// Where its words are found in other languages.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(NodeFields)
};

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
    Group(fields, Text::tr("Identity"))
        .add(Text::tr("Id"), "text", ofNode(&NodeState::id))
        .add(Text::tr("Host"), "text", inStatus("host"))
        .add(Text::tr("Port"), "text", inStatus("port"))
        .add(Text::tr("Version"), "text", ofNode(&NodeState::version), Compare::Equal)
        .add(Text::tr("Cluster"), "text", ofNode(&NodeState::clusterId), Compare::Equal)
        .add(Text::tr("Incarnation"), "text", inStatus("incarnation"), Compare::Never,
             Text::tr("Of the data directory: another one means that the node began anew"));
    Group(fields, Text::tr("Consensus"))
        .add(Text::tr("Role"), "text", ofNode(&NodeState::roleText))
        .add(
            Text::tr("Serving"), "yesNo",
            [](const NodeState& node) { return node.sample() ? QVariant(node.serving()) : QVariant(); },
            Compare::Never, Text::tr("Whether it takes messages: a leader that is ready"))
        .add(Text::tr("Term"), "count", ofNode(&NodeState::term), Compare::Equal)
        .add(Text::tr("Voted for"), "text", inStatus("consensus.voted_for"))
        .add(Text::tr("Leader"), "text", ofNode(&NodeState::leaderId), Compare::Equal)
        .add(Text::tr("Leader URL"), "text", ofNode(&NodeState::leaderUrl), Compare::Equal)
        .add(Text::tr("Election timeout"), "ms", ofNode(&NodeState::electionTimeoutMs))
        .add(Text::tr("Why it waits"), "text", ofNode(&NodeState::explain));
    Group(fields, Text::tr("Replication"))
        .add(Text::tr("Mode"), "text", ofNode(&NodeState::mode), Compare::Equal)
        .add(Text::tr("Quorum"), "count", inStatus("quorum", 1), Compare::Equal)
        .add(Text::tr("Effective quorum"), "count", inStatus("effective_quorum", 1), Compare::Equal,
             Text::tr("How many disks must hold an entry with the voters of now"))
        .add(Text::tr("Committed seq"), "count", ofNode(&NodeState::committedSeq), Compare::Closely)
        .add(Text::tr("Delivered seq"), "count", ofNode(&NodeState::deliveredSeq), Compare::Closely)
        .add(
            Text::tr("Lag"), "count",
            [](const NodeState& node) { return node.lag() < 0 ? QVariant() : QVariant(node.lag()); },
            Compare::Never, Text::tr("Committed entries that it lacks, as the leader counts"));
}

void addLog(QList<NodeField>& fields)
{
    Group(fields, Text::tr("Log"))
        .add(Text::tr("Commit index"), "count", ofNode(&NodeState::commit), Compare::Closely)
        .add(Text::tr("Applied index"), "count", ofNode(&NodeState::applied), Compare::Closely)
        .add(Text::tr("Last index"), "count", ofNode(&NodeState::lastIndex), Compare::Closely)
        .add(Text::tr("Durable index"), "count", ofNode(&NodeState::durableIndex), Compare::Closely)
        .add(Text::tr("First index"), "count", ofNode(&NodeState::firstIndex))
        .add(Text::tr("Snapshot index"), "count", ofNode(&NodeState::snapshotIndex))
        .add(Text::tr("First seq kept"), "count", inStatus("first_seq", 1), Compare::Closely)
        .add(Text::tr("Messages kept"), "count", inStatus("kept.messages", 1), Compare::Closely)
        .add(Text::tr("Bytes kept"), "bytes", inStatus("kept.bytes", 1))
        .add(Text::tr("State hash"), "text", inStatus("state_hash"), Compare::Never,
             Text::tr("The same on nodes that have applied the same entries"));
}

void addDelivery(QList<NodeField>& fields)
{
    Group(fields, Text::tr("Delivery"))
        .add(Text::tr("Store latency, mean"), "ms", inStatus("metrics.average_store_latency", 1000))
        .add(Text::tr("Correction, mean"), "ms", inStatus("metrics.average_correction_magnitude", 1000),
             Compare::Never, Text::tr("By how much timestamps were moved"))
        .add(Text::tr("Last recovery"), "dateTime", inStatus("metrics.last_recovery_time", 1))
        .add(Text::tr("Acknowledged per second"), "count", ofNode(&NodeState::acknowledgedPerS))
        .add(Text::tr("Applied per second"), "count", ofNode(&NodeState::appliedPerS))
        .add(Text::tr("Latency p50"), "ms", ofNode(&NodeState::p50Ms))
        .add(Text::tr("Latency p95"), "ms", ofNode(&NodeState::p95Ms))
        .add(Text::tr("Latency p99"), "ms", ofNode(&NodeState::p99Ms))
        .add(Text::tr("Waiting for delivery"), "count", ofNode(&NodeState::held))
        .add(Text::tr("Waiting for their answer"), "count", ofNode(&NodeState::pending));
}

void addClock(QList<NodeField>& fields)
{
    Group(fields, Text::tr("Clock"))
        .add(Text::tr("Synchronised"), "yesNo", inStatus("time_sync.synchronized"), Compare::Equal)
        .add(Text::tr("Offset"), "signedMs", inStatus("time_sync.clock_offset", 1000), Compare::Never,
             Text::tr("Cluster time minus the node's own clock"))
        .add(Text::tr("Accuracy"), "ms", inStatus("time_sync.sync_accuracy", 1000))
        .add(Text::tr("Drift"), "ppm", inStatus("time_sync.drift_rate", 1))
        .add(Text::tr("Last sync"), "dateTime", inStatus("time_sync.last_sync_time", 1))
        .add(Text::tr("Clock jumps"), "count", inStatus("time_sync.clock_jumps", 1));
}

void addDisk(QList<NodeField>& fields)
{
    Group(fields, Text::tr("Disk"))
        .add(Text::tr("Sufficient"), "yesNo", inStatus("disk.sufficient"), Compare::Equal)
        .add(Text::tr("Free"), "bytes", inStatus("disk.free_bytes", 1))
        .add(Text::tr("Reserve"), "bytes", inStatus("disk.reserve_bytes", 1), Compare::Equal)
        .add(Text::tr("Last sync"), "ms", ofNode(&NodeState::fsyncMs))
        .add(Text::tr("Failure"), "text", ofNode(&NodeState::diskFailure), Compare::Equal);
}

void addCounts(QList<NodeField>& fields)
{
    Group(fields, Text::tr("Load"))
        .add(Text::tr("Connections"), "count", ofNode(&NodeState::connections))
        .add(Text::tr("Subscribers"), "count", ofNode(&NodeState::subscribers))
        .add(Text::tr("Inboxes"), "count", inStatus("inboxes.count", 1), Compare::Equal)
        .add(Text::tr("Faults"), "count", ofNode(&NodeState::faults), Compare::Equal);
    Group(fields, Text::tr("Since its start"))
        .add(Text::tr("Accepted"), "count", inCounters("accepted"))
        .add(Text::tr("Duplicates"), "count", inCounters("duplicates"))
        .add(Text::tr("Rejected"), "count", inCounters("rejected"))
        .add(Text::tr("Unknown"), "count", inCounters("unknown"))
        .add(Text::tr("Turned away"), "count", inCounters("turned_away"))
        .add(Text::tr("Entries applied"), "count", inCounters("entries_applied"))
        .add(Text::tr("Messages delivered"), "count", inCounters("messages_delivered"))
        .add(Text::tr("Elections"), "count", inCounters("elections"))
        .add(Text::tr("Elections won"), "count", inCounters("elections_won"))
        .add(Text::tr("Leader changes"), "count", inCounters("leader_changes"));
}

/// What `node` thinks of a peer: "hears it", "no sign for 12 s".
QString healthOf(const PeerState& peer)
{
    if (!peer.alive())
        return peer.lastHeardS() < 0 ? Text::tr("never heard")
                                     : Text::tr("no sign for %1 s").arg(qRound(peer.lastHeardS()));
    return peer.lastHeardS() < 2 ? Text::tr("hears it")
                                 : Text::tr("hears it, %1 s ago").arg(qRound(peer.lastHeardS()));
}

void addPeer(QList<NodeField>& fields, const QString& id)
{
    const auto peer = [id](auto read) {
        return [id, read](const NodeState& node) -> QVariant {
            if (node.id() == id)
                return Text::tr("itself");
            const PeerState* known = node.peer(id);
            return known ? QVariant(read(*known)) : QVariant();
        };
    };
    Group(fields, Text::tr("Peers"))
        .add(Text::tr("%1, heard").arg(id), "text", peer(healthOf))
        .add(Text::tr("%1, clock offset").arg(id), "signedMs",
             peer([](const PeerState& p) { return p.offsetMs(); }))
        .add(Text::tr("%1, clock delay").arg(id), "ms", peer([](const PeerState& p) { return p.delayMs(); }));
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

// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small cluster drawn by hand, to show to a checker.
#pragma once

#include <QtTest>

#include "core/messaging/Command.h"
#include "tests/support/sim/checkers/Checker.h"

namespace dsmsg::sim {

inline ServerId serverOf(int slot)
{
    return ServerId(static_cast<std::uint64_t>(slot) + 101);
}

inline raft::EntryPtr entry(std::uint64_t index, std::uint64_t term,
                            raft::EntryKind kind = raft::EntryKind::NoOp, std::string data = {})
{
    return std::make_shared<const raft::Entry>(
        raft::Entry{Term(term), LogIndex(index), kind, std::move(data)});
}

inline raft::EntryPtr message(std::uint64_t index, std::uint64_t term, std::string id)
{
    const messaging::Message m{std::move(id), "a", "b", "1", {}, {}, {}};
    return entry(index, term, raft::EntryKind::Command, messaging::encodeBatch({&m, 1}));
}

/// Three formed nodes with equal logs on disk: entry 1 forms the cluster in term 1, entry 2 carries message
/// "m".
struct Drawing
{
    ClusterView cluster;
    std::vector<DiskView> disks{3};
    raft::Configuration configuration;
    raft::EntryPtr form;

    Drawing()
    {
        cluster.initialSlots = 3;
        cluster.nodes.resize(3);
        configuration.cluster.bytes[0] = 7;
        for (int slot = 0; slot < 3; ++slot)
            configuration.members.push_back(
                {serverOf(slot), nameOfSlot(slot), "http://" + nameOfSlot(slot), raft::MemberRole::Voter});
        form = entry(1, 1, raft::EntryKind::Form, raft::encodeConfiguration(configuration));
        for (int slot = 0; slot < 3; ++slot) {
            DiskView& disk = disks[static_cast<std::size_t>(slot)];
            disk.durable.hardState = {Term(1), serverOf(0)};
            disk.durable.log = {form, message(2, 1, "m")};
            disk.written = disk.durable;
            NodeView& n = node(slot);
            n.slot = slot;
            n.server = serverOf(slot);
            n.run = static_cast<std::uint32_t>(slot) + 1;
            n.up = true;
            n.term = Term(1);
            n.commit = LogIndex(2);
            n.applyThrough = LogIndex(2);
            n.configuration = configuration;
            n.disk = &disk;
            cluster.disks[n.server] = &disk;
        }
        node(0).role = raft::Role::Leader;
    }
    NodeView& node(int slot) { return cluster.nodes[static_cast<std::size_t>(slot)]; }
    DiskView& disk(int slot) { return disks[static_cast<std::size_t>(slot)]; }

    /// Shows the checker all nodes as they are.
    void show(Checker& checker)
    {
        for (const NodeView& n : cluster.nodes)
            checker.onDurable(cluster, n);
        for (const NodeView& n : cluster.nodes)
            checker.onStep(cluster, n);
    }
    void start(Checker& checker)
    {
        for (NodeView& n : cluster.nodes)
            checker.onStart(cluster, n);
    }
    void append(int slot, raft::EntryPtr e)
    {
        disk(slot).durable.log.push_back(e);
        disk(slot).written.log.push_back(std::move(e));
    }
};

inline std::string whatOf(const Checker& checker)
{
    return checker.violation() ? checker.violation()->what : std::string();
}

#define HOLDS(checker) QCOMPARE(QString::fromStdString(whatOf(checker)), QString())
#define FAILS(checker) QVERIFY((checker).violation().has_value())

} // namespace dsmsg::sim

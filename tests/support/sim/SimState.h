// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node's state store with what it needs to take a snapshot in: a staged state beside the one in use. A
// crash leaves both; a power cut leaves of each what was synced, which for a complete staged snapshot is the
// whole (storage::SnapshotStaging).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "core/messaging/Snapshot.h"
#include "tests/support/MemoryStore.h"
#include "tests/support/sim/View.h"

namespace dsmsg::sim {

class SimState
{
public:
    struct Stored
    {
        std::uint64_t position = 0;
        LogIndex finishedAt; ///< not 0: complete and durable
    };

    explicit SimState(StateView& view)
        : view_(view)
    {
    }

    testing::MemoryStore& store() { return store_; }
    /// To be called after the store was written to.
    void changed();
    void checkpoint();
    void cutPower();

    bool staging() const { return staged_ != nullptr; }
    Stored stage(std::uint64_t position, std::string_view chunk);
    /// The staged state becomes the one in use. False: none is staged for that index.
    bool install(LogIndex index);
    /// At start: finishes what a crash interrupted between the reset of the log and the install. False: the
    /// log begins after what any state covers.
    bool completeInstall(LogIndex base);

private:
    void discard();

    StateView& view_;
    testing::MemoryStore store_;
    std::unique_ptr<testing::MemoryStore> staged_;
    std::optional<messaging::SnapshotBuilder> builder_; ///< of `staged_`
};

} // namespace dsmsg::sim

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The host's part in a snapshot: the leader's state read piece by piece, a follower's pieces staged, the
// staged whole put in the place of the state in use. Each takes its time, so that everything can happen
// between.
#include "core/messaging/Snapshot.h"
#include "tests/support/sim/Describe.h"
#include "tests/support/sim/SimProcess.h"

namespace dsmsg::sim {

bool SimProcess::completeInstall(LogIndex base)
{
    if (!machine_.state->completeInstall(base)) {
        lab_.judge.condemn(
            {"SnapshotDiscipline", text(nameOfSlot(machine_.view.slot), "'s log begins after entry ", base,
                                        ", but its state ends at ", machine_.view.state.applied.index)});
        return false;
    }
    lab_.coverage.seen(Kind::InstallCompleted);
    lab_.trace.line(nameOfSlot(machine_.view.slot), " completes the install of ", base);
    lab_.judge.install(machine_.view);
    return true;
}

void SimProcess::readState(const raft::SnapshotReadRequest& request)
{
    const Duration late(random_.between(0, machine_.readDelayMax.count() + 1));
    later(machine_.disk->readDelay() + late, [this, request] {
        raft::SnapshotRead read{request.forPeer, request.position, {}, {}};
        testing::MemoryStore& store = machine_.state->store();
        auto chunk = store.readChunk(Seq(request.position), machine_.snapshotChunkBytes);
        if (!chunk) {
            // What the follower has staged goes beyond this state: it begins again.
            read.position = 0;
            chunk = store.readChunk(Seq(), machine_.snapshotChunkBytes);
        }
        if (chunk && !machine_.readsFail) {
            read.chunk = messaging::encodeChunk(*chunk);
            read.finishedAt = chunk->finished ? chunk->finished->index : LogIndex{};
        }
        lab_.coverage.seen(read.chunk.empty() ? Kind::SnapshotUnread : Kind::SnapshotPiece);
        handle(step(std::move(read)));
    });
}

void SimProcess::storePiece(const raft::SnapshotChunk& piece)
{
    later(machine_.disk->readDelay(), [this, piece] {
        const bool first = !std::exchange(askedHere_, true);
        const SimState::Stored stored = machine_.state->stage(piece.position, piece.bytes);
        lab_.trace.line(nameOfSlot(machine_.view.slot), " has staged up to ", stored.position,
                        stored.finishedAt ? ", complete for " : "",
                        stored.finishedAt ? text(stored.finishedAt) : std::string());
        if (first && stored.position > 0)
            lab_.coverage.seen(Kind::SnapshotResumed);
        lab_.judge.durable(machine_.view);
        handle(step(raft::SnapshotStored{stored.position, stored.finishedAt}));
        if (stored.finishedAt)
            host_.installing(machine_.view.slot, InstallStage::Staged);
        else if (stored.position > 0)
            host_.installing(machine_.view.slot, InstallStage::Staging);
    });
}

void SimProcess::install(LogIndex index)
{
    host_.installing(machine_.view.slot, InstallStage::Reset);
    later(machine_.disk->readDelay(), [this, index] {
        if (!machine_.state->install(index)) {
            lab_.judge.condemn(
                {"Install", text(nameOfSlot(machine_.view.slot), " is to install the state of ", index,
                                 ", which is not staged")});
            return;
        }
        installing_ = false;
        if (!stateMachine_.load().ok())
            return lab_.judge.condemn({"Install", "what waits cannot be read from an installed state"});
        scan_.emplace(machine_.state->store(), reader_);
        lab_.coverage.seen(Kind::Installed);
        const messaging::AppliedState& applied = machine_.view.state.applied;
        lab_.trace.line(nameOfSlot(machine_.view.slot), " installs the state of ", index, ", last seq ",
                        applied.lastSeq);
        lab_.judge.install(machine_.view);
        stateChanged();
        handle(step(raft::Applied{applied.index}));
        host_.installing(machine_.view.slot, InstallStage::Swapped);
    });
}

} // namespace dsmsg::sim

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The driver's part in snapshots and compaction: pieces of the state go between the core and the apply
// thread, and the log is compacted when it has grown long behind a state that is on disk.
#include "core/node/RaftDriver.h"

namespace dsmsg::node {

void RaftDriver::serveSnapshots(raft::Ready& ready)
{
    const auto toApply = [this](auto function) {
        QMetaObject::invokeMethod(
            workers_.apply,
            [apply = workers_.apply, function = std::move(function)]() mutable { function(*apply); },
            Qt::QueuedConnection);
    };
    for (const raft::SnapshotReadRequest& request : ready.snapshotReads)
        toApply([request](ApplyWorker& apply) { apply.readState(request.forPeer, request.position); });
    if (ready.snapshotChunk) {
        toApply([chunk = std::move(*ready.snapshotChunk)](ApplyWorker& apply) {
            apply.storeSnapshot(chunk.position, chunk.bytes);
        });
    }
    if (ready.write && ready.write->reset)
        installing_ = true;
    if (ready.install)
        toApply([index = ready.install](ApplyWorker& apply) { apply.installSnapshot(index); });
}

void RaftDriver::stateRead(ServerId forPeer, std::uint64_t position, std::string chunk, LogIndex finishedAt)
{
    handle(step(raft::SnapshotRead{forPeer, position, std::move(chunk), finishedAt}));
}

void RaftDriver::snapshotStored(std::uint64_t position, LogIndex finishedAt)
{
    handle(step(raft::SnapshotStored{position, finishedAt}));
}

void RaftDriver::snapshotInstalled(ApplyReport report)
{
    installing_ = false;
    appliedState_ = report.state;
    held_ = report.held;
    observer_.stateReplaced(report.state);
    recent_ = std::move(report.recent);
    pacer_.applied(report.state.delivery.watermark, report.oldestHeld);
    applySent_ = report.state.index;
    applyThrough_ = std::max(applyThrough_, applySent_);
    stateDurable_ = report.durable;
    gauge_.reset(report.state.index);
    divergence_.forgetOwn();
    reads_.applied(appliedState_.index, appliedState_.lastSeq);
    handle(step(raft::Applied{report.state.index}));
}

void RaftDriver::compactIfLong()
{
    const auto target = gauge_.target();
    if (!target || *target > stateDurable_)
        return;
    gauge_.compacted(*target);
    handle(step(raft::Compact{*target}));
}

void RaftDriver::compactNow(std::function<void(Result<LogIndex>)> answer)
{
    if (stopped())
        return answer(Error{Error::Kind::Refused, "this node's storage has failed, or it is shutting down"});
    // The answer comes back through this thread, where the core is.
    const auto compact = [this, answer = std::move(answer)](Result<LogIndex> durable) {
        QMetaObject::invokeMethod(
            this,
            [this, answer, durable = std::move(durable)] {
                if (!durable)
                    return answer(durable.error());
                stateDurable_ = std::max(stateDurable_, *durable);
                gauge_.compacted(*durable);
                handle(step(raft::Compact{*durable}));
                answer(raft_.status(clock_.now()).first);
            },
            Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(
        workers_.apply, [apply = workers_.apply, compact] { apply->syncState(compact); },
        Qt::QueuedConnection);
}

void RaftDriver::readState(Seq after, std::function<void(Result<std::string>)> answer)
{
    if (stopped())
        return answer(Error{Error::Kind::Refused, "this node's storage has failed, or it is shutting down"});
    QMetaObject::invokeMethod(
        workers_.apply,
        [apply = workers_.apply, after, answer = std::move(answer)] { apply->readChunk(after, answer); },
        Qt::QueuedConnection);
}

} // namespace dsmsg::node

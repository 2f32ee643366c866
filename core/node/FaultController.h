// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps the faults that are active on this node, makes disk, clock, links and Raft thread obey them, and ends
// each at its time. Lives in a thread of its own, which no fault can block: a paused or stalled node can
// still be healed.
#pragma once

#include <memory>
#include <set>
#include <vector>

#include <QDeadlineTimer>
#include <QObject>
#include <QSemaphore>
#include <QTimer>

#include "core/base/FaultClock.h"
#include "core/node/Faults.h"
#include "core/storage/DiskFaults.h"

namespace dsmsg::node {

class FaultController : public QObject
{
    Q_OBJECT
public:
    struct Subjects
    {
        std::shared_ptr<storage::DiskFaults> disk;
        FaultClock& clock; ///< outlives the controller
        /// Takes the active faults to the Raft thread, which sets its links by them.
        std::function<void(std::vector<ActiveFault>)> changed;
        /// Makes the Raft thread wait until the semaphore is released or the time is over.
        std::function<void(std::shared_ptr<QSemaphore>, Milliseconds)> pause;
    };

    FaultController(Subjects subjects, const std::vector<std::string>& peerUrls);
    ~FaultController() override; ///< heals all

    // In this object's thread.
    std::vector<ActiveFault> list() const;
    Result<ActiveFault> inject(FaultOrder order);
    std::size_t heal(std::optional<std::uint64_t> id);
    /// Faults may name it from now on.
    void peerMet(const QString& url, const QString& id);

private:
    struct Fault
    {
        std::uint64_t id = 0;
        FaultOrder order;
        QDeadlineTimer end;
        std::shared_ptr<QSemaphore> pause; ///< of a pause: releasing it ends it
    };

    std::size_t remove(const std::function<bool(const Fault&)>& chosen, const char* why);
    void endDue();
    void obey(FaultKind changed);
    double total(FaultKind kind) const;
    void awaitNextEnd();

    Subjects subjects_;
    std::set<std::string> peerNames_;
    std::vector<Fault> faults_;
    std::uint64_t lastId_ = 0;
    QTimer endTimer_;
};

} // namespace dsmsg::node

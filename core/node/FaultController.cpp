// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/FaultController.h"

#include <algorithm>

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcFaults, "dsmsg.faults")

namespace dsmsg::node {

namespace {

constexpr std::size_t faultsMax = 64;

Milliseconds secondsToMilliseconds(double seconds)
{
    return Milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

} // namespace

FaultController::FaultController(Subjects subjects, const std::vector<std::string>& peerUrls)
    : subjects_(std::move(subjects))
    , peerNames_(peerUrls.begin(), peerUrls.end())
    , endTimer_(this)
{
    endTimer_.setSingleShot(true);
    endTimer_.setTimerType(Qt::PreciseTimer);
    connect(&endTimer_, &QTimer::timeout, this, &FaultController::endDue);
}

FaultController::~FaultController()
{
    heal(std::nullopt);
}

std::vector<ActiveFault> FaultController::list() const
{
    std::vector<ActiveFault> active;
    for (const Fault& fault : faults_)
        active.push_back(
            {fault.id, fault.order, Milliseconds(std::max<qint64>(fault.end.remainingTime(), 0))});
    return active;
}

Result<ActiveFault> FaultController::inject(FaultOrder order)
{
    if (auto valid = checkFault(order); !valid)
        return valid.error();
    for (const std::string& peer : order.peers) {
        if (!peerNames_.contains(peer))
            return Error{Error::Kind::Invalid,
                         "this node has no peer \"" + peer + "\"; name peers by their URL or id"};
    }
    if (faults_.size() >= faultsMax)
        return Error{Error::Kind::Busy,
                     std::to_string(faultsMax) + " faults are active already; heal some with DELETE /faults"};
    if (order.kind == FaultKind::Pause && order.value)
        order.lasts = std::min(order.lasts, secondsToMilliseconds(*order.value));
    Fault fault{++lastId_, std::move(order), {}, {}};
    fault.end = QDeadlineTimer(fault.order.lasts, Qt::PreciseTimer);
    qCWarning(lcFaults, "FAULT %llu INJECTED for %.1f s: %s.", static_cast<unsigned long long>(fault.id),
              static_cast<double>(fault.order.lasts.count()) / 1000, describe(fault.order).c_str());
    if (fault.order.kind == FaultKind::Pause) {
        fault.pause = std::make_shared<QSemaphore>();
        subjects_.pause(fault.pause, fault.order.lasts);
    }
    const ActiveFault injected{fault.id, fault.order, fault.order.lasts};
    faults_.push_back(std::move(fault));
    obey(injected.order.kind);
    return injected;
}

std::size_t FaultController::heal(std::optional<std::uint64_t> id)
{
    return remove([id](const Fault& fault) { return !id || fault.id == *id; }, "on request");
}

void FaultController::peerMet(const QString& url, const QString& id)
{
    constexpr std::size_t namesMax = 1000;
    if (peerNames_.size() + 2 > namesMax)
        return;
    peerNames_.insert(url.toStdString());
    peerNames_.insert(id.toStdString());
}

void FaultController::endDue()
{
    remove([](const Fault& fault) { return fault.end.hasExpired(); }, "its time is over");
    awaitNextEnd();
}

std::size_t FaultController::remove(const std::function<bool(const Fault&)>& chosen, const char* why)
{
    std::vector<Fault> ended;
    for (Fault& fault : faults_) {
        if (chosen(fault))
            ended.push_back(fault);
    }
    std::erase_if(faults_, chosen);
    for (const Fault& fault : ended) {
        qCWarning(lcFaults, "Fault %llu healed, %s: %s.", static_cast<unsigned long long>(fault.id), why,
                  describe(fault.order).c_str());
        if (fault.pause)
            fault.pause->release();
        obey(fault.order.kind);
    }
    return ended.size();
}

void FaultController::obey(FaultKind changed)
{
    switch (changed) {
    case FaultKind::Partition:
    case FaultKind::Delay:
    case FaultKind::Loss:
    case FaultKind::Pause:
        break;
    case FaultKind::ClockOffset:
    case FaultKind::ClockDrift:
        subjects_.clock.bend({Duration(static_cast<Duration::rep>(total(FaultKind::ClockOffset) * 1e6)),
                              std::clamp(total(FaultKind::ClockDrift), -900'000.0, 1e6)});
        break;
    case FaultKind::DiskFull: {
        std::optional<std::uint64_t> least;
        for (const Fault& fault : faults_) {
            if (fault.order.kind == FaultKind::DiskFull)
                least = std::min(least.value_or(UINT64_MAX),
                                 static_cast<std::uint64_t>(fault.order.value.value_or(0)));
        }
        subjects_.disk->leaveBytes(least);
        break;
    }
    case FaultKind::DiskSlow:
        subjects_.disk->delaySyncs(Milliseconds(static_cast<std::int64_t>(total(changed))));
        break;
    case FaultKind::FsyncFail:
        subjects_.disk->failSyncs(std::ranges::any_of(
            faults_, [](const Fault& fault) { return fault.order.kind == FaultKind::FsyncFail; }));
        break;
    }
    subjects_.changed(list());
    awaitNextEnd();
}

double FaultController::total(FaultKind kind) const
{
    double sum = 0;
    for (const Fault& fault : faults_)
        sum += fault.order.kind == kind ? fault.order.value.value_or(0) : 0;
    return sum;
}

void FaultController::awaitNextEnd()
{
    endTimer_.stop();
    const auto next = std::ranges::min_element(
        faults_, [](const Fault& a, const Fault& b) { return a.end.deadline() < b.end.deadline(); });
    if (next != faults_.end())
        endTimer_.start(static_cast<int>(std::max<qint64>(next->end.remainingTime(), 0)));
}

} // namespace dsmsg::node

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What NodeState shows of its newest sample; nothing known before the first.
#include "app/monitor/cluster/Figures.h"
#include "app/monitor/cluster/NodeState.h"

namespace dsmsg::monitor {

namespace {

double positionOf(const SamplePtr& sample, quint64 Sample::*field)
{
    return sample ? double(sample.get()->*field) : unknown;
}

double figureOf(const SamplePtr& sample, std::optional<double> Sample::*field)
{
    return sample ? orUnknown(sample.get()->*field) : unknown;
}

double queueOf(const SamplePtr& sample, const QByteArray& name)
{
    return sample ? sample->queues.value(name, unknown) : unknown;
}

} // namespace

double NodeState::commit() const
{
    return positionOf(sample_, &Sample::commit);
}

double NodeState::applied() const
{
    return positionOf(sample_, &Sample::applied);
}

double NodeState::lastIndex() const
{
    return positionOf(sample_, &Sample::logLast);
}

double NodeState::durableIndex() const
{
    return positionOf(sample_, &Sample::logDurable);
}

double NodeState::firstIndex() const
{
    return positionOf(sample_, &Sample::logFirst);
}

double NodeState::snapshotIndex() const
{
    return positionOf(sample_, &Sample::snapshot);
}

double NodeState::committedSeq() const
{
    return positionOf(sample_, &Sample::committedSeq);
}

double NodeState::deliveredSeq() const
{
    return positionOf(sample_, &Sample::deliveredSeq);
}

double NodeState::acknowledgedPerS() const
{
    return sample_ ? sample_->acknowledgedPerS : unknown;
}

double NodeState::appliedPerS() const
{
    return sample_ ? sample_->appliedPerS : unknown;
}

double NodeState::p50Ms() const
{
    return figureOf(sample_, &Sample::p50Ms);
}

double NodeState::p95Ms() const
{
    return figureOf(sample_, &Sample::p95Ms);
}

double NodeState::p99Ms() const
{
    return figureOf(sample_, &Sample::p99Ms);
}

double NodeState::fsyncMs() const
{
    return figureOf(sample_, &Sample::fsyncMs);
}

double NodeState::freeBytes() const
{
    return positionOf(sample_, &Sample::freeBytes);
}

QString NodeState::diskFailure() const
{
    return sample_ ? sample_->diskFailure : QString();
}

double NodeState::clusterTs() const
{
    return sample_ ? sample_->clusterTs : unknown;
}

double NodeState::boundMs() const
{
    return sample_ ? msOrUnknown(sample_->bound) : unknown;
}

double NodeState::electionTimeoutMs() const
{
    return leads() ? unknown : figureOf(sample_, &Sample::electionTimeoutMs);
}

double NodeState::electionRemainingMs() const
{
    return leads() ? unknown : figureOf(sample_, &Sample::electionRemainingMs);
}

double NodeState::held() const
{
    return queueOf(sample_, "held");
}

double NodeState::pending() const
{
    return queueOf(sample_, "submissions");
}

double NodeState::connections() const
{
    return queueOf(sample_, "connections");
}

int NodeState::subscribers() const
{
    return sample_ ? sample_->subscribers : 0;
}

int NodeState::faults() const
{
    return sample_ ? sample_->faults : 0;
}

QString NodeState::explain() const
{
    return sample_ ? sample_->explain : QString();
}

} // namespace dsmsg::monitor

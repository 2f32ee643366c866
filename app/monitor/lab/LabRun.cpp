// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/lab/LabRun.h"

#include <algorithm>
#include <cmath>

#include <QDateTime>

#include "app/monitor/lab/FaultLab.h"

namespace dsmsg::monitor {

namespace {

constexpr int turnMs = 100;
constexpr Milliseconds equalPatience{30'000};
constexpr qint64 recoverPatienceMs = 15'000;
constexpr qsizetype ratesMax = 3000;
constexpr qsizetype marksMax = 200;

} // namespace

LabRun::LabRun(FaultLab& lab)
    : lab_(lab)
{
    qRegisterMetaType<LoadFigures>();
    qRegisterMetaType<soak::Verifier::Verdict>();
    thread_.setObjectName(QStringLiteral("dsmsg-lab"));
    turn_.setInterval(turnMs);
    connect(&turn_, &QTimer::timeout, this, &LabRun::turn);
    connect(&lab.cluster(), &ClusterMonitor::sampled, this,
            [this](NodeState* node, const SamplePtr& sample) { watch(node, *sample); });
    connect(&lab.cluster(), &ClusterMonitor::happened, this,
            [this](NodeState*, const RaftEvent& event) { happened(event); });
    thread_.start();
}

LabRun::~LabRun()
{
    endJudge();
    thread_.quit();
    thread_.wait();
}

void LabRun::breakIt(const QString& scenario)
{
    if (!prepare(scenario))
        return;
    underLoad_ = true;
    lab_.verdict()->clear();
    judge_ = new LabJudge;
    judge_->moveToThread(&thread_);
    connect(judge_, &LabJudge::begun, this, [this](const QString& problem) {
        if (problem.isEmpty())
            begin();
        else
            finish(Failed, problem);
    });
    connect(judge_, &LabJudge::figures, this, [this](const LoadFigures& figures) {
        record_.load = figures;
        countRate(figures.acknowledged);
        Q_EMIT ticked();
    });
    connect(judge_, &LabJudge::loadEnded, this, &LabRun::loadEnded);
    connect(judge_, &LabJudge::reading, this, [this](double progress) {
        readProgress_ = progress;
        Q_EMIT ticked();
    });
    connect(judge_, &LabJudge::verified, this, [this](const soak::Verifier::Verdict& verdict) {
        record_.read = verdict;
        closeCatchUps();
        lab_.verdict()->set(record_);
        finish(Done);
        Q_EMIT judged();
    });
    const LabJudge::Order order{lab_.cluster().urls(), static_cast<quint64>(scenario_.perSecond),
                                Milliseconds(static_cast<qint64>(scenario_.seconds * 1000))};
    QMetaObject::invokeMethod(judge_, [judge = judge_, order] { judge->load(order); });
    Q_EMIT changed();
}

void LabRun::inject(const QString& scenario)
{
    if (!prepare(scenario))
        return;
    underLoad_ = false;
    // Without a load there is nothing to wait for before the first step.
    const double first = scenario_.steps.first().atS;
    for (ScenarioStep& step : scenario_.steps)
        step.atS -= first;
    scenario_.seconds -= first;
    begin();
}

bool LabRun::prepare(const QString& id)
{
    const Scenario* scenario = lab_.scenarios()->find(id);
    if (scenario == nullptr || active())
        return false;
    scenario_ = *scenario;
    record_ = {};
    record_.scenario = lab_.scenarios()->get(id).value(QStringLiteral("name")).toString();
    record_.nodes = lab_.cluster().nodes()->count();
    cast_ = lab_.cast();
    steps_.clear();
    marks_.clear();
    rates_.clear();
    countedRate_ = 0;
    readProgress_ = 0;
    next_ = 0;
    behind_.clear();
    returns_.clear();
    problem_.clear();
    term_ = static_cast<quint64>(std::max(lab_.cluster().term(), 0.0));
    for (qsizetype i = 0; i < scenario_.steps.size(); ++i)
        steps_.append(QVariantMap{{QStringLiteral("atS"), scenario_.steps[i].atS},
                                  {QStringLiteral("lastsS"), scenario_.lastsS(i)},
                                  {QStringLiteral("title"), scenario_.steps[i].title()},
                                  {QStringLiteral("detail"), QString()},
                                  {QStringLiteral("state"), QStringLiteral("waiting")}});
    phase_ = Preparing;
    clock_.start();
    Q_EMIT stepsChanged();
    Q_EMIT ticked();
    return true;
}

void LabRun::begin()
{
    phase_ = Running;
    clock_.start();
    turn_.start();
    Q_EMIT changed();
}

// --- the script ---

void LabRun::turn()
{
    if (phase_ == Running) {
        runDueSteps();
        Q_EMIT ticked();
        const bool over = elapsedS() >= scenario_.seconds && next_ == scenario_.steps.size();
        if (over && !underLoad_)
            recover();
    } else if (phase_ == Recovering) {
        if (recovering_.elapsed() > recoverPatienceMs || recovered()) {
            if (!underLoad_)
                return finish(Done);
            phase_ = Reading;
            turn_.stop();
            QMetaObject::invokeMethod(judge_, [judge = judge_] { judge->verify(equalPatience); });
            Q_EMIT changed();
        }
    }
}

void LabRun::runDueSteps()
{
    const double now = elapsedS();
    while (next_ < scenario_.steps.size() && scenario_.steps[next_].atS <= now)
        runStep(next_++);
    for (qsizetype i = returns_.size() - 1; i >= 0; --i) {
        if (returns_[i].first <= now)
            returned(returns_.takeAt(i).second);
    }
}

void LabRun::runStep(qsizetype number)
{
    const ScenarioStep& step = scenario_.steps[number];
    const auto aliases = cast_.aliases;
    cast_ = lab_.cast();
    cast_.aliases = aliases;
    if (step.what == QStringLiteral("heal")) {
        lab_.healAll();
        mark(tr("Everything healed"), QStringLiteral("heart-pulse"), QStringLiteral("info"));
        for (const QString& node : std::as_const(cast_.everybody))
            returned(node);
        return stepIs(number, QStringLiteral("done"), {});
    }
    const QStringList nodes = cast_.find(step.node);
    if (nodes.isEmpty())
        return stepIs(number, QStringLiteral("failed"),
                      step.node == QStringLiteral("leader") ? tr("there was no leader")
                                                            : tr("there is no such node"));
    if (!step.as.isEmpty())
        cast_.aliases.insert(step.as, nodes);
    stepIs(number, QStringLiteral("done"), nodes.join(QStringLiteral(", ")));
    for (const QString& node : nodes)
        perform(number, step, node);
}

void LabRun::perform(qsizetype number, const ScenarioStep& step, const QString& name)
{
    NodeState* node = lab_.named(name);
    const EmbeddedNode* own = lab_.embeddedNode(node);
    if (node == nullptr)
        return stepIs(number, QStringLiteral("failed"), tr("%1 is gone").arg(name));
    if (!step.isFault() && own == nullptr)
        return stepIs(number, QStringLiteral("failed"),
                      tr("only nodes of the local cluster can be killed and started"));
    if (step.what == QStringLiteral("kill")) {
        deed({nowTs(), tr("%1 killed").arg(name), name, QStringLiteral("skull"), true},
             QStringLiteral("critical"));
        return lab_.kill(node);
    }
    if (step.what == QStringLiteral("restart")) {
        deed({nowTs(), tr("%1 started again").arg(name), name, QStringLiteral("play")},
             QStringLiteral("info"));
        returned(name);
        return lab_.restart(node);
    }
    Fault fault = step.fault;
    if (!step.peers.isEmpty()) {
        fault.peers = cast_.find(step.peers);
        fault.peers.removeAll(name);
    }
    deed({nowTs(), QStringLiteral("%1: %2").arg(name, fault.text()), name,
          QLatin1String(faultKind(fault.kind)->iconName)},
         QStringLiteral("warning"));
    returns_.append({elapsedS() + fault.forS, name});
    lab_.order(node, fault, [this, guard = QPointer<LabRun>(this), number](const QString& problem) {
        if (guard && !problem.isEmpty() && number < steps_.size())
            stepIs(number, QStringLiteral("failed"), problem);
    });
}

void LabRun::deed(const RunRecord::Deed& deed, const QString& severity)
{
    record_.deeds.append(deed);
    mark(deed.text, deed.iconName, severity);
}

void LabRun::stepIs(qsizetype number, const QString& state, const QString& detail)
{
    QVariantMap step = steps_[number].toMap();
    step.insert(QStringLiteral("state"), state);
    step.insert(QStringLiteral("detail"), detail);
    steps_[number] = step;
    Q_EMIT stepsChanged();
}

void LabRun::mark(const QString& text, const QString& iconName, const QString& severity)
{
    if (marks_.size() >= marksMax)
        return;
    marks_.append(QVariantMap{{QStringLiteral("atS"), elapsedS()},
                              {QStringLiteral("text"), text},
                              {QStringLiteral("iconName"), iconName},
                              {QStringLiteral("severity"), severity}});
    Q_EMIT stepsChanged();
}

// --- what happens meanwhile ---

void LabRun::happened(const RaftEvent& event)
{
    if (phase_ != Running && phase_ != Recovering)
        return;
    if (event.kind != QStringLiteral("leader_elected") || event.term <= term_)
        return;
    term_ = event.term;
    RunRecord::Leadership leadership{event.clusterTs, event.term, event.nodeId};
    // A later election without a deed between is not that deed's.
    const double before = record_.leaders.isEmpty() ? 0 : record_.leaders.last().ts;
    for (const RunRecord::Deed& deed : std::as_const(record_.deeds)) {
        if (deed.ts > before && deed.ts <= event.clusterTs)
            leadership.afterMs = (event.clusterTs - deed.ts) * 1000;
    }
    record_.leaders.append(leadership);
    mark(tr("%1 leads term %2").arg(event.nodeId).arg(event.term), QStringLiteral("crown"),
         QStringLiteral("good"));
}

/// A fault of this node has ended, or it was started: what it lacks now it has to catch up.
void LabRun::returned(const QString& name)
{
    NodeState* back = lab_.named(name);
    if (back == nullptr)
        return;
    double most = 0;
    for (const NodeState* node : lab_.cluster().nodes()->nodes())
        most = std::max(most, std::isnan(node->commit()) ? 0 : node->commit());
    const double has = std::isnan(back->applied()) ? 0 : back->applied();
    if (most <= has)
        return;
    Behind behind{static_cast<quint64>(most), most - has, {}};
    behind.since.start();
    behind_.insert(name, behind);
}

void LabRun::watch(NodeState* node, const Sample& sample)
{
    const auto behind = behind_.constFind(node->name());
    if (behind == behind_.constEnd() || sample.applied < behind->target)
        return;
    record_.catchUps.append({node->name(), behind->entries, double(behind->since.elapsed())});
    behind_.erase(behind);
}

void LabRun::countRate(quint64 acknowledged)
{
    const auto bin = static_cast<qsizetype>(elapsedS() / binS());
    while (rates_.size() <= bin && rates_.size() < ratesMax)
        rates_.append(0);
    if (bin < rates_.size())
        rates_[bin] += double(acknowledged - countedRate_) / binS();
    countedRate_ = acknowledged;
}

double LabRun::elapsedS() const
{
    if (phase_ == Idle || phase_ == Preparing)
        return 0;
    return active() ? double(clock_.elapsed()) / 1000 : endedS_;
}

double LabRun::nowTs() const
{
    const double cluster = lab_.cluster().clusterTs();
    return std::isnan(cluster) ? double(QDateTime::currentMSecsSinceEpoch()) / 1000 : cluster;
}

// --- the end ---

void LabRun::loadEnded()
{
    if (phase_ == Running)
        recover();
}

void LabRun::recover()
{
    phase_ = Recovering;
    recovering_.start();
    lab_.healAll();
    Q_EMIT changed();
}

bool LabRun::recovered() const
{
    if (lab_.faults()->count() > 0)
        return false;
    for (NodeState* node : lab_.cluster().nodes()->nodes()) {
        const EmbeddedNode* own = lab_.embeddedNode(node);
        if (own != nullptr && own->state() != EmbeddedNode::Running)
            return false;
        if (node->freshness() != NodeState::Freshness::Fresh)
            return false;
    }
    return lab_.cluster().leader() != nullptr && (behind_.isEmpty() || !underLoad_);
}

void LabRun::cancel()
{
    if (!active())
        return;
    lab_.healAll();
    finish(Cancelled);
}

void LabRun::finish(Phase phase, const QString& problem)
{
    behind_.clear();
    turn_.stop();
    endJudge();
    endedS_ = elapsedS();
    phase_ = phase;
    problem_ = problem;
    Q_EMIT changed();
    Q_EMIT ticked();
}

/// Who has not caught up by now had not when the verdict was given.
void LabRun::closeCatchUps()
{
    for (auto behind = behind_.constBegin(); behind != behind_.constEnd(); ++behind)
        record_.catchUps.append({behind.key(), behind->entries, -1});
    behind_.clear();
}

void LabRun::endJudge()
{
    if (judge_ == nullptr)
        return;
    judge_->disconnect(this);
    std::exchange(judge_, nullptr)->deleteLater();
}

double LabRun::progress() const
{
    switch (phase_) {
    case Running:
        return std::min(elapsedS() / std::max(scenario_.seconds, 0.1), 1.0);
    case Reading:
        return readProgress_;
    case Recovering:
    case Done:
        return 1;
    default:
        return 0;
    }
}

QString LabRun::phaseText() const
{
    switch (phase_) {
    case Idle:
        return {};
    case Preparing:
        return tr("Asking every node what it has");
    case Running:
        return underLoad_ ? tr("Breaking it under load") : tr("Breaking it");
    case Recovering:
        return tr("Healing, and waiting until every node is back");
    case Reading:
        return tr("Reading every message back from every node");
    case Done:
        return underLoad_ ? tr("Done") : tr("Done, everything healed");
    case Cancelled:
        return tr("Cancelled, everything healed");
    case Failed:
        break;
    }
    return tr("Did not run");
}

} // namespace dsmsg::monitor

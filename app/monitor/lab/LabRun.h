// SPDX-License-Identifier: GPL-3.0-or-later
//
// One scenario under way: its steps at their times, with or without a load on the cluster, and with a load
// the verdict at its end. Whatever happens, it ends with every fault healed and every killed node started.
#pragma once

#include <functional>
#include <memory>

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QThread>
#include <QTimer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/cluster/Sample.h"
#include "app/monitor/lab/LabVerdict.h"
#include "app/monitor/lab/Scenario.h"

namespace dsmsg::monitor {

class FaultLab;
class NodeState;

class LabRun : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("FaultLab.run")
    Q_PROPERTY(Phase phase READ phase NOTIFY changed)
    Q_PROPERTY(bool active READ active NOTIFY changed)
    Q_PROPERTY(QString phaseText READ phaseText NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed) ///< why it failed
    Q_PROPERTY(QString scenarioId READ scenarioId NOTIFY changed)
    Q_PROPERTY(QString scenarioName READ scenarioName NOTIFY changed)
    Q_PROPERTY(bool underLoad READ underLoad NOTIFY changed)
    Q_PROPERTY(double elapsedS READ elapsedS NOTIFY ticked)
    Q_PROPERTY(double totalS READ totalS NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY ticked) ///< 0 to 1, of the phase
    /// {atS, lastsS, title, detail, state}, state one of "waiting", "done", "failed".
    Q_PROPERTY(QVariantList steps READ steps NOTIFY stepsChanged)
    Q_PROPERTY(int currentStep READ currentStep NOTIFY stepsChanged) ///< the next one; -1: none is left
    // What the senders hear
    Q_PROPERTY(double acknowledged READ acknowledged NOTIFY ticked)
    Q_PROPERTY(double silenceMs READ silenceMs NOTIFY ticked)
    Q_PROPERTY(double unknown READ unknown NOTIFY ticked)
    Q_PROPERTY(double rejected READ rejected NOTIFY ticked)
    Q_PROPERTY(
        QList<double> rates READ rates NOTIFY ticked) ///< acknowledged a second, each of them binS long
    Q_PROPERTY(double binS READ binS CONSTANT)
    Q_PROPERTY(QVariantList marks READ marks NOTIFY
                   stepsChanged) ///< {atS, text, iconName, severity} of what happened

public:
    enum Phase
    {
        Idle,
        Preparing,
        Running,
        Recovering, ///< heals, starts nodes again, waits for the last answers
        Reading,    ///< every node is read back
        Done,
        Cancelled,
        Failed
    };
    Q_ENUM(Phase)

    explicit LabRun(FaultLab& lab);
    ~LabRun() override;

    /// Under load, with a verdict at the end.
    Q_INVOKABLE void breakIt(const QString& scenario);
    /// The steps only.
    Q_INVOKABLE void inject(const QString& scenario);
    Q_INVOKABLE void cancel();

    Phase phase() const { return phase_; }
    bool active() const { return phase_ >= Preparing && phase_ <= Reading; }
    QString phaseText() const;
    QString problem() const { return problem_; }
    QString scenarioId() const { return scenario_.id; }
    QString scenarioName() const { return record_.scenario; }
    bool underLoad() const { return underLoad_; }
    double elapsedS() const;
    double totalS() const { return scenario_.seconds; }
    double progress() const;
    QVariantList steps() const { return steps_; }
    int currentStep() const { return next_ < scenario_.steps.size() ? static_cast<int>(next_) : -1; }
    double acknowledged() const { return double(record_.load.acknowledged); }
    double silenceMs() const { return record_.load.silenceMs; }
    double unknown() const { return double(record_.load.unknown); }
    double rejected() const { return double(record_.load.rejected); }
    QList<double> rates() const { return rates_; }
    static double binS() { return 0.2; }
    QVariantList marks() const { return marks_; }

Q_SIGNALS:
    void changed();
    void stepsChanged();
    void ticked();
    void judged(); ///< FaultLab.verdict is this run's

private:
    /// A node that came back and lacks entries.
    struct Behind
    {
        quint64 target = 0;
        double entries = 0;
        QElapsedTimer since;
    };

    bool prepare(const QString& scenario);
    void begin();
    void turn();
    void runDueSteps();
    void runStep(qsizetype number);
    void perform(qsizetype number, const ScenarioStep& step, const QString& node);
    void deed(const RunRecord::Deed& deed, const QString& severity);
    void returned(const QString& node);
    void watch(NodeState* node, const Sample& sample);
    void happened(const RaftEvent& event);
    void countRate(quint64 acknowledged);
    void stepIs(qsizetype number, const QString& state, const QString& detail);
    void mark(const QString& text, const QString& iconName, const QString& severity);
    void loadEnded();
    void recover();
    bool recovered() const;
    void finish(Phase phase, const QString& problem = {});
    void closeCatchUps();
    void endJudge();
    double nowTs() const;

    FaultLab& lab_;
    Phase phase_ = Idle;
    QString problem_;
    bool underLoad_ = false;
    Scenario scenario_;
    ScenarioCast cast_;
    RunRecord record_;
    QVariantList steps_;
    QVariantList marks_;
    QList<double> rates_;
    quint64 countedRate_ = 0;
    double readProgress_ = 0;
    qsizetype next_ = 0;
    quint64 term_ = 0;
    QHash<QString, Behind> behind_;
    QList<std::pair<double, QString>> returns_; ///< when in the run a fault of a node ends by itself
    QElapsedTimer clock_;
    double endedS_ = 0;
    QTimer turn_;
    QElapsedTimer recovering_;
    QThread thread_;
    LabJudge* judge_ = nullptr; ///< lives in thread_; null: none is at work
};

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a run has shown, with its evidence. judge() makes it of what the senders heard, what was read back
// from every node, and what happened meanwhile; it is a pure function, so that a tampered history can prove
// that it may fail.
#pragma once

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/lab/LabJudge.h"

namespace dsmsg::monitor {

/// Everything known of one run. Times are cluster time in seconds.
struct RunRecord
{
    struct Deed ///< of the scenario
    {
        double ts = 0;
        QString text; ///< "n3: Kill"
        QString node;
        QString iconName;
        bool killed = false; ///< a process ended
    };
    struct Leadership
    {
        double ts = 0;
        quint64 term = 0;
        QString node;
        double afterMs =
            -1; ///< since the deed that it follows; negative: none came after the leader before it
    };
    struct CatchUp ///< of a node that came back
    {
        QString node;
        double entries = 0; ///< it lacked
        double ms = -1;     ///< until it had them; negative: it did not within the run
    };
    QString scenario;
    QString mode; ///< of replication
    int nodes = 0;
    LoadFigures load;
    soak::Verifier::Verdict read;
    QList<Deed> deeds;
    QList<Leadership> leaders;
    QList<CatchUp> catchUps;
};

struct Finding
{
    Q_GADGET
    QML_VALUE_TYPE(finding)
    Q_PROPERTY(QString severity MEMBER severity)
    Q_PROPERTY(QString iconName MEMBER iconName)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString detail MEMBER detail)

public:
    QString severity; ///< "good", "info", "warning", "critical"
    QString iconName;
    QString title;
    QString detail;
};

struct Judgement
{
    QString severity; ///< "good", "warning" (as promised for async, or in doubt), "critical"
    QString sentence;
    QList<Finding> evidence; ///< the worst first
};

Judgement judge(const RunRecord& record);

/// The last run's, for QML.
class LabVerdict : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("FaultLab.verdict")
    Q_PROPERTY(bool known READ known NOTIFY changed)
    Q_PROPERTY(QString severity READ severity NOTIFY changed)
    Q_PROPERTY(QString sentence READ sentence NOTIFY changed)
    Q_PROPERTY(QString scenario READ scenario NOTIFY changed)
    Q_PROPERTY(QVariantList evidence READ evidence NOTIFY changed) ///< of Finding
    Q_PROPERTY(double acknowledged READ acknowledged NOTIFY changed)
    Q_PROPERTY(double lost READ lost NOTIFY changed)
    Q_PROPERTY(double lostBeforeMajority READ lostBeforeMajority NOTIFY changed)
    Q_PROPERTY(double duplicated READ duplicated NOTIFY changed)
    Q_PROPERTY(double reordered READ reordered NOTIFY changed)
    Q_PROPERTY(double gaps READ gaps NOTIFY changed)
    Q_PROPERTY(double unknown READ unknown NOTIFY changed)         ///< sends whose outcome nobody knows
    Q_PROPERTY(double newLeaderMs READ newLeaderMs NOTIFY changed) ///< the slowest; NaN: no election
    Q_PROPERTY(double silenceMs READ silenceMs NOTIFY changed)     ///< the longest that the senders waited
    Q_PROPERTY(double catchUpMs READ catchUpMs NOTIFY changed)     ///< the slowest; NaN: nobody had to
    Q_PROPERTY(QString text READ text NOTIFY changed)              ///< all of it, to be copied

public:
    using QObject::QObject;

    void set(const RunRecord& record);
    void clear();

    bool known() const { return known_; }
    QString severity() const { return judgement_.severity; }
    QString sentence() const { return judgement_.sentence; }
    QString scenario() const { return record_.scenario; }
    QVariantList evidence() const;
    const Judgement& judgement() const { return judgement_; }
    const RunRecord& record() const { return record_; }
    double acknowledged() const { return double(record_.load.acknowledged); }
    double lost() const { return double(record_.read.lost); }
    double lostBeforeMajority() const { return double(record_.read.lostBeforeMajority); }
    double duplicated() const { return double(record_.read.duplicated); }
    double reordered() const { return double(record_.read.reordered); }
    double gaps() const { return double(record_.read.gaps); }
    double unknown() const { return double(record_.load.unknown); }
    double newLeaderMs() const;
    double silenceMs() const { return record_.load.longestSilenceMs; }
    double catchUpMs() const;
    QString text() const;

Q_SIGNALS:
    void changed();

private:
    bool known_ = false;
    RunRecord record_;
    Judgement judgement_;
};

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Loads a cluster and reads everything back, in a thread of its own: the same load and the same verifier as
// `dsmsg soak`. It knows of no fault and hears of none.
#pragma once

#include <memory>

#include <QObject>
#include <QTimer>
#include <QUrl>

#include "app/soak/Load.h"
#include "app/soak/Verifier.h"

namespace dsmsg::monitor {

/// What the senders have heard so far.
struct LoadFigures
{
    quint64 acknowledged = 0;
    quint64 beforeMajority = 0; ///< of them: by one node alone
    quint64 rejected = 0;
    quint64 unknown = 0;
    quint64 underWay = 0;
    double silenceMs = 0; ///< since the last acknowledgement
    double longestSilenceMs = 0;
    QString lastReason; ///< why something was not acknowledged
};

class LabJudge : public QObject
{
    Q_OBJECT

public:
    struct Order
    {
        QList<QUrl> nodes;
        quint64 perSecond = 200;
        Milliseconds lasts{10'000};
    };
    static constexpr Milliseconds tick{100};

    LabJudge();
    ~LabJudge() override;

    // In this object's thread. One thing at a time, in this order.
    void load(const Order& order);
    void endLoad(); ///< before its time
    void verify(Milliseconds patience);

Q_SIGNALS:
    /// The load runs: every node said what it has. Or nothing can be sent, and why.
    void begun(const QString& problem);
    void figures(const dsmsg::monitor::LoadFigures& figures); ///< each tick, and at the end
    void loadEnded();
    void reading(double progress);
    void verified(const dsmsg::soak::Verifier::Verdict& verdict);

private:
    void run();
    void tell();

    Order order_;
    client::Client::Options options_;
    std::unique_ptr<client::Client> client_;
    std::unique_ptr<soak::Load> load_;
    std::unique_ptr<soak::Verifier> verifier_;
    QTimer ticker_;
    quint64 before_ = 0;
    qsizetype missing_ = 0; ///< answers of nodes
    bool hasLeader_ = false;
    QString problem_;
};

} // namespace dsmsg::monitor

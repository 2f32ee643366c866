// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/lab/LabJudge.h"

namespace dsmsg::monitor {

LabJudge::LabJudge()
    : ticker_(this)
{
    ticker_.setInterval(tick);
    connect(&ticker_, &QTimer::timeout, this, &LabJudge::tell);
}

LabJudge::~LabJudge() = default;

void LabJudge::load(const Order& order)
{
    order_ = order;
    options_ = {};
    options_.endpoints = order.nodes;
    options_.seed = systemSeed();
    // A node that stands still costs each send under way this much before it asks another.
    options_.limits.attempt = Milliseconds(2000);
    client_ = std::make_unique<client::Client>(options_);
    missing_ = order.nodes.size();
    for (const QUrl& url : order.nodes) {
        client_->status(url, [this](const Result<client::NodeStatus>& status) {
            if (status) {
                before_ = std::max(before_, status->committedSeq);
                hasLeader_ |= !status->leaderId.isEmpty();
            } else {
                problem_ = QString::fromStdString(status.error().text);
            }
            if (--missing_ == 0)
                run();
        });
    }
}

void LabJudge::run()
{
    if (!problem_.isEmpty())
        return Q_EMIT begun(
            tr("A node does not answer, so its messages could not be checked: %1").arg(problem_));
    if (!hasLeader_)
        return Q_EMIT begun(tr("No node knows a leader. Wait until there is one."));
    load_ = std::make_unique<soak::Load>(
        soak::Load::Settings{.client = options_, .perSecond = order_.perSecond, .duration = order_.lasts});
    load_->start([this] {
        ticker_.stop();
        tell();
        Q_EMIT loadEnded();
    });
    ticker_.start();
    Q_EMIT begun({});
}

void LabJudge::endLoad()
{
    if (load_)
        load_->finish();
}

void LabJudge::verify(Milliseconds patience)
{
    verifier_ = std::make_unique<soak::Verifier>(options_, load_->sent(), before_);
    connect(&ticker_, &QTimer::timeout, verifier_.get(), [this] { Q_EMIT reading(verifier_->progress()); });
    ticker_.disconnect(this);
    ticker_.start();
    verifier_->start(patience, [this](const soak::Verifier::Verdict& verdict) {
        ticker_.stop();
        Q_EMIT verified(verdict);
    });
}

void LabJudge::tell()
{
    const auto ms = [](Milliseconds time) { return double(time.count()); };
    Q_EMIT figures({load_->acknowledged(), load_->acknowledgedBeforeMajority(), load_->rejected(),
                    load_->undecided(), load_->underWay(), ms(load_->silence()), ms(load_->longestSilence()),
                    load_->lastReason()});
}

} // namespace dsmsg::monitor

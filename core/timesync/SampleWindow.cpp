// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timesync/SampleWindow.h"

#include <algorithm>
#include <ranges>
#include <vector>

namespace dsmsg::timesync {

bool SampleWindow::add(const Sample& sample)
{
    samples_.push_back({sample, false});
    judge(sample.at);
    const bool taken = !samples_.back().outlier;
    forgetOld(sample.at);
    measureDrift();
    return taken;
}

void SampleWindow::forgetOld(Instant now)
{
    auto trusted = std::ranges::count(samples_, false, &Kept::outlier);
    while (true) {
        // The last one that is trusted stays, however old, until others take its place.
        const bool needed = !samples_.front().outlier && trusted == 1;
        const auto oldest = samples_.begin() + (needed ? 1 : 0);
        if (oldest == samples_.end() || (samples_.size() <= samplesMax && now - oldest->sample.at <= ageMax))
            return;
        trusted -= oldest->outlier ? 0 : 1;
        samples_.erase(oldest);
    }
}

void SampleWindow::clear()
{
    samples_.clear();
    drift_.reset();
}

/// Decides who is an outlier, now that another sample is there.
void SampleWindow::judge(Instant now)
{
    std::vector<Interval> intervals;
    for (const Kept& kept : samples_) {
        if (!kept.outlier)
            intervals.push_back(kept.sample.intervalAt(now, assumptions_));
    }
    const auto agreement = greatestAgreement(intervals);
    if (agreement->count == intervals.size())
        return;
    if (agreement->count * 2 > intervals.size()) {
        for (Kept& kept : samples_)
            kept.outlier |= !kept.sample.intervalAt(now, assumptions_).meets(agreement->interval);
    } else {
        samples_.back().outlier = true;
    }
    if (overthrown(now)) {
        samples_.erase(samples_.begin(), samples_.end() - static_cast<std::ptrdiff_t>(revolt));
        for (Kept& kept : samples_)
            kept.outlier = false;
    }
}

bool SampleWindow::overthrown(Instant now) const
{
    if (samples_.size() <= revolt)
        return false;
    const auto newest = samples_ | std::views::reverse | std::views::take(revolt);
    std::vector<Interval> intervals;
    for (const Kept& kept : newest) {
        if (kept.outlier)
            intervals.push_back(kept.sample.intervalAt(now, assumptions_));
    }
    return intervals.size() == revolt && greatestAgreement(intervals)->count == revolt;
}

void SampleWindow::measureDrift()
{
    std::vector<OffsetPoint> points;
    points.reserve(samples_.size());
    for (const auto& [sample, outlier] : samples_) {
        if (!outlier)
            points.push_back({sample.at, sample.interval.middle(), sample.interval.halfWidth()});
    }
    drift_ = fitDrift(points, assumptions_.driftMaxPpm);
}

std::optional<Interval> SampleWindow::interval(Instant now) const
{
    std::optional<Interval> common;
    for (const auto& [sample, outlier] : samples_) {
        if (outlier)
            continue;
        const Interval one = sample.intervalAt(now, assumptions_);
        common =
            common ? Interval{std::max(common->lower, one.lower), std::min(common->upper, one.upper)} : one;
    }
    return common;
}

std::optional<Duration> SampleWindow::likeliest(Instant now) const
{
    const auto proven = interval(now);
    if (!proven)
        return std::nullopt;
    const auto width = [&](const Kept& kept) {
        // An outlier is never the best: after every other one.
        return std::pair(kept.outlier, kept.sample.intervalAt(now, assumptions_).halfWidth());
    };
    const Sample& best = std::ranges::min_element(samples_, {}, width)->sample;
    const Duration gained = drift_ ? drift_->gain(now - best.at) : Duration::zero();
    return std::clamp(best.interval.middle() + gained, proven->lower, proven->upper);
}

} // namespace dsmsg::timesync

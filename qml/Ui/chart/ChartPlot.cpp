// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/chart/ChartPlot.h"

#include <algorithm>
#include <cmath>

#include "qml/Ui/Format.h"

namespace dsmsg::ui {

namespace {

constexpr double topMargin = 6;
constexpr double rightMargin = 10;
constexpr double timeAxisHeight = 22;
constexpr double bottomMargin = 6;
constexpr double perTimeTick = 110; ///< pixels
constexpr double perValueTick = 34;

} // namespace

ChartPlot::ChartPlot(QQuickItem* parent)
    : PlotItem(parent)
{
    connect(this, &ChartPlot::looksChanged, this, [this] { redraw(); });
    connect(this, &ChartPlot::looksChanged, this, &ChartPlot::scaleChanged);
}

QVariantList ChartPlot::series() const
{
    QVariantList all;
    for (const auto& one : series_) {
        if (one)
            all.append(QVariant::fromValue(one.data()));
    }
    return all;
}

void ChartPlot::setSeries(const QVariantList& series)
{
    if (series == this->series())
        return;
    for (const auto& one : series_) {
        if (one)
            one->disconnect(this);
    }
    series_.clear();
    for (const QVariant& item : series) {
        auto* one = item.value<ChartSeries*>();
        if (!one)
            continue;
        series_.append(one);
        connect(one, &ChartSeries::changed, this, [this, one] {
            // What is newer than what is shown comes when the range has moved on.
            if (!cursor_ || one->points().empty() || one->points().back().time <= cursor_->to())
                redraw();
        });
        connect(one, &ChartSeries::looksChanged, this, [this] { redraw(); });
    }
    redraw();
    Q_EMIT seriesChanged();
}

void ChartPlot::setCursor(ChartCursor* cursor)
{
    if (cursor == cursor_)
        return;
    if (cursor_)
        cursor_->disconnect(this);
    cursor_ = cursor;
    if (cursor_) {
        connect(cursor_, &ChartCursor::rangeChanged, this, [this] { redraw(); });
        connect(cursor_, &ChartCursor::rangeChanged, this, &ChartPlot::scaleChanged);
    }
    redraw();
    Q_EMIT cursorChanged();
}

QRectF ChartPlot::plot() const
{
    const double bottom = height() - (timeAxis_ ? timeAxisHeight : bottomMargin);
    return {axisWidth_, topMargin, std::max(1.0, width() - axisWidth_ - rightMargin),
            std::max(1.0, bottom - topMargin)};
}

double ChartPlot::xOf(double time) const
{
    if (!cursor_)
        return 0;
    const QRectF area = plot();
    return area.left() + (time - cursor_->from()) / (cursor_->to() - cursor_->from()) * area.width();
}

double ChartPlot::timeAt(double x) const
{
    if (!cursor_)
        return 0;
    const QRectF area = plot();
    const double share = std::clamp((x - area.left()) / area.width(), 0.0, 1.0);
    return cursor_->from() + share * (cursor_->to() - cursor_->from());
}

double ChartPlot::yOf(double value) const
{
    const QRectF area = plot();
    return area.bottom() - (value - low_) / (high_ - low_) * area.height();
}

QString ChartPlot::textOf(double value) const
{
    switch (unit_) {
    case Milliseconds:
        return Format::ms(value);
    case SignedMilliseconds:
        return Format::signedMs(value);
    case Bytes:
        return Format::bytes(value);
    case Percent:
        return Format::percent(value);
    case Count:
        break;
    }
    return std::abs(value) >= 100'000 ? Format::si(value) : Format::sparse(value);
}

QColor ChartPlot::colorOf(const ChartSeries* series) const
{
    if (!series)
        return {};
    if (series->tone() < 0 || tones_.isEmpty())
        return series->color();
    return tones_.at(series->tone() % tones_.size());
}

ChartPlot::Extent ChartPlot::extent() const
{
    Extent extent;
    const auto take = [&extent](double value) {
        if (!std::isfinite(value))
            return;
        extent.low = std::min(extent.low, value);
        extent.high = std::max(extent.high, value);
    };
    for (const auto& one : series_) {
        if (!one || !one->shown())
            continue;
        for (const ChartPoint& point : one->between(cursor_->from(), cursor_->to())) {
            take(point.value);
            take(point.low);
            take(point.high);
        }
    }
    return extent;
}

/// One unit and one number of decimals for the whole axis, which its greatest value and the step decide.
QString ChartPlot::tickText(double value, double step) const
{
    if (unit_ == Bytes || unit_ == Percent)
        return textOf(value);
    if (value == 0)
        return QStringLiteral("0");
    const double most = std::max(std::abs(low_), std::abs(high_));
    double factor = 1;
    QString unit;
    if (unit_ == Count) {
        factor = most >= 1e7 ? 1e-6 : most >= 1e4 ? 1e-3 : 1;
        unit = most >= 1e7 ? QStringLiteral("M") : most >= 1e4 ? QStringLiteral("k") : QString();
    } else {
        factor = most < 0.5 ? 1000 : most >= 1e4 ? 1e-3 : 1;
        unit = most < 0.5 ? QStringLiteral("µs") : most >= 1e4 ? QStringLiteral("s") : QStringLiteral("ms");
    }
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step * factor) - 1e-9)), 0, 3);
    QString text = QString::number(std::abs(value * factor), 'f', decimals);
    if (!unit.isEmpty())
        text += QChar(0x00A0) + unit;
    if (value < 0)
        text.prepend(QChar(0x2212));
    else if (unit_ == SignedMilliseconds)
        text.prepend(QLatin1Char('+'));
    return text;
}

std::vector<Tick> ChartPlot::scale(const Extent& extent, int wanted)
{
    double low = empty_ ? 0 : extent.low;
    double high = empty_ ? 1 : extent.high;
    if (fromZero_) {
        low = std::min(low, 0.0);
        high = std::max(high, 0.0);
    }
    const double least = std::max(atLeast_, 1e-9);
    if (high - low < least) {
        const double more = least - (high - low);
        low -= fromZero_ && low >= 0 ? 0 : more / 2;
        high += fromZero_ && low >= 0 ? more : more / 2;
    }
    const double step = niceStep(high - low, wanted);
    // Whole steps at both ends: the scale stays while values move within it.
    low = std::floor(low / step + 1e-9) * step;
    high = std::ceil(high / step - 1e-9) * step;
    if (low != low_ || high != high_) {
        low_ = low;
        high_ = high;
        Q_EMIT scaleChanged();
    }
    std::vector<Tick> ticks;
    for (const double at : multiples(low, high, step))
        ticks.push_back({at, tickText(at, step)});
    return ticks;
}

std::optional<PlotPicture> ChartPlot::describe()
{
    if (!cursor_ || !(cursor_->to() > cursor_->from()))
        return std::nullopt;
    const Extent range = extent();
    if (const bool empty = range.high < range.low; empty != empty_) {
        empty_ = empty;
        Q_EMIT scaleChanged();
    }
    PlotPicture picture;
    picture.size = size();
    picture.ratio = ratio();
    picture.plot = plot();
    picture.values = scale(range, std::max(2, static_cast<int>(picture.plot.height() / perValueTick)));
    picture.from = cursor_->from();
    picture.to = cursor_->to();
    picture.low = low_;
    picture.high = high_;
    picture.gap = gap_;
    picture.times = timeTicks(picture.from, picture.to,
                              std::max(2, static_cast<int>(picture.plot.width() / perTimeTick)));
    picture.grid = grid_;
    picture.zero = low_ < 0 ? zero_ : QColor();
    picture.text = text_;
    picture.font = font_;
    for (const auto& one : series_) {
        if (!one || !one->shown())
            continue;
        const auto points = one->between(picture.from, picture.to);
        picture.lines.push_back({.points = {points.begin(), points.end()},
                                 .color = colorOf(one),
                                 .width = one->lineWidth(),
                                 .fill = one->fill(),
                                 .step = one->step(),
                                 .dashed = one->dashed()});
    }
    return picture;
}

void ChartPlot::geometryChange(const QRectF& now, const QRectF& before)
{
    PlotItem::geometryChange(now, before);
    if (now.size() != before.size())
        Q_EMIT scaleChanged();
}

QString ChartPlot::summary() const
{
    if (!cursor_ || empty_)
        return tr("%1: nothing is known of this time.").arg(name_);
    QStringList sentences;
    for (const auto& one : series_) {
        if (!one || !one->shown())
            continue;
        Extent range;
        for (const ChartPoint& point : one->between(cursor_->from(), cursor_->to())) {
            if (std::isfinite(point.value)) {
                range.low = std::min(range.low, point.value);
                range.high = std::max(range.high, point.value);
            }
        }
        if (range.high >= range.low)
            sentences.append(
                tr("%1: now %2, between %3 and %4.")
                    .arg(one->name(), textOf(one->latest()), textOf(range.low), textOf(range.high)));
    }
    return tr("%1, the last %2. %3")
        .arg(name_, Format::seconds(std::round(cursor_->to() - cursor_->from())),
             sentences.join(QLatin1Char(' ')));
}

} // namespace dsmsg::ui

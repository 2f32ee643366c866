// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/chart/PlotPicture.h"

#include <algorithm>
#include <cmath>

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>

#include "qml/Ui/chart/Decimation.h"

namespace dsmsg::ui {

namespace {

class Drawing
{
public:
    Drawing(const PlotPicture& picture, QPainter& painter)
        : picture_(picture)
        , painter_(painter)
    {
    }

    void grid();
    void line(const PlotLine& line);

private:
    double x(double time) const
    {
        return picture_.plot.left() +
               (time - picture_.from) / (picture_.to - picture_.from) * picture_.plot.width();
    }
    double y(double value) const
    {
        return picture_.plot.bottom() -
               (value - picture_.low) / (picture_.high - picture_.low) * picture_.plot.height();
    }
    void drawRun(const ChartRun& run, const PlotLine& line);
    template <typename Draw>
    void inStrips(const ChartRun& run, double overlap, Draw draw);
    ChartRun piece(const ChartRun& run, double left, double right) const;
    QPolygonF polygon(const ChartRun& run, bool step, double ChartPoint::*what) const;
    void band(const ChartRun& run, const PlotLine& line);
    void curve(const ChartRun& run, const PlotLine& line);
    void area(const QPolygonF& points, const PlotLine& line);

    const PlotPicture& picture_;
    QPainter& painter_;
};

/// Qt's rasterizer looks through the cells of a row of pixels for each that it adds to it, which makes a
/// picture cost the square of its points: curves are drawn in upright strips. Of a width that ends between
/// two pixels at each usual ratio of a screen, so that none is covered twice.
constexpr double stripWidth = 40;

void Drawing::grid()
{
    painter_.setFont(picture_.font);
    painter_.setRenderHint(QPainter::Antialiasing, false);
    const QRectF& plot = picture_.plot;
    for (const Tick& tick : picture_.values) {
        const double at = std::round(y(tick.at)) + 0.5;
        painter_.setPen(QPen(tick.at == 0 && picture_.zero.isValid() ? picture_.zero : picture_.grid, 1));
        painter_.drawLine(QPointF(plot.left(), at), QPointF(plot.right(), at));
        painter_.setPen(picture_.text);
        painter_.drawText(QRectF(0, at - 10, plot.left() - 8, 20), Qt::AlignRight | Qt::AlignVCenter,
                          tick.text);
    }
    const bool named = picture_.size.height() - plot.bottom() >= 14;
    for (const Tick& tick : picture_.times) {
        const double at = std::round(x(tick.at)) + 0.5;
        painter_.setPen(QPen(picture_.grid, 1));
        painter_.drawLine(QPointF(at, plot.top()), QPointF(at, plot.bottom()));
        if (!named)
            continue;
        const QRectF place(at - 50, plot.bottom() + 3, 100, 16);
        const double half = painter_.fontMetrics().horizontalAdvance(tick.text) / 2.0;
        if (at - half < 0 || at + half > picture_.size.width())
            continue;
        painter_.setPen(picture_.text);
        painter_.drawText(place, Qt::AlignHCenter | Qt::AlignTop, tick.text);
    }
}

QPolygonF Drawing::polygon(const ChartRun& run, bool step, double ChartPoint::*what) const
{
    QPolygonF points;
    points.reserve(static_cast<qsizetype>(run.size() * (step ? 2 : 1)));
    for (const ChartPoint& point : run) {
        const QPointF at(x(point.time), y(point.*what));
        if (step && !points.isEmpty())
            points.append(QPointF(at.x(), points.constLast().y()));
        points.append(at);
    }
    return points;
}

void Drawing::band(const ChartRun& run, const PlotLine& line)
{
    QPolygonF outline = polygon(run, line.step, &ChartPoint::high);
    const QPolygonF lower = polygon(run, line.step, &ChartPoint::low);
    for (auto at = lower.rbegin(); at != lower.rend(); ++at)
        outline.append(*at);
    QColor color = line.color;
    color.setAlphaF(0.13F);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(color);
    painter_.drawPolygon(outline);
}

void Drawing::area(const QPolygonF& points, const PlotLine& line)
{
    const double base = y(std::max(picture_.low, std::min(0.0, picture_.high)));
    QPolygonF outline = points;
    outline.append(QPointF(points.constLast().x(), base));
    outline.append(QPointF(points.constFirst().x(), base));
    QLinearGradient gradient(0, picture_.plot.top(), 0, base);
    QColor color = line.color;
    color.setAlphaF(static_cast<float>(line.fill));
    gradient.setColorAt(0, color);
    color.setAlphaF(static_cast<float>(line.fill * 0.12));
    gradient.setColorAt(1, color);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(gradient);
    painter_.drawPolygon(outline);
}

void Drawing::line(const PlotLine& line)
{
    painter_.setRenderHint(QPainter::Antialiasing, true);
    const int columns = std::max(1, static_cast<int>(picture_.plot.width() * picture_.ratio));
    const auto runs = decimate(line.points, picture_.from, picture_.to, columns, picture_.gap);
    for (const ChartRun& run : runs)
        drawRun(run, line);
}

void Drawing::drawRun(const ChartRun& run, const PlotLine& line)
{
    if (run.size() == 1) {
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(line.color);
        painter_.drawEllipse(QPointF(x(run.front().time), y(run.front().value)), line.width, line.width);
        return;
    }
    ChartRun banded;
    std::ranges::copy_if(run, std::back_inserter(banded), [](const ChartPoint& point) {
        return !std::isnan(point.low) && !std::isnan(point.high);
    });
    inStrips(banded, 0, [&](const ChartRun& piece) { band(piece, line); });
    if (line.dashed) // in strips, each would begin its dashes anew
        curve(run, line);
    else
        inStrips(run, line.width, [&](const ChartRun& piece) { curve(piece, line); });
}

template <typename Draw>
void Drawing::inStrips(const ChartRun& run, double overlap, Draw draw)
{
    const QRectF whole = painter_.clipBoundingRect();
    painter_.save();
    for (double left = std::floor(whole.left() / stripWidth) * stripWidth; left < whole.right();
         left += stripWidth) {
        const QRectF strip = whole & QRectF(left, whole.top(), stripWidth, whole.height());
        const ChartRun inside = piece(run, strip.left() - overlap, strip.right() + overlap);
        if (inside.size() < 2)
            continue;
        painter_.setClipRect(strip);
        draw(inside);
    }
    painter_.restore();
}

/// What of it is drawn between the two: its points there and the one before and behind them.
ChartRun Drawing::piece(const ChartRun& run, double left, double right) const
{
    const auto isLeftOf = [this](double edge) {
        return [this, edge](const ChartPoint& point) { return x(point.time) < edge; };
    };
    auto first = std::ranges::partition_point(run, isLeftOf(left));
    auto last = std::ranges::partition_point(run, isLeftOf(right));
    if (first != run.begin())
        --first;
    if (last != run.end())
        ++last;
    return {first, last};
}

void Drawing::curve(const ChartRun& run, const PlotLine& line)
{
    const QPolygonF points = polygon(run, line.step, &ChartPoint::value);
    if (line.fill > 0)
        area(points, line);
    // Bevelled: at this width as good as round, at half the cost.
    QPen pen(line.color, line.width, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin);
    if (line.dashed)
        pen.setDashPattern({3, 2.5});
    painter_.setPen(pen);
    painter_.setBrush(Qt::NoBrush);
    painter_.drawPolyline(points);
}

} // namespace

QImage draw(const PlotPicture& picture)
{
    const QSize pixels = (picture.size * picture.ratio).toSize();
    if (pixels.isEmpty() || !(picture.to > picture.from) || !(picture.high > picture.low))
        return {};
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(picture.ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    Drawing drawing(picture, painter);
    drawing.grid();
    // A little more than the plot, so that a line at its edge keeps its whole width.
    painter.setClipRect(picture.plot.adjusted(0, -2, 1, 2));
    for (const PlotLine& line : picture.lines)
        drawing.line(line);
    return image;
}

} // namespace dsmsg::ui

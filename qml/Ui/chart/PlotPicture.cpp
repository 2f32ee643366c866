// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Ui/chart/PlotPicture.h"

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
    QPolygonF polygon(const ChartRun& run, bool step, double ChartPoint::*what) const;
    void band(const ChartRun& run, const PlotLine& line);
    void area(const QPolygonF& points, const PlotLine& line);

    const PlotPicture& picture_;
    QPainter& painter_;
};

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
    ChartRun known;
    for (const ChartPoint& point : run) {
        if (!std::isnan(point.low) && !std::isnan(point.high))
            known.push_back(point);
    }
    if (known.size() < 2)
        return;
    QPolygonF outline = polygon(known, line.step, &ChartPoint::high);
    const QPolygonF lower = polygon(known, line.step, &ChartPoint::low);
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
    for (const ChartRun& run : runs) {
        band(run, line);
        const QPolygonF points = polygon(run, line.step, &ChartPoint::value);
        if (points.size() == 1) {
            painter_.setPen(Qt::NoPen);
            painter_.setBrush(line.color);
            painter_.drawEllipse(points.constFirst(), line.width, line.width);
            continue;
        }
        if (line.fill > 0)
            area(points, line);
        QPen pen(line.color, line.width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
        if (line.dashed)
            pen.setDashPattern({3, 2.5});
        painter_.setPen(pen);
        painter_.setBrush(Qt::NoBrush);
        painter_.drawPolyline(points);
    }
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

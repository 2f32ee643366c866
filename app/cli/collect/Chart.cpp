// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/collect/Chart.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::collect {

namespace {

constexpr double width = 860, height = 260;
constexpr double left = 74, right = 120, top = 34, bottom = 44;
constexpr double plotWidth = width - left - right, plotHeight = height - top - bottom;
constexpr double gapSeconds = 3.5;    ///< samples further apart are not joined: nobody knows what was between
constexpr std::size_t coloursMax = 6; ///< classes s0 to s5 of the page

QString figure(double value)
{
    const double size = std::abs(value);
    if (size >= 1e6)
        return QString::number(value / 1e6, 'g', 4) + QLatin1String("M");
    if (size >= 10'000)
        return QString::number(value / 1e3, 'g', 4) + QLatin1Char('k');
    // What arithmetic leaves of a zero.
    return size < 1e-9 ? QStringLiteral("0") : QString::number(value, 'g', 4);
}

QString pixel(double value)
{
    return QString::number(value, 'f', 1);
}

/// Values to places, and the ticks between.
class Axis
{
public:
    Axis(double least, double greatest, int most)
    {
        step_ = roundStep(greatest - least, most);
        least_ = std::floor(least / step_) * step_;
        greatest_ = std::max(least_ + step_, std::ceil(greatest / step_) * step_);
    }
    double least() const { return least_; }
    double greatest() const { return greatest_; }
    double step() const { return step_; }
    double share(double value) const { return (value - least_) / (greatest_ - least_); }

private:
    double least_, greatest_, step_;
};

class Drawing
{
public:
    explicit Drawing(const Chart& chart)
        : chart_(chart)
        , y_(extent())
        , seconds_(std::max(1.0, chart.seconds))
    {
    }

    QString svg()
    {
        out_ = QStringLiteral("<svg viewBox=\"0 0 %1 %2\" role=\"img\" aria-label=\"%3\">\n")
                   .arg(width)
                   .arg(height)
                   .arg(chart_.title.toHtmlEscaped());
        out_ += text(left, 18, chart_.title, "title", "start");
        axes();
        for (std::size_t i = 0; i < chart_.marks.size(); ++i)
            mark(i);
        for (std::size_t i = 0; i < chart_.series.size(); ++i)
            band(i);
        for (std::size_t i = 0; i < chart_.series.size(); ++i)
            line(i);
        for (std::size_t i = 0; i < chart_.series.size(); ++i)
            legend(i);
        return out_ + QLatin1String("</svg>\n");
    }

private:
    Axis extent() const
    {
        double least = 0, greatest = 0;
        for (const ChartSeries& series : chart_.series) {
            for (const ChartPoint& point : series.points) {
                least = std::min(least, point.y - point.bound.value_or(0));
                greatest = std::max(greatest, point.y + point.bound.value_or(0));
            }
        }
        return {least, greatest > least ? greatest : least + 1, 5};
    }
    double placeX(double seconds) const
    {
        return left + plotWidth * std::clamp(seconds / seconds_, 0.0, 1.0);
    }
    double placeY(double value) const { return top + plotHeight * (1 - y_.share(value)); }

    static QString text(double x, double y, const QString& words, const char* type, const char* anchor)
    {
        return QStringLiteral("<text x=\"%1\" y=\"%2\" class=\"%3\" text-anchor=\"%4\">%5</text>\n")
            .arg(pixel(x), pixel(y), QLatin1String(type), QLatin1String(anchor), words.toHtmlEscaped());
    }
    static QString straight(double x1, double y1, double x2, double y2, const char* type)
    {
        return QStringLiteral("<line x1=\"%1\" y1=\"%2\" x2=\"%3\" y2=\"%4\" class=\"%5\"/>\n")
            .arg(pixel(x1), pixel(y1), pixel(x2), pixel(y2), QLatin1String(type));
    }

    void axes()
    {
        for (double value = y_.least(); value <= y_.greatest() + y_.step() / 2; value += y_.step()) {
            const bool isZero = std::abs(value) < y_.step() / 2;
            out_ += straight(left, placeY(value), left + plotWidth, placeY(value), isZero ? "axis" : "grid");
            out_ += text(left - 8, placeY(value) + 4, figure(value), "tick", "end");
        }
        const double step = roundStep(seconds_, 10);
        for (double moment = 0; moment <= seconds_ + step / 1000; moment += step) {
            out_ += straight(placeX(moment), top + plotHeight, placeX(moment), top + plotHeight + 4, "axis");
            out_ += text(placeX(moment), top + plotHeight + 18, figure(moment), "tick", "middle");
        }
        out_ += text(left + plotWidth / 2, height - 6, QStringLiteral("seconds since the beginning"), "tick",
                     "middle");
    }

    void mark(std::size_t at)
    {
        const double x = placeX(chart_.marks[at]);
        out_ += straight(x, top, x, top + plotHeight, "mark");
        out_ += text(x + 3, top + 10, QString::number(at + 1), "marknumber", "start");
    }

    void band(std::size_t at)
    {
        QString upper, lower;
        double before = 0;
        const auto close = [&] {
            if (!upper.isEmpty())
                out_ += QStringLiteral("<polygon class=\"band s%1\" points=\"%2\"/>\n")
                            .arg(at % coloursMax)
                            .arg((upper + lower).trimmed());
            upper.clear();
            lower.clear();
        };
        for (const ChartPoint& point : chart_.series[at].points) {
            if (!point.bound || point.x - before > gapSeconds)
                close();
            before = point.x;
            if (!point.bound)
                continue;
            const QString x = pixel(placeX(point.x));
            upper += QStringLiteral("%1,%2 ").arg(x, pixel(placeY(point.y + *point.bound)));
            lower.prepend(QStringLiteral("%1,%2 ").arg(x, pixel(placeY(point.y - *point.bound))));
        }
        close();
    }

    void line(std::size_t at)
    {
        const ChartSeries& series = chart_.series[at];
        QString path;
        double before = -gapSeconds;
        for (const ChartPoint& point : series.points) {
            const bool joins = !path.isEmpty() && point.x - before <= gapSeconds;
            path += QStringLiteral("%1%2 %3 ")
                        .arg(joins ? QLatin1String("L") : QLatin1String("M"))
                        .arg(pixel(placeX(point.x)), pixel(placeY(point.y)));
            before = point.x;
        }
        if (path.isEmpty())
            return;
        out_ +=
            QStringLiteral("<path class=\"line s%1\" d=\"%2\"/>\n").arg(at % coloursMax).arg(path.trimmed());
        // What the pointer can ask; thinned out, more than one every few pixels helps nobody.
        const std::size_t every = std::max<std::size_t>(1, series.points.size() / 150);
        for (std::size_t i = 0; i < series.points.size(); i += every) {
            const ChartPoint& point = series.points[i];
            const QString bound = point.bound ? QStringLiteral(" ± %1").arg(figure(*point.bound)) : QString();
            out_ += QStringLiteral("<circle class=\"s%1\" cx=\"%2\" cy=\"%3\" r=\"2\"><title>%4, %5 s: %6%7 "
                                   "%8</title></circle>\n")
                        .arg(QString::number(at % coloursMax), pixel(placeX(point.x)), pixel(placeY(point.y)),
                             series.name.toHtmlEscaped(), pixel(point.x), figure(point.y), bound,
                             chart_.unit.toHtmlEscaped());
        }
    }

    void legend(std::size_t at)
    {
        const double x = left + plotWidth + 12, y = top + 10 + 18 * double(at);
        out_ += QStringLiteral("<path class=\"line s%1\" d=\"M%2 %3 L%4 %3\"/>\n")
                    .arg(at % coloursMax)
                    .arg(pixel(x), pixel(y - 4), pixel(x + 26));
        out_ += text(x + 32, y, chart_.series[at].name, "legend", "start");
    }

    const Chart& chart_;
    const Axis y_;
    const double seconds_;
    QString out_;
};

} // namespace

double roundStep(double range, int most)
{
    const double raw = range / most;
    const double power = std::pow(10, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (raw <= factor * power * 1.000001)
            return factor * power;
    }
    return 10 * power;
}

QString Chart::svg() const
{
    return Drawing(*this).svg();
}

} // namespace dsmsg::collect

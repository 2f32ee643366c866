// SPDX-License-Identifier: GPL-3.0-or-later
//
// A chart as plain values, and the one function that draws it. It needs nothing of Qt Quick, so it runs on a
// worker thread while the window goes on.
#pragma once

#include <vector>

#include <QColor>
#include <QFont>
#include <QImage>
#include <QRectF>

#include "qml/Ui/chart/ChartSeries.h"
#include "qml/Ui/chart/Ticks.h"

namespace dsmsg::ui {

struct PlotLine
{
    std::vector<ChartPoint> points;
    QColor color;
    double width = 1.6;
    double fill = 0; ///< opacity of the area below, at its top
    bool step = false;
    bool dashed = false;
};

struct PlotPicture
{
    QSizeF size; ///< in device independent pixels
    double ratio = 1;
    QRectF plot;     ///< where the lines are; around it stand the ticks' names
    double from = 0; ///< seconds
    double to = 1;
    double low = 0;
    double high = 1;
    double gap = 30; ///< seconds without a point that break a line
    std::vector<Tick> times;
    std::vector<Tick> values;
    std::vector<PlotLine> lines;
    QColor grid;
    QColor zero; ///< the line at 0, where it is not the lower edge; invalid: none
    QColor text;
    QFont font;
};

/// Any thread.
QImage draw(const PlotPicture& picture);

} // namespace dsmsg::ui

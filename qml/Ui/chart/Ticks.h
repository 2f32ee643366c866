// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the lines of a grid go and what they are called: steps of 1, 2 or 5 for values, steps that a clock
// has for times.
#pragma once

#include <vector>

#include <QString>

namespace dsmsg::ui {

struct Tick
{
    double at = 0;
    QString text;
};

/// The greatest step of 1, 2 or 5 times a power of ten that gives at most `wanted` intervals over `size`.
double niceStep(double size, int wanted);

/// Whole multiples of `step` within [low, high].
std::vector<double> multiples(double low, double high, double step);

/// Seconds: one of 1 s, 5 s, 30 s, 5 min, 1 h, ... such that at most `wanted` fit into `span`.
double niceTimeStep(double span, int wanted);

/// Times of [from, to] at whole steps of local time, named as precisely as the step asks for.
std::vector<Tick> timeTicks(double from, double to, int wanted);

} // namespace dsmsg::ui

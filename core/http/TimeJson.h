// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts that several routes say of time in the same words (API.md, Time): the contract's fields first in
// each, the added ones after them. What the contract calls accuracy is the bound: the truth is within it,
// always; null while nothing is known of a majority's clocks.
#pragma once

#include "core/http/JsonWriter.h"
#include "core/node/TimeStatus.h"

namespace dsmsg::http {

const char* toString(timesync::CorrectionMethod method); ///< "offset", "drift_compensated", "hybrid"

/// Seconds a second; 0 while none is measured.
double driftRate(const std::optional<timesync::Drift>& drift);

/// The object `time_sync`.
void writeTimeSync(JsonWriter& json, const node::TimeStatus& time);
/// The object `clock_skew_analysis`; only an error in it before the first measurement.
void writeSkewAnalysis(JsonWriter& json, const node::TimeStatus& time);
/// The object `correction_info` and, in the same object as that, `estimated_accuracy`.
void writeCorrected(JsonWriter& json, const timesync::CorrectedTime& corrected);

} // namespace dsmsg::http

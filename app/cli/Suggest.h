// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Did you mean ...?" for a mistyped word: the candidate fewest slips of the keyboard away, where a slip is a
// letter too many, missing, wrong, or two swapped (Damerau 1964, in the form called optimal string
// alignment).
#pragma once

#include <QStringList>

namespace dsmsg::cli {

/// The nearest candidate; empty when none is near enough to be what was meant.
QString nearest(const QString& typed, const QStringList& candidates);
/// "; did you mean '...'?", or nothing. `prefix` stands before the word, as "--".
QString didYouMean(const QString& typed, const QStringList& candidates, const QString& prefix = {});

} // namespace dsmsg::cli

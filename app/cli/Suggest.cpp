// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Suggest.h"

#include <algorithm>
#include <vector>

namespace dsmsg::cli {

namespace {

qsizetype slips(const QString& a, const QString& b)
{
    const auto width = std::size_t(b.size()) + 1;
    std::vector<qsizetype> beforeLast(width), last(width), row(width);
    for (std::size_t j = 0; j < width; ++j)
        last[j] = qsizetype(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = std::size_t(j);
            const bool same = a[i - 1] == b[j - 1];
            row[at] = std::min({last[at] + 1, row[at - 1] + 1, last[at - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[at] = std::min(row[at], beforeLast[at - 2] + 1);
        }
        beforeLast.swap(last);
        last.swap(row);
    }
    return last.back();
}

} // namespace

QString nearest(const QString& typed, const QStringList& candidates)
{
    if (typed.isEmpty() || typed.size() > 64)
        return {};
    // One slip in three letters; a short word gets one, because everything is near to it.
    qsizetype allowed = std::max<qsizetype>(1, typed.size() / 3);
    QString best;
    for (const QString& candidate : candidates) {
        // Who typed the beginning of a word meant that word, however long it is.
        const qsizetype distance =
            typed.size() > 2 && candidate.startsWith(typed) ? 0 : slips(typed.toLower(), candidate);
        if (distance < allowed || (distance == allowed && best.isEmpty())) {
            best = candidate;
            allowed = distance;
        }
    }
    return best;
}

QString didYouMean(const QString& typed, const QStringList& candidates, const QString& prefix)
{
    const QString best = nearest(typed, candidates);
    return best.isEmpty() ? QString() : QStringLiteral("; did you mean '%1%2'?").arg(prefix, best);
}

} // namespace dsmsg::cli

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether what somebody typed could mean a text, and how well: every word of it must occur in the text as a
// subsequence, in any order of words. The best of all alignments counts, so that "kl" finds "Kill the leader"
// by the beginnings of its words.
#pragma once

#include <optional>

#include <QList>
#include <QStringView>

namespace dsmsg::monitor {

struct FuzzyHit
{
    int score = 0;        ///< comparable between texts for one query; higher is better
    QList<int> positions; ///< of the characters of the text that were matched, rising
};

/// nullopt: no match. An empty query matches everything with score 0. Texts are cut at 200 characters.
std::optional<FuzzyHit> fuzzyMatch(QStringView query, QStringView text);

} // namespace dsmsg::monitor

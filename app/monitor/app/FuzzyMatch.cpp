// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/FuzzyMatch.h"

#include <algorithm>
#include <vector>

#include <QString>

namespace dsmsg::monitor {

namespace {

constexpr qsizetype longestText = 200;
constexpr int impossible = -1'000'000;

// What a matched character is worth by where it stands.
constexpr int atStart = 12;
constexpr int atWord = 10;
constexpr int afterMatch = 8;
constexpr int anywhere = 1;
// What each character between two matches costs, up to a limit.
constexpr int perGap = 1;
constexpr int gapLimit = 6;

bool beginsWord(QStringView text, qsizetype at)
{
    if (at == 0)
        return true;
    const QChar before = text[at - 1];
    return !before.isLetterOrNumber() || (before.isLower() && text[at].isUpper());
}

int placeScore(QStringView text, qsizetype at)
{
    return at == 0 ? atStart : beginsWord(text, at) ? atWord : anywhere;
}

/// best[i][j]: of aligning the first i + 1 characters of the word with the i-th one standing at text[j].
struct Alignment
{
    Alignment(QStringView ofWord, QStringView inText)
        : word(ofWord)
        , text(inText)
        , best(static_cast<std::size_t>(word.size() * text.size()), impossible)
        , from(best.size(), -1)
    {
    }
    std::size_t at(qsizetype i, qsizetype j) const { return static_cast<std::size_t>(i * text.size() + j); }

    void fill()
    {
        for (qsizetype i = 0; i < word.size(); ++i)
            for (qsizetype j = i; j < text.size(); ++j)
                if (text[j].toCaseFolded() == word[i].toCaseFolded())
                    place(i, j);
    }

    void place(qsizetype i, qsizetype j)
    {
        if (i == 0) {
            best[at(i, j)] = placeScore(text, j);
            return;
        }
        for (qsizetype k = i - 1; k < j; ++k) {
            if (best[at(i - 1, k)] == impossible)
                continue;
            const auto gap = static_cast<int>(std::min<qsizetype>(j - k - 1, gapLimit));
            const int here =
                gap == 0 ? std::max(afterMatch, placeScore(text, j)) : placeScore(text, j) - gap * perGap;
            if (best[at(i - 1, k)] + here > best[at(i, j)]) {
                best[at(i, j)] = best[at(i - 1, k)] + here;
                from[at(i, j)] = static_cast<int>(k);
            }
        }
    }

    QStringView word;
    QStringView text;
    std::vector<int> best;
    std::vector<int> from;
};

std::optional<FuzzyHit> matchWord(QStringView word, QStringView text)
{
    Alignment alignment(word, text);
    alignment.fill();
    const qsizetype last = word.size() - 1;
    qsizetype end = -1;
    FuzzyHit hit{impossible, {}};
    for (qsizetype j = last; j < text.size(); ++j)
        if (alignment.best[alignment.at(last, j)] > hit.score) {
            hit.score = alignment.best[alignment.at(last, j)];
            end = j;
        }
    if (end < 0)
        return std::nullopt;
    for (qsizetype i = last; i >= 0; --i) {
        hit.positions.prepend(static_cast<int>(end));
        end = alignment.from[alignment.at(i, end)];
    }
    return hit;
}

} // namespace

std::optional<FuzzyHit> fuzzyMatch(QStringView query, QStringView text)
{
    text = text.left(longestText);
    FuzzyHit sum;
    for (const QStringView word : query.left(longestText).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const auto hit = word.size() > text.size() ? std::nullopt : matchWord(word, text);
        if (!hit)
            return std::nullopt;
        sum.score += hit->score;
        sum.positions += hit->positions;
    }
    std::ranges::sort(sum.positions);
    const auto doubled = std::ranges::unique(sum.positions);
    sum.positions.erase(doubled.begin(), doubled.end());
    return sum;
}

} // namespace dsmsg::monitor

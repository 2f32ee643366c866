// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words of the bundled scenarios once more, where lupdate finds them: it does not read JSON. A test holds
// the two together.
#pragma once

#include <array>

#include <QtGlobal>

namespace dsmsg::monitor {

inline constexpr std::array scenarioTexts{
    QT_TRANSLATE_NOOP("Scenarios", "Kill the leader"),
    QT_TRANSLATE_NOOP(
        "Scenarios",
        "The leader's process dies in the middle of its work. The others elect a new one, and the dead one comes back."),
    QT_TRANSLATE_NOOP("Scenarios", "Cut the leader off"),
    QT_TRANSLATE_NOOP(
        "Scenarios",
        "The leader still runs and still believes it leads, but nobody hears it. What it promises meanwhile must not be lost."),
    QT_TRANSLATE_NOOP("Scenarios", "Split off a minority"),
    QT_TRANSLATE_NOOP(
        "Scenarios",
        "A minority without the leader is cut off. The rest goes on as if nothing had happened."),
    QT_TRANSLATE_NOOP("Scenarios", "One deaf ear"),
    QT_TRANSLATE_NOOP(
        "Scenarios",
        "A follower hears nothing but can still speak: it wants to be elected and must not disturb the others."),
    QT_TRANSLATE_NOOP("Scenarios", "Pause the leader for 5 s"),
    QT_TRANSLATE_NOOP(
        "Scenarios",
        "The leader stands still and wakes up as one who was replaced. It must notice before it says anything."),
    QT_TRANSLATE_NOOP("Scenarios", "Lossy and slow links"),
    QT_TRANSLATE_NOOP("Scenarios",
                      "A tenth of what nodes say, and of what they hear, is lost, and what arrives is late."),
    QT_TRANSLATE_NOOP("Scenarios", "Slow disk on the leader"),
    QT_TRANSLATE_NOOP(
        "Scenarios",
        "Each sync of the leader's disk takes 200 ms longer. Its followers are faster than it is."),
    QT_TRANSLATE_NOOP("Scenarios", "Full disk on a follower"),
    QT_TRANSLATE_NOOP(
        "Scenarios",
        "A follower can write nothing more. It must neither lie nor die, and catch up when there is room again."),
    QT_TRANSLATE_NOOP("Scenarios", "fsync fails on one node"),
    QT_TRANSLATE_NOOP(
        "Scenarios",
        "A disk that lies once is not trusted again: the node stops writing for good, until it is started anew."),
    QT_TRANSLATE_NOOP("Scenarios", "One clock 2 s off"),
    QT_TRANSLATE_NOOP("Scenarios",
                      "A follower's clock jumps ahead by two seconds. Order and elections must not care."),
    QT_TRANSLATE_NOOP("Scenarios", "Everything at once"),
    QT_TRANSLATE_NOOP(
        "Scenarios",
        "A dead leader, a cut, a slow disk and lossy links one after another, with no time to recover."),
};

} // namespace dsmsg::monitor

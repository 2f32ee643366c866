// SPDX-License-Identifier: GPL-3.0-or-later
//
// The colours of one scheme; Theme has three of these and shows one.
import QtQuick

QtObject {
    id: root

    required property color window
    required property color surface
    required property color raised
    required property color sunken
    required property color border
    required property color borderStrong
    required property color hover
    required property color pressed
    required property color shade
    required property color text
    required property color textDim
    required property color textFaint
    required property color accent
    required property color accentHover
    required property color accentInk
    required property color accentSoft
    required property color focus
    required property color good
    required property color warning
    required property color critical
    required property color info
    required property color goodSoft
    required property color warningSoft
    required property color criticalSoft
    required property color infoSoft
    required property color criticalInk
    required property list<color> series
}

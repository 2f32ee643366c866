// SPDX-License-Identifier: GPL-3.0-or-later
//
// The look of the application in one place: colours, spacing, type, sizes and durations. Pages take their
// values from here and have none of their own. Three palettes, each made for itself: text has at least 4.5:1
// on every surface it stands on, borders of controls and lines of charts 3:1 (tests/ui measures it).
pragma Singleton

import QtQuick
import Dsmsg.Ui

QtObject {
    id: root

    enum Scheme {
        Light,
        Dark,
        Contrast
    }

    /// Written by the window: from the system, or from what the person chose.
    property int scheme: Theme.Light
    property bool reducedMotion: false
    /// 1 is the size the layout was drawn for.
    property real textScale: 1

    readonly property bool dark: scheme !== Theme.Light

    // Surfaces, from the back to the front
    readonly property color window: tones.window
    readonly property color surface: tones.surface
    readonly property color raised: tones.raised
    readonly property color sunken: tones.sunken
    readonly property color border: tones.border
    readonly property color borderStrong: tones.borderStrong
    readonly property color hover: tones.hover
    readonly property color pressed: tones.pressed
    readonly property color shade: tones.shade
    // Text
    readonly property color text: tones.text
    readonly property color textDim: tones.textDim
    readonly property color textFaint: tones.textFaint
    // The one accent
    readonly property color accent: tones.accent
    readonly property color accentHover: tones.accentHover
    property color onAccent
    readonly property color accentSoft: tones.accentSoft
    readonly property color focus: tones.focus
    // Severities, never without a word or an icon beside them
    readonly property color good: tones.good
    readonly property color warning: tones.warning
    readonly property color critical: tones.critical
    readonly property color info: tones.info
    readonly property color goodSoft: tones.goodSoft
    readonly property color warningSoft: tones.warningSoft
    readonly property color criticalSoft: tones.criticalSoft
    readonly property color infoSoft: tones.infoSoft
    property color onCritical

    // Spacing
    readonly property int s1: 4
    readonly property int s2: 8
    readonly property int s3: 12
    readonly property int s4: 16
    readonly property int s5: 24
    readonly property int s6: 32
    readonly property int radius: 8
    readonly property int radiusSmall: 5
    readonly property int line: scheme === Theme.Contrast ? 2 : 1
    readonly property int focusLine: 2

    // Sizes
    readonly property int control: Math.round(32 * textScale)
    readonly property int row: Math.round(28 * textScale)
    readonly property int icon: Math.round(18 * textScale)
    readonly property int iconSmall: Math.round(14 * textScale)
    readonly property int rail: Math.round(208 * textScale)
    readonly property int railNarrow: 56
    readonly property int drawer: 360
    /// Of the narrowest page; what is beside it must leave it that.
    readonly property int page: Math.round(844 * textScale)
    /// Of a window with room for the rail's words.
    readonly property int roomy: Math.round(1100 * textScale)

    // Durations in milliseconds
    readonly property int quick: reducedMotion ? 0 : 110
    readonly property int slow: reducedMotion ? 0 : 240

    // Type
    readonly property font display: type(22, Font.DemiBold, Typefaces.text)
    readonly property font heading: type(16, Font.DemiBold, Typefaces.text)
    readonly property font title: type(13, Font.DemiBold, Typefaces.text)
    readonly property font body: type(13, Font.Normal, Typefaces.text)
    readonly property font bodyStrong: type(13, Font.DemiBold, Typefaces.text)
    readonly property font small: type(12, Font.Normal, Typefaces.text)
    readonly property font smallStrong: type(12, Font.DemiBold, Typefaces.text)
    readonly property font figure: type(13, Font.Normal, Typefaces.figures)
    readonly property font smallFigure: type(12, Font.Normal, Typefaces.figures)
    readonly property font bigFigure: type(26, Font.DemiBold, Typefaces.figures)
    readonly property font mono: type(12, Font.Normal, Typefaces.mono)

    /// A colour for line `index` of a chart: the eight of Okabe and Ito, darkened in the light scheme where
    /// the original would be too faint on white.
    function series(index: int): color {
        const colours = root.tones.series;
        return colours[((index % colours.length) + colours.length) % colours.length];
    }

    /// "good", "warning", "critical", "info"; anything else is neutral.
    function severity(name: string): color {
        switch (name) {
        case "good":
            return root.good;
        case "warning":
            return root.warning;
        case "critical":
            return root.critical;
        case "info":
            return root.info;
        default:
            return root.textDim;
        }
    }

    function severitySoft(name: string): color {
        switch (name) {
        case "good":
            return root.goodSoft;
        case "warning":
            return root.warningSoft;
        case "critical":
            return root.criticalSoft;
        case "info":
            return root.infoSoft;
        default:
            return root.pressed;
        }
    }

    function severityIcon(name: string): string {
        switch (name) {
        case "good":
            return "circle-check";
        case "warning":
            return "triangle-alert";
        case "critical":
            return "octagon-alert";
        default:
            return "info";
        }
    }

    function alpha(colour: color, opacity: real): color {
        return Qt.rgba(colour.r, colour.g, colour.b, colour.a * opacity);
    }

    function type(size: int, weight: int, family: string): font {
        return Qt.font({
                family: family,
                pixelSize: Math.round(size * root.textScale),
                weight: weight
            });
    }

    readonly property Tones tones: [light, night, stark][scheme]

    readonly property Tones light: Tones {
        window: "#f5f6f8"
        surface: "#ffffff"
        raised: "#ffffff"
        sunken: "#edeff3"
        border: "#dfe3e9"
        borderStrong: "#7e8794"
        hover: "#eceff4"
        pressed: "#dfe4ec"
        shade: "#66171b22"
        text: "#161a21"
        textDim: "#4b5563"
        textFaint: "#616b78"
        accent: "#4353cf"
        accentHover: "#3645b8"
        accentInk: "#ffffff"
        accentSoft: "#e8ebfb"
        focus: "#4353cf"
        good: "#14713f"
        warning: "#8a5200"
        critical: "#bd2434"
        info: "#1f64b0"
        goodSoft: "#e2f4e9"
        warningSoft: "#fbeed6"
        criticalSoft: "#fce7e8"
        infoSoft: "#e3effb"
        criticalInk: "#ffffff"
        series: ["#0072b2", "#c27d00", "#008f68", "#b85c91", "#2f8fc7", "#d55e00", "#8f8500", "#5b6470"]
    }
    readonly property Tones night: Tones {
        window: "#0e1014"
        surface: "#15181e"
        raised: "#1d2129"
        sunken: "#0a0c0f"
        border: "#282d37"
        borderStrong: "#6f7987"
        hover: "#20242d"
        pressed: "#2a303b"
        shade: "#a6000000"
        text: "#e9ecf1"
        textDim: "#aab2bf"
        textFaint: "#8d96a4"
        accent: "#93a1ff"
        accentHover: "#aab5ff"
        accentInk: "#0c0e1a"
        accentSoft: "#232845"
        focus: "#93a1ff"
        good: "#52c98f"
        warning: "#f0a840"
        critical: "#ff7a80"
        info: "#6fb5f8"
        goodSoft: "#12291f"
        warningSoft: "#2d2312"
        criticalSoft: "#361b1f"
        infoSoft: "#14253a"
        criticalInk: "#1c0608"
        series: ["#3f9fdc", "#e69f00", "#17b88a", "#d98ab6", "#56b4e9", "#f07a2b", "#f0e442", "#a9b1bd"]
    }
    readonly property Tones stark: Tones {
        window: "#000000"
        surface: "#000000"
        raised: "#000000"
        sunken: "#000000"
        border: "#b8b8b8"
        borderStrong: "#ffffff"
        hover: "#2b2b2b"
        pressed: "#444444"
        shade: "#cc000000"
        text: "#ffffff"
        textDim: "#f0f0f0"
        textFaint: "#dcdcdc"
        accent: "#ffd60a"
        accentHover: "#ffe566"
        accentInk: "#000000"
        accentSoft: "#3a3200"
        focus: "#19e6ff"
        good: "#5dff9e"
        warning: "#ffd166"
        critical: "#ff9c9c"
        info: "#8fd6ff"
        goodSoft: "#00210f"
        warningSoft: "#2b1f00"
        criticalSoft: "#330909"
        infoSoft: "#001c2e"
        criticalInk: "#000000"
        series: ["#56b4e9", "#ffb31a", "#1fe0a8", "#ff9ed2", "#8ad0ff", "#ff8a3d", "#f0e442", "#ffffff"]
    }

    // QML takes a binding to a name that begins with "on" for a signal handler; these two get theirs from outside.
    readonly property Binding accentInk: Binding {
        property: "onAccent"
        target: root
        value: root.tones.accentInk
    }
    readonly property Binding criticalInk: Binding {
        property: "onCritical"
        target: root
        value: root.tones.criticalInk
    }

    // What Qt draws itself (tool tips, file dialogs, selections) follows.
    readonly property ApplicationPalette applied: ApplicationPalette {
        window: root.window
        base: root.surface
        alternate: root.sunken
        button: root.raised
        text: root.text
        faint: root.textFaint
        border: root.borderStrong
        highlight: root.accent
        highlightInk: root.onAccent
        toolTip: root.raised
        family: Typefaces.text
        pixelSize: root.body.pixelSize
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line of text in the theme's body type. `kind` picks another part of the scale and dims it as fits.
import QtQuick

Text {
    id: root

    /// "body", "dim", "small", "faint", "strong", "title", "heading", "figure", "mono"
    property string kind: "body"

    color: {
        switch (root.kind) {
        case "dim":
        case "small":
            return Theme.textDim;
        case "faint":
            return Theme.textFaint;
        default:
            return Theme.text;
        }
    }
    elide: Text.ElideRight
    font: {
        switch (root.kind) {
        case "small":
        case "faint":
            return Theme.small;
        case "strong":
            return Theme.bodyStrong;
        case "title":
            return Theme.title;
        case "heading":
            return Theme.heading;
        case "figure":
            return Theme.figure;
        case "mono":
            return Theme.mono;
        default:
            return Theme.body;
        }
    }
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter

    Accessible.name: root.text
    Accessible.role: Accessible.StaticText
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Panel {
    id: root

    required property Session session

    readonly property Settings settings: root.session.settings
    readonly property var scales: [0.85, 1, 1.15, 1.3, 1.5]

    title: qsTr("Look")

    SettingRow {
        title: qsTr("Colours")
        text: root.settings.theme === Settings.SystemTheme ? qsTr("As the system has them, as they change.") : ""

        Segmented {
            name: qsTr("Colours")
            model: [qsTr("System"), qsTr("Light"), qsTr("Dark"), qsTr("Contrast")]
            currentIndex: root.settings.theme
            onActivated: index => root.settings.theme = index
        }
    }

    SettingRow {
        title: qsTr("Text")
        text: qsTr("%1 % of the usual size").arg(Math.round(root.settings.textScale * 100))

        Segmented {
            name: qsTr("Size of the text")
            model: [qsTr("Small"), qsTr("Usual"), qsTr("Larger"), qsTr("Large"), qsTr("Largest")]
            currentIndex: root.scales.findIndex(scale => Math.abs(scale - root.settings.textScale) < 0.01)
            onActivated: index => root.settings.textScale = root.scales[index]
        }
    }

    SettingRow {
        title: qsTr("Movement")
        text: qsTr("Less: nothing slides or fades. The Raft scope still shows what is sent, in steps.")

        Segmented {
            name: qsTr("Movement")
            model: [qsTr("System"), qsTr("All"), qsTr("Less")]
            currentIndex: root.settings.motion
            onActivated: index => root.settings.motion = index
        }
    }

    SettingRow {
        title: qsTr("Language")

        SelectField {
            readonly property var codes: [""].concat(root.session.languages.available.map(language => language.code))

            name: qsTr("Language")
            model: [qsTr("As the system")].concat(root.session.languages.available.map(language => language.name))
            currentIndex: Math.max(0, codes.indexOf(root.settings.language))
            onActivated: index => root.settings.language = codes[index]
        }
    }
}

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
    readonly property var languages: [{
            code: "",
            name: qsTr("As the desktop")
        }, ...root.session.languages.available]

    title: qsTr("Look")

    SettingRow {
        title: qsTr("Colours")
        text: root.settings.theme === Settings.SystemTheme ? qsTr("Follows the desktop.") : ""

        Segmented {
            name: qsTr("Colours")
            model: [qsTr("System"), qsTr("Light"), qsTr("Dark"), qsTr("Contrast")]
            currentIndex: root.settings.theme
            onActivated: index => root.settings.theme = index
        }
    }

    SettingRow {
        title: qsTr("Size of the text")
        Segmented {
            name: qsTr("Size of the text")
            model: root.scales.map(scale => Format.percent(scale))
            currentIndex: root.scales.findIndex(scale => Math.abs(scale - root.settings.textScale) < 0.01)
            onActivated: index => root.settings.textScale = root.scales[index]
        }
    }

    SettingRow {
        title: qsTr("Movement")
        text: qsTr("Less: nothing slides or fades.")

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
            Layout.preferredWidth: Theme.rail
            name: qsTr("Language")
            model: root.languages.map(language => language.name)
            currentIndex: Math.max(0, root.languages.findIndex(language => language.code === root.settings.language))
            onActivated: index => root.settings.language = root.languages[index].code
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Panel {
    id: root

    required property Session session

    title: qsTr("About")

    FactRow {
        Layout.fillWidth: true
        label: qsTr("Version")
        value: Qt.application.version
    }

    FactRow {
        Layout.fillWidth: true
        label: qsTr("Qt")
        value: root.session.qtVersion
    }

    FactRow {
        Layout.fillWidth: true
        label: qsTr("Drawn by")
        value: root.session.graphics
    }

    FactRow {
        Layout.fillWidth: true
        label: qsTr("Settings are kept in")
        value: root.session.settings.fileName
        mono: true
    }

    FactRow {
        Layout.fillWidth: true
        label: qsTr("Licence")
        value: qsTr("GPL-3.0-or-later; icons: Lucide (ISC)")
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
//
// A page in the table of pages. A page without its file is there, but empty.
import QtQml

QtObject {
    required property string name
    required property string title
    /// What one finds there, in a few words.
    required property string about
    required property string iconName
    required property string keys
    /// Beside this file.
    required property string file
    /// Stands below the others.
    property bool apart: false
    /// Without a cluster the window shows the welcome in its place.
    property bool needsCluster: true
}

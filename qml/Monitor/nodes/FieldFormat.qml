// SPDX-License-Identifier: GPL-3.0-or-later
//
// A value of the API as a person reads it, by the name of its format.
import QtQml
import Dsmsg.Ui

QtObject {
    id: root

    function text(value: var, format: string): string {
        if (value === undefined || value === null || value === "")
            return Format.dash();
        switch (format) {
        case "count":
            return Format.count(value);
        case "ms":
            return Format.ms(value);
        case "signedMs":
            return Format.signedMs(value);
        case "seconds":
            return Format.seconds(value);
        case "secondsAsMs":
            return Format.ms(value * 1000);
        case "signedSecondsAsMs":
            return Format.signedMs(value * 1000);
        case "bytes":
            return Format.bytes(value);
        case "percent":
            return Format.percent(value);
        case "ppm":
            return Format.ppm(value);
        case "time":
            return value > 0 ? Format.timeMs(value) : Format.dash();
        case "dateTime":
            return value > 0 ? Format.dateTime(value) : Format.dash();
        case "yesNo":
            return value ? qsTr("yes") : qsTr("no");
        default:
            return String(value);
        }
    }

    /// The value at "a.b.c" in an answer; undefined where it is not.
    function find(answer: var, path: string): var {
        let value = answer;
        for (const key of path.split("."))
            value = value === undefined || value === null ? undefined : value[key];
        return value;
    }
}

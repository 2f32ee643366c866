// SPDX-License-Identifier: GPL-3.0-or-later
//
// The contract names every field with its type; a test says them in one line. Read with QJsonDocument, a
// second opinion on what JsonWriter writes.
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include "tests/http/TestServer.h"

namespace dsmsg::test {

inline QJsonObject json(const Answer& answer)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(answer.body), &error);
    if (error.error != QJsonParseError::NoError)
        qWarning("not JSON: %s", answer.body.c_str());
    return document.object();
}

/// Compares the type of each named member: s string, n number, b bool, o object, a array, 0 null; more than
/// one letter: any of them. The names of those that do not fit.
inline QString wrongTypes(const QJsonObject& object, const char* description)
{
    QStringList wrong;
    for (const QByteArray& pair : QByteArray(description).split(' ')) {
        const QString name = QString::fromLatin1(pair.left(pair.indexOf(':')));
        const QJsonValue value = object.value(name);
        bool fits = false;
        for (const char kind : pair.mid(pair.indexOf(':') + 1))
            fits = fits || (kind == 's' && value.isString()) || (kind == 'n' && value.isDouble()) ||
                   (kind == 'b' && value.isBool()) || (kind == 'o' && value.isObject()) ||
                   (kind == 'a' && value.isArray()) || (kind == '0' && value.isNull());
        if (!fits)
            wrong << name;
    }
    return wrong.join(QLatin1Char(','));
}

} // namespace dsmsg::test

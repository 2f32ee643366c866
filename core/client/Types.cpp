// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/Types.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonValue>

namespace dsmsg::client {

QByteArray jsonString(const QString& text)
{
    // QJsonDocument writes only arrays and objects, so the string travels in an array whose brackets are
    // taken off.
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

bool isJsonValue(const QByteArray& text)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']', &error);
    return error.error == QJsonParseError::NoError && document.array().size() == 1;
}

QString Message::payloadText() const
{
    if (payload.startsWith('"')) {
        const QJsonDocument document = QJsonDocument::fromJson('[' + payload + ']');
        return document.array().first().toString();
    }
    return QString::fromUtf8(payload);
}

} // namespace dsmsg::client

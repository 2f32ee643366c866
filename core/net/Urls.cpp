// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/Urls.h"

#include <algorithm>

#include <QUrl>

namespace dsmsg::net {

Result<std::string> normaliseUrl(const std::string& text)
{
    const QString given = QString::fromStdString(text).trimmed();
    const QString full = given.contains(QLatin1String("://")) ? given : QLatin1String("http://") + given;
    const QUrl url(full, QUrl::StrictMode);
    const auto bad = [&](const char* why) {
        return Error{Error::Kind::Invalid,
                     "\"" + text + "\" is not a base URL: " + why + " Write it as http://HOST:PORT."};
    };
    if (!url.isValid() || url.host().isEmpty())
        return bad("it has no valid host.");
    if (url.scheme() != QLatin1String("http"))
        return bad("only http is supported.");
    if (!url.path().isEmpty() && url.path() != QLatin1String("/"))
        return bad("it must not have a path.");
    if (url.hasQuery() || url.hasFragment() || !url.userInfo().isEmpty())
        return bad("it must be host and port only.");
    QString host = url.host().toLower();
    if (host.contains(QLatin1Char(':')))
        host = QLatin1Char('[') + host + QLatin1Char(']');
    return QStringLiteral("http://%1:%2").arg(host).arg(url.port(80)).toStdString();
}

Result<std::vector<std::string>> parseUrlList(const std::string& text)
{
    std::vector<std::string> urls;
    const QStringList parts = QString::fromStdString(text).split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        if (part.trimmed().isEmpty())
            continue;
        auto url = normaliseUrl(part.toStdString());
        if (!url)
            return url.error();
        urls.push_back(std::move(*url));
    }
    std::ranges::sort(urls);
    if (const auto twice = std::ranges::adjacent_find(urls); twice != urls.end())
        return Error{Error::Kind::Invalid, *twice + " is named twice. Name every peer once."};
    return urls;
}

} // namespace dsmsg::net

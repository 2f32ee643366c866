// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/Endpoints.h"

#include "core/base/Assert.h"

namespace dsmsg::client {

namespace {

bool isPort(const QString& text)
{
    bool isNumber = false;
    const uint port = text.toUInt(&isNumber);
    return isNumber && port > 0 && port < 65536;
}

} // namespace

Result<QList<QUrl>> parseEndpoints(const QString& text)
{
    QList<QUrl> urls;
    QString host = QStringLiteral("127.0.0.1");
    for (const QString& part : text.split(QLatin1Char(','))) {
        QString item = part.trimmed();
        if (isPort(item))
            item = host + QLatin1Char(':') + item;
        if (!item.contains(QLatin1String("://")))
            item.prepend(QLatin1String("http://"));
        QUrl url(item, QUrl::StrictMode);
        const bool isHttp = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
        if (!url.isValid() || !isHttp || url.host().isEmpty() || url.hasQuery() || url.hasFragment() ||
            !url.userName().isEmpty() || (!url.path().isEmpty() && url.path() != QLatin1String("/")))
            return Error{Error::Kind::Invalid, "'" + part.trimmed().toStdString() +
                                                   "' is not the address of a node; write it as "
                                                   "http://127.0.0.1:8000, as host:port or as a port"};
        url.setPath(QString());
        host = url.host();
        if (host.contains(QLatin1Char(':')))
            host = QLatin1Char('[') + host + QLatin1Char(']');
        if (!urls.contains(url))
            urls.append(url);
    }
    return urls;
}

Endpoints::Endpoints(QList<QUrl> all)
    : all_(std::move(all))
{
    DSMSG_ASSERT(!all_.isEmpty(), "a client without a node to ask can never answer");
}

QUrl Endpoints::choose() const
{
    return leader_.isValid() ? leader_ : all_[turn_];
}

void Endpoints::failed(const QUrl& url)
{
    if (leader_ == url)
        leader_ = QUrl();
    if (all_[turn_] == url)
        turn_ = (turn_ + 1) % all_.size();
}

} // namespace dsmsg::client

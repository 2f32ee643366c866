// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/CurlLine.h"

#include <QRegularExpression>

namespace dsmsg::monitor {

QString shellQuoted(const QString& word)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_@%+=:,./-]+$"));
    if (plain.match(word).hasMatch())
        return word;
    QString quoted = word;
    quoted.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

bool steersCluster(const QUrl& url)
{
    return url.path().startsWith(QLatin1String("/cluster/")) || url.path() == QLatin1String("/faults");
}

QString curlLine(const client::HttpRequest& request)
{
    using Method = client::HttpRequest::Method;
    QStringList words{QStringLiteral("curl"), QStringLiteral("--noproxy"), QStringLiteral("'*'"),
                      QStringLiteral("-L")};
    if (request.method == Method::Delete)
        words << QStringLiteral("-X") << QStringLiteral("DELETE");
    else if (request.method == Method::Post && request.body.isEmpty())
        words << QStringLiteral("-X") << QStringLiteral("POST");
    if (request.method != Method::Get && (steersCluster(request.url) || !request.body.isEmpty()))
        words << QStringLiteral("-H") << QStringLiteral("'Content-Type: application/json'");
    if (!request.body.isEmpty())
        words << QStringLiteral("-d") << shellQuoted(QString::fromUtf8(request.body));
    words << shellQuoted(request.url.toString(QUrl::FullyEncoded));
    return words.join(QLatin1Char(' '));
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/NodeAddress.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace dsmsg::monitor {

namespace {

constexpr int defaultPort = 8000;
constexpr qsizetype addressesMax = 32;

/// Where its words are found in other languages.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(NodeAddress)
};

} // namespace

NodeAddresses readAddresses(const QString& text)
{
    NodeAddresses read;
    const QStringList words = text.split(QRegularExpression(QStringLiteral("[,;\\s]+")), Qt::SkipEmptyParts);
    if (words.isEmpty())
        read.problem = Text::tr("Type the address of a node, such as 127.0.0.1:8000.");
    if (words.size() > addressesMax)
        read.problem = Text::tr("These are more than %1 addresses. One node is enough: the others are found "
                                "through it.")
                           .arg(addressesMax);
    for (const QString& word : words) {
        if (!read.problem.isEmpty())
            break;
        QUrl url(word.contains(QLatin1String("://")) ? word : QStringLiteral("http://") + word,
                 QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty()) {
            read.problem =
                Text::tr("\"%1\" is no address. Write host:port, such as 127.0.0.1:8000.").arg(word);
        } else if (url.scheme() != QLatin1String("http")) {
            read.problem = Text::tr("Nodes speak http, not %1.").arg(url.scheme());
        } else {
            QUrl base;
            base.setScheme(url.scheme());
            base.setHost(url.host());
            base.setPort(url.port(defaultPort));
            if (!read.urls.contains(base))
                read.urls.append(base);
        }
    }
    if (!read.problem.isEmpty())
        read.urls.clear();
    return read;
}

} // namespace dsmsg::monitor

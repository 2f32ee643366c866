// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/MessageFilter.h"

#include <QRegularExpression>
#include <QUrlQuery>

namespace dsmsg::monitor {

namespace {

class Parameters
{
public:
    void add(const char* name, const QString& value)
    {
        // QUrlQuery leaves '+' and ';' alone, which a server reads as something else.
        query_.addQueryItem(QLatin1String(name), QString::fromLatin1(QUrl::toPercentEncoding(value)));
    }
    void addTime(const char* name, const std::optional<double>& ts)
    {
        if (ts)
            add(name, QString::number(*ts, 'f', 6));
    }
    QUrl at(QUrl node, const char* path) const
    {
        node.setPath(QLatin1String(path));
        node.setQuery(query_.toString(QUrl::FullyEncoded), QUrl::StrictMode);
        return node;
    }

private:
    QUrlQuery query_;
};

void addNames(Parameters& parameters, const MessageFilter& filter)
{
    if (filter.order == client::Order::Delivery)
        parameters.add("order", QStringLiteral("delivery"));
    if (!filter.sender.isEmpty())
        parameters.add("sender", filter.sender);
    if (!filter.recipient.isEmpty())
        parameters.add("recipient", filter.recipient);
}

std::optional<double> secondsOf(const QDateTime& time)
{
    if (!time.isValid())
        return std::nullopt;
    return double(time.toMSecsSinceEpoch()) / 1000;
}

double unitSeconds(const QString& unit)
{
    switch (unit.at(0).toLatin1()) {
    case 's':
        return 1;
    case 'm':
        return 60;
    case 'h':
        return 3600;
    default:
        return 86400;
    }
}

} // namespace

bool MessageFilter::isNarrow() const
{
    return !sender.isEmpty() || !recipient.isEmpty() || !msgId.isEmpty() || after || fromTs || toTs;
}

QUrl pageUrl(const QUrl& node, const MessageFilter& filter, const PagePlace& place)
{
    Parameters parameters;
    if (!filter.msgId.isEmpty()) {
        parameters.add("msg_id", filter.msgId);
        return parameters.at(node, "/messages");
    }
    parameters.add("limit", QString::number(place.limit));
    if (place.direction == PagePlace::Direction::Newer)
        parameters.add("after", QString::number(place.position));
    else
        parameters.add("before", QString::number(place.position));
    addNames(parameters, filter);
    parameters.addTime("from_ts", filter.fromTs);
    parameters.addTime("to_ts", filter.toTs);
    return parameters.at(node, "/messages");
}

QUrl streamUrl(const QUrl& node, const MessageFilter& filter)
{
    Parameters parameters;
    addNames(parameters, filter);
    return parameters.at(node, "/events");
}

QString curlOf(const QUrl& url, const QString& options)
{
    QString text = QString::fromLatin1(url.toEncoded());
    text.replace(QLatin1Char('\''), QLatin1String("%27"));
    return QStringLiteral("curl %1 '%2'").arg(options, text);
}

std::optional<double> timeFromText(const QString& text, const QDateTime& now)
{
    const QString given = text.trimmed().toLower();
    static const QRegularExpression ago(
        QStringLiteral("^-?\\s*(\\d+(?:\\.\\d+)?)\\s*(s|sec|min|m|h|d)(\\s+ago)?$"));
    if (const auto match = ago.match(given);
        match.hasMatch() && (given.startsWith(QLatin1Char('-')) || !match.captured(3).isEmpty()))
        return *secondsOf(now) - match.captured(1).toDouble() * unitSeconds(match.captured(2));
    bool number = false;
    if (const double seconds = given.toDouble(&number); number)
        return seconds;
    for (const char* format : {"HH:mm", "HH:mm:ss", "HH:mm:ss.z"})
        if (const QTime time = QTime::fromString(given, QLatin1String(format)); time.isValid())
            return secondsOf(QDateTime(now.date(), time));
    for (const char* format : {"yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"})
        if (const auto time = QDateTime::fromString(given, QLatin1String(format)); time.isValid())
            return secondsOf(time);
    return std::nullopt;
}

} // namespace dsmsg::monitor

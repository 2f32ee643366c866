// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/MessageDetail.h"

#include <limits>

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/monitor/cluster/Requests.h"
#include "app/monitor/messages/MessageFilter.h"
#include "app/monitor/messages/MessageModel.h"
#include "core/client/Answers.h"

namespace dsmsg::monitor {

namespace {

bool isString(const QByteArray& payload)
{
    return payload.startsWith('"');
}

/// What only the drawer shows. The payload is left out of it: its numbers would suffer.
void addCorrection(const QByteArray& json, QVariantMap& message)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const QJsonObject correction = object.value(QLatin1String("correction_metadata")).toObject();
    const QJsonObject accuracy = correction.value(QLatin1String("accuracy")).toObject();
    const auto number = [&message](const char* name, const QJsonValue& value, double factor) {
        if (value.isDouble())
            message.insert(QLatin1String(name), value.toDouble() * factor);
    };
    constexpr double ms = 1000;
    number("offsetMs", correction.value(QLatin1String("applied_offset")), ms);
    number("magnitudeMs", correction.value(QLatin1String("magnitude")), ms);
    number("confidenceMs", accuracy.value(QLatin1String("confidence_interval")), ms);
    number("lowerTs", accuracy.value(QLatin1String("lower_bound")), 1);
    number("upperTs", accuracy.value(QLatin1String("upper_bound")), 1);
    number("ttl", object.value(QLatin1String("ttl")), 1);
    message.insert(QStringLiteral("method"), correction.value(QLatin1String("method")).toString());
    message.insert(QStringLiteral("clientClock"), correction.value(QLatin1String("client_clock")).toString());
}

} // namespace

MessageDetail::Loaded readDetail(const QByteArray& body)
{
    MessageDetail::Loaded loaded;
    const auto page = client::readPage(body);
    if (!page) {
        loaded.error = QString::fromStdString(page.error().text);
        return loaded;
    }
    if (page->messages.isEmpty())
        return loaded;
    const client::Message& message = page->messages.first();
    loaded.message = toMap(rowOf(message, QDate::currentDate()));
    addCorrection(message.json, loaded.message);
    loaded.payload = message.payload;
    loaded.pretty =
        isString(message.payload) ? rawText(message.payloadText().toUtf8()) : prettyJson(message.payload);
    loaded.raw = rawText(message.payload);
    loaded.hex = hexDump(message.payload);
    return loaded;
}

MessageDetail::MessageDetail(QObject* parent)
    : QObject(parent)
{
}

void MessageDetail::setCluster(ClusterMonitor* cluster)
{
    if (cluster_ == cluster)
        return;
    cluster_ = cluster;
    Q_EMIT subjectChanged();
    reload();
}

void MessageDetail::setSubject(const QVariantMap& subject)
{
    if (subject_ == subject)
        return;
    subject_ = subject;
    loaded_ = {};
    loaded_.message = subject;
    isLoaded_ = false;
    Q_EMIT subjectChanged();
    reload();
}

double MessageDetail::seq() const
{
    return loaded_.message.value(QStringLiteral("seq")).toDouble();
}

QUrl MessageDetail::url() const
{
    if (!cluster_ || !cluster_->target())
        return {};
    MessageFilter filter;
    PagePlace place{PagePlace::Direction::Newer, 0, 1};
    if (const double seq = subject_.value(QStringLiteral("seq")).toDouble(); seq >= 1)
        place.position = quint64(seq) - 1;
    else
        filter.msgId = subject_.value(QStringLiteral("msgId")).toString();
    return place.position == 0 && filter.msgId.isEmpty() &&
                   subject_.value(QStringLiteral("seq")).toDouble() < 1
               ? QUrl()
               : pageUrl(cluster_->target()->url(), filter, place);
}

void MessageDetail::reload()
{
    ++generation_;
    error_.clear();
    Q_EMIT changed();
    client::HttpRequest request;
    request.url = url();
    if (request.url.isEmpty())
        return;
    const auto read = [](const client::HttpReply& reply) {
        if (reply.status == 200)
            return readDetail(reply.body);
        Loaded loaded;
        loaded.error = reply.status == 0 ? reply.problem : client::readReason(reply.body);
        if (loaded.error.isEmpty())
            loaded.error = QStringLiteral("HTTP %1").arg(reply.status);
        return loaded;
    };
    cluster_->requests().start<Loaded>(request, this, read,
                                       [this, generation = generation_](const Loaded& loaded) {
                                           if (generation == generation_)
                                               took(loaded);
                                       });
}

void MessageDetail::took(const Loaded& loaded)
{
    const double wanted = subject_.value(QStringLiteral("seq")).toDouble();
    const double got = loaded.message.value(QStringLiteral("seq")).toDouble();
    if (!loaded.error.isEmpty()) {
        error_ = tr("The message could not be read: %1.").arg(loaded.error);
    } else if (got < 1 || (wanted >= 1 && got != wanted)) {
        error_ = tr("This node does not have the message: it was removed, or is not applied there yet.");
    } else {
        loaded_ = loaded;
        isLoaded_ = true;
    }
    Q_EMIT changed();
}

double MessageDetail::payloadBytes() const
{
    const auto bytes = loaded_.message.constFind(QStringLiteral("payloadBytes"));
    return bytes == loaded_.message.constEnd() ? std::numeric_limits<double>::quiet_NaN() : bytes->toDouble();
}

bool MessageDetail::structured() const
{
    return loaded_.payload.startsWith('{') || loaded_.payload.startsWith('[');
}

QVariantMap MessageDetail::draft() const
{
    client::Message message;
    message.payload = loaded_.payload;
    return {{QStringLiteral("sender"), loaded_.message.value(QStringLiteral("sender"))},
            {QStringLiteral("recipient"), loaded_.message.value(QStringLiteral("recipient"))},
            {QStringLiteral("text"), message.payloadText()},
            {QStringLiteral("json"), !isString(loaded_.payload)}};
}

QString MessageDetail::curl() const
{
    const QUrl address = url();
    return address.isEmpty() ? QString() : curlOf(address, QStringLiteral("-s"));
}

void MessageDetail::copy(View view) const
{
    const QByteArray& payload = loaded_.payload;
    if (view == Raw)
        return copyText(QString::fromUtf8(payload));
    if (view == Hex)
        return copyText(hexDump(payload, 16, payload.size()).text);
    client::Message message;
    message.payload = payload;
    copyText(isString(payload) ? message.payloadText()
                               : prettyJson(payload, std::numeric_limits<qsizetype>::max()).text);
}

void MessageDetail::copyText(const QString& text) const
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace dsmsg::monitor

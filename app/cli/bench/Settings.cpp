// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/Settings.h"

#include "app/cli/Console.h"
#include "core/base/Random.h"

namespace dsmsg::bench {

namespace {

constexpr quint64 connectionsMax = 8192;
constexpr quint64 payloadBytesMax = 1024 * 1024;
constexpr quint64 batchMax = 4096;
constexpr quint64 windowMax = 65536;
constexpr quint64 rateMax = 10'000'000;
constexpr quint64 messagesMax = 999'999'999'999;

} // namespace

std::optional<Settings> readSettings(const cli::CommandLine& line)
{
    Settings settings;
    settings.transport = line.choice("transport", "http");
    settings.hasMessages = line.isSet("messages");
    const auto connections = line.number("connections", 64, 1, connectionsMax);
    const auto rate = line.number("rate", 0, 1, rateMax);
    const auto size = line.number("size", 128, 0, payloadBytesMax);
    const auto batch = line.number("batch", 100, 1, batchMax);
    const auto window = line.number("window", 256, 1, windowMax);
    const auto messages = line.number("messages", messagesMax, 1, messagesMax);
    const auto duration =
        line.seconds("duration", settings.hasMessages ? Milliseconds(3'600'000) : Milliseconds(10'000));
    const auto warmup = line.seconds("warmup", settings.hasMessages ? Milliseconds(0) : Milliseconds(1000));
    const auto ramp = line.seconds("ramp", Milliseconds(0));
    if (!connections || !rate || !size || !batch || !window || !messages || !duration || !warmup || !ramp)
        return std::nullopt;
    if (duration->count() == 0) {
        line.wrongUsage(QStringLiteral("--duration must be more than 0"));
        return std::nullopt;
    }
    settings.batch = settings.transport == QLatin1String("http") ? 1 : *batch;
    settings.window = settings.transport == QLatin1String("ws") ? *window : settings.batch;
    settings.size = *size;
    Plan& plan = settings.plan;
    plan.connections = std::size_t(*connections);
    plan.atOnce = std::size_t(settings.batch);
    if (line.isSet("rate"))
        plan.perSecond = double(*rate);
    plan.ramp = *ramp;
    plan.warmup = *warmup;
    plan.duration = *duration;
    plan.messagesMax = *messages;
    plan.seed = systemSeed();
    return settings;
}

QJsonObject settingsJson(const Settings& settings)
{
    const Plan& plan = settings.plan;
    QJsonObject json{
        {QStringLiteral("transport"), settings.transport},
        {QStringLiteral("loop"), plan.perSecond ? QStringLiteral("open") : QStringLiteral("closed")},
        {QStringLiteral("connections"), double(plan.connections)},
        {QStringLiteral("batch"), double(settings.batch)},
        {QStringLiteral("window"), double(settings.window)},
        {QStringLiteral("payload_bytes"), double(settings.size)},
        {QStringLiteral("duration_s"), double(plan.duration.count()) / 1000},
        {QStringLiteral("warmup_s"), double(plan.warmup.count()) / 1000},
        {QStringLiteral("ramp_s"), double(plan.ramp.count()) / 1000}};
    if (plan.perSecond)
        json.insert(QStringLiteral("rate"), *plan.perSecond);
    if (settings.hasMessages)
        json.insert(QStringLiteral("messages"), double(plan.messagesMax));
    return json;
}

QString headline(const Settings& settings)
{
    const Plan& plan = settings.plan;
    QString text = plan.perSecond ? QStringLiteral("open loop, %1 messages/s over %2 connections")
                                        .arg(cli::grouped(quint64(*plan.perSecond)))
                                        .arg(plan.connections)
                                  : QStringLiteral("closed loop, %1 connections").arg(plan.connections);
    text += QStringLiteral(", %1").arg(settings.transport);
    if (settings.transport == QLatin1String("ws"))
        text += QStringLiteral(", %1 in flight on each, up to %2 a frame")
                    .arg(settings.window)
                    .arg(settings.batch);
    else if (settings.batch > 1)
        text += QStringLiteral(", up to %1 a request").arg(settings.batch);
    return text + QStringLiteral(", %1 bytes of payload").arg(settings.size);
}

} // namespace dsmsg::bench

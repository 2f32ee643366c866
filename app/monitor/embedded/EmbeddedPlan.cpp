// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/embedded/EmbeddedPlan.h"

#include <memory>
#include <vector>

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QTcpServer>

namespace dsmsg::monitor {

namespace {

constexpr int foldersMax = 20;

QString planFile(const QString& folder)
{
    return folder + QStringLiteral("/cluster.json");
}

bool isFree(std::uint16_t port)
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost, port);
}

/// All at once, so that no two are the same.
Result<QList<std::uint16_t>> freePorts(int count)
{
    std::vector<std::unique_ptr<QTcpServer>> probes;
    QList<std::uint16_t> ports;
    for (int i = 0; i < count; ++i) {
        probes.push_back(std::make_unique<QTcpServer>());
        if (!probes.back()->listen(QHostAddress::LocalHost, 0))
            return Error{Error::Kind::Io,
                         "no free port on this machine: " + probes.back()->errorString().toStdString()};
        ports.append(probes.back()->serverPort());
    }
    return ports;
}

/// Nothing when the file is not one of ours.
QList<std::uint16_t> portsIn(const QString& folder)
{
    QFile file(planFile(folder));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<std::uint16_t> ports;
    constexpr qint64 bytesMax = 10'000;
    const QJsonObject plan = QJsonDocument::fromJson(file.read(bytesMax)).object();
    for (const QJsonValue port : plan.value(QLatin1String("ports")).toArray()) {
        if (port.toInt() <= 0 || port.toInt() > UINT16_MAX)
            return {};
        ports.append(static_cast<std::uint16_t>(port.toInt()));
    }
    return ports;
}

Result<EmbeddedPlan> create(const QString& folder, int nodes)
{
    auto ports = freePorts(nodes);
    if (!ports)
        return ports.error();
    if (!QDir().mkpath(folder))
        return Error{Error::Kind::Io, "cannot make the folder " + folder.toStdString()};
    QJsonArray list;
    for (const std::uint16_t port : *ports)
        list.append(port);
    QSaveFile file(planFile(folder));
    const QByteArray text = QJsonDocument(QJsonObject{{QStringLiteral("ports"), list}}).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return Error{Error::Kind::Io, "cannot write " + file.fileName().toStdString() + ": " +
                                          file.errorString().toStdString()};
    return EmbeddedPlan{folder, *ports, false};
}

} // namespace

QString embeddedRoot()
{
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    return (QDir::isAbsolutePath(state) ? state : QDir::homePath() + QStringLiteral("/.local/state")) +
           QStringLiteral("/dsmsg/embedded");
}

Result<EmbeddedPlan> planEmbedded(const QString& root, int nodes)
{
    for (int number = 1; number <= foldersMax; ++number) {
        const QString folder = QStringLiteral("%1/%2-nodes%3")
                                   .arg(root)
                                   .arg(nodes)
                                   .arg(number == 1 ? QString() : QStringLiteral("-%1").arg(number));
        if (!QFile::exists(planFile(folder)))
            return create(folder, nodes);
        const QList<std::uint16_t> ports = portsIn(folder);
        if (ports.size() == nodes && std::ranges::all_of(ports, isFree))
            return EmbeddedPlan{folder, ports, true};
    }
    return Error{Error::Kind::Refused, "All " + std::to_string(foldersMax) + " clusters of " +
                                           std::to_string(nodes) + " nodes in " + root.toStdString() +
                                           " are in use. End a monitor that runs one, or delete the folder"};
}

} // namespace dsmsg::monitor

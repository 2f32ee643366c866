// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/scope/ScopeFile.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace dsmsg::monitor {

namespace {

/// Where its words are found in other languages.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ScopeFile)
};

constexpr qint64 maxLineBytes = 1'000'000;

Error fileError(const QString& text)
{
    return {Error::Kind::Io, text.toStdString()};
}

Error contentError(const QString& text)
{
    return {Error::Kind::Invalid, text.toStdString()};
}

QJsonValue maybe(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QJsonValue::Null);
}

QJsonValue maybe(qint64 value)
{
    return value >= 0 ? QJsonValue(value) : QJsonValue(QJsonValue::Null);
}

QString roleName(Role role)
{
    switch (role) {
    case Role::Follower:
        return QStringLiteral("Follower");
    case Role::Candidate:
        return QStringLiteral("Candidate");
    case Role::Leader:
        return QStringLiteral("Leader");
    case Role::Learner:
        return QStringLiteral("Learner");
    case Role::Unknown:
        break;
    }
    return QStringLiteral("Unknown");
}

QJsonObject peerObject(const ScopePeer& peer)
{
    return {{QStringLiteral("alive"), peer.alive},
            {QStringLiteral("voter"), peer.voter},
            {QStringLiteral("next"), maybe(peer.next)},
            {QStringLiteral("match"), maybe(peer.match)},
            {QStringLiteral("lag"), maybe(peer.lag)},
            {QStringLiteral("rtt_ms"), maybe(peer.rttMs)},
            {QStringLiteral("sent"), QJsonObject{{QStringLiteral("append"), qint64(peer.append)},
                                                 {QStringLiteral("heartbeat"), qint64(peer.heartbeat)},
                                                 {QStringLiteral("vote"), qint64(peer.vote)},
                                                 {QStringLiteral("prevote"), 0},
                                                 {QStringLiteral("snapshot"), qint64(peer.snapshot)}}},
            {QStringLiteral("ok"), qint64(peer.ok)},
            {QStringLiteral("rejected"), qint64(peer.rejected)}};
}

QJsonObject sampleObject(const ScopeSample& sample, const QStringList& names)
{
    QJsonObject peers;
    for (const ScopePeer& peer : sample.peers)
        peers.insert(names[peer.node], peerObject(peer));
    return {
        {QStringLiteral("node_id"), names[sample.node]},
        {QStringLiteral("run"), sample.run},
        {QStringLiteral("cluster_ts"), sample.ts},
        {QStringLiteral("bound"), maybe(sample.bound)},
        {QStringLiteral("role"), roleName(sample.role)},
        {QStringLiteral("serving"), sample.serving},
        {QStringLiteral("faults"), sample.faults},
        {QStringLiteral("term"), qint64(sample.term)},
        {QStringLiteral("leader_id"), sample.leader < 0 ? QJsonValue() : QJsonValue(names[sample.leader])},
        {QStringLiteral("election"),
         QJsonObject{{QStringLiteral("timeout_ms"), maybe(sample.electionTimeoutMs)},
                     {QStringLiteral("remaining_ms"), maybe(sample.electionRemainingMs)},
                     {QStringLiteral("leader_contact_ms"), maybe(sample.leaderContactMs)}}},
        {QStringLiteral("log"), QJsonObject{{QStringLiteral("first"), qint64(sample.first)},
                                            {QStringLiteral("last"), qint64(sample.last)},
                                            {QStringLiteral("durable"), qint64(sample.durable)},
                                            {QStringLiteral("commit"), qint64(sample.commit)},
                                            {QStringLiteral("applied"), qint64(sample.applied)},
                                            {QStringLiteral("snapshot"), qint64(sample.snapshot)}}},
        {QStringLiteral("rates"), QJsonObject{{QStringLiteral("acknowledged"), sample.acknowledgedPerS}}},
        {QStringLiteral("peers"), peers}};
}

QJsonObject eventObject(const RaftEvent& event)
{
    QJsonObject object{{QStringLiteral("node_id"), event.nodeId},
                       {QStringLiteral("run"), event.run},
                       {QStringLiteral("id"), qint64(event.id)},
                       {QStringLiteral("cluster_ts"), event.clusterTs},
                       {QStringLiteral("bound"), maybe(event.bound.value_or(unknown))},
                       {QStringLiteral("kind"), event.kind},
                       {QStringLiteral("term"), qint64(event.term)},
                       {QStringLiteral("cause"), event.cause},
                       {QStringLiteral("text"), event.text}};
    if (event.index)
        object.insert(QStringLiteral("index"), qint64(*event.index));
    if (!event.peer.isEmpty())
        object.insert(QStringLiteral("peer"), event.peer);
    return object;
}

QByteArray line(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray header(const ScopeRecording& recording, std::size_t samples)
{
    return line({{QStringLiteral("format"), QStringLiteral("dsmsg-scope")},
                 {QStringLiteral("version"), scopeFileVersion},
                 {QStringLiteral("written"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
                 {QStringLiteral("from"), recording.from()},
                 {QStringLiteral("to"), recording.to()},
                 {QStringLiteral("samples"), qint64(samples)},
                 {QStringLiteral("events"), qint64(recording.events().size())}});
}

/// Nothing: fine.
std::optional<Error> checkHeader(const QByteArray& first)
{
    const QJsonObject object = QJsonDocument::fromJson(first).object();
    if (object[u"format"].toString() != u"dsmsg-scope")
        return contentError(
            Text::tr("This is not a recording of the scope: its first line does not say so."));
    const int version = object[u"version"].toInt();
    if (version < 1 || version > scopeFileVersion)
        return contentError(Text::tr("This recording has version %1, this program reads up to %2: open it "
                                     "with a newer one.")
                                .arg(version)
                                .arg(scopeFileVersion));
    return std::nullopt;
}

/// False: the line is none of ours.
bool addLine(ScopeRecording& recording, const QByteArray& text)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    const auto inner = [&](QStringView key) {
        return QJsonDocument(object[key].toObject()).toJson(QJsonDocument::Compact);
    };
    if (object.contains(u"sample")) {
        const auto sample = readSample(inner(u"sample"));
        if (sample)
            recording.add(*sample);
        return sample.has_value();
    }
    if (object.contains(u"raft")) {
        const auto event = readRaftEvent(inner(u"raft"));
        if (event)
            recording.add(*event);
        return event.has_value();
    }
    return false;
}

} // namespace

Result<ScopeFileFacts> writeScopeFile(const ScopeRecording& recording, const QString& path)
{
    std::vector<const ScopeSample*> samples;
    for (int node = 0; node < recording.names().size(); ++node) {
        for (const ScopeSamplePtr& sample : recording.samples(node))
            samples.push_back(sample.get());
    }
    std::stable_sort(samples.begin(), samples.end(),
                     [](const auto* a, const auto* b) { return a->ts < b->ts; });

    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return fileError(Text::tr("%1 cannot be written: %2.").arg(path, file.errorString()));
    file.write(header(recording, samples.size()));
    auto event = recording.events().begin();
    for (const ScopeSample* sample : samples) {
        for (; event != recording.events().end() && event->clusterTs <= sample->ts; ++event)
            file.write(line({{QStringLiteral("raft"), eventObject(*event)}}));
        file.write(line({{QStringLiteral("sample"), sampleObject(*sample, recording.names())}}));
    }
    for (; event != recording.events().end(); ++event)
        file.write(line({{QStringLiteral("raft"), eventObject(*event)}}));
    const qint64 bytes = file.size();
    if (!file.commit())
        return fileError(Text::tr("%1 cannot be written: %2. What was there before is unchanged.")
                             .arg(path, file.errorString()));
    return ScopeFileFacts{samples.size(), recording.events().size(), bytes};
}

Result<ScopeRecording> readScopeFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(Text::tr("%1 cannot be read: %2.").arg(path, file.errorString()));
    if (file.size() > maxScopeFileBytes)
        return contentError(Text::tr("%1 has %2 MB, more than a recording can have.")
                                .arg(QFileInfo(path).fileName())
                                .arg(file.size() / 1'000'000));
    if (auto wrong = checkHeader(file.readLine(maxLineBytes)))
        return *wrong;
    ScopeRecording recording;
    for (int number = 2; !file.atEnd(); ++number) {
        const QByteArray text = file.readLine(maxLineBytes).trimmed();
        if (!text.isEmpty() && !addLine(recording, text))
            return contentError(
                Text::tr("Line %1 is neither a sample nor an event: the file is damaged.").arg(number));
    }
    if (recording.empty())
        return contentError(Text::tr("There is no sample in this recording, so there is nothing to show."));
    return recording;
}

} // namespace dsmsg::monitor

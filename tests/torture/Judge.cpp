// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/torture/Judge.h"

#include <QHash>
#include <QSet>
#include <algorithm>

#include "tests/support/process/Verifier.h"

namespace dsmsg::torture {

namespace {

constexpr qsizetype findingsMax = 10;

QString secondsApart(std::chrono::steady_clock::duration d)
{
    return QString::number(std::chrono::duration<double>(d).count(), 'f', 3);
}

QStringList checkNothingInvented(const std::vector<test::Sent>& sent, const QHash<QString, quint64>& stored)
{
    QSet<QString> ids;
    for (const test::Sent& message : sent)
        ids.insert(message.id);
    QStringList findings;
    for (auto it = stored.cbegin(); it != stored.cend() && findings.size() < findingsMax; ++it) {
        if (!ids.contains(it.key()))
            findings << QStringLiteral("invented: %1 is stored as seq %2, nobody sent it")
                            .arg(it.key())
                            .arg(it.value());
    }
    return findings;
}

} // namespace

QStringList checkRealTime(const std::vector<test::Sent>& sent, const QHash<QString, quint64>& stored)
{
    std::vector<const test::Sent*> acknowledged;
    for (const test::Sent& message : sent) {
        if (message.seq > 0)
            acknowledged.push_back(&message);
    }
    std::ranges::sort(acknowledged, {}, &test::Sent::acknowledgedAt);
    // The acknowledgement with the greatest seq among the first i + 1.
    std::vector<const test::Sent*> greatest;
    for (const test::Sent* message : acknowledged) {
        const bool more = greatest.empty() || message->seq > greatest.back()->seq;
        greatest.push_back(more ? message : greatest.back());
    }
    QStringList findings;
    for (const test::Sent& later : sent) {
        const quint64 seq = stored.value(later.id);
        if (seq == 0 || later.repeated)
            continue;
        const auto after =
            std::ranges::lower_bound(acknowledged, later.issuedAt, {}, &test::Sent::acknowledgedAt);
        if (after == acknowledged.begin())
            continue;
        const test::Sent* earlier = greatest[static_cast<std::size_t>(after - acknowledged.begin()) - 1];
        if (earlier->seq >= seq && findings.size() < findingsMax)
            findings << QStringLiteral(
                            "order: %1 (seq %2) was sent %3 s after %4 had been acknowledged as seq %5")
                            .arg(later.id)
                            .arg(seq)
                            .arg(secondsApart(later.issuedAt - earlier->acknowledgedAt), earlier->id)
                            .arg(earlier->seq);
    }
    return findings;
}

QStringList judge(test::ProcessCluster& cluster, const std::vector<test::Sent>& sent)
{
    QStringList findings = test::verify(cluster, sent);
    const auto pages = cluster.client(0).readAll();
    if (!pages)
        return findings << QStringLiteral("unreadable: ") + cluster.url(0);
    QHash<QString, quint64> stored;
    for (const test::ReadPage& page : *pages) {
        for (const test::ReadMessage& message : page.messages)
            stored.insert(message.id, message.seq);
    }
    return findings + checkNothingInvented(sent, stored) + checkRealTime(sent, stored);
}

} // namespace dsmsg::torture

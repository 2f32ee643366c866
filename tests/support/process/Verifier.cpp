// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/Verifier.h"

#include <QHash>
#include <set>

#include "tests/support/process/Await.h"

namespace dsmsg::test {

namespace {

class Findings
{
public:
    void add(const QString& kind, const QString& what)
    {
        constexpr int shown = 3;
        if (++counts_[kind] <= shown)
            texts_ << kind + QStringLiteral(": ") + what;
    }
    QStringList take()
    {
        for (auto count = counts_.cbegin(); count != counts_.cend(); ++count)
            texts_ << QStringLiteral("%1: %2 in all").arg(count.key()).arg(count.value());
        return texts_;
    }

private:
    QHash<QString, int> counts_;
    QStringList texts_;
};

/// Seqs from 1 without a gap, no id twice, each payload its own message's.
QHash<QString, quint64> checkOneNode(const QString& url, const std::vector<ReadPage>& pages,
                                     const QHash<QString, int>& paddingOf, Findings& findings)
{
    QHash<QString, quint64> seqOf;
    quint64 expected = 1;
    for (const ReadPage& page : pages) {
        for (const ReadMessage& message : page.messages) {
            if (message.seq != expected)
                findings.add(
                    QStringLiteral("gap"),
                    QStringLiteral("%1 has seq %2 where %3 belongs").arg(url).arg(message.seq).arg(expected));
            expected = message.seq + 1;
            if (seqOf.contains(message.id))
                findings.add(QStringLiteral("duplicate"), QStringLiteral("%1 has %2 as seq %3 and %4")
                                                              .arg(url, message.id)
                                                              .arg(seqOf[message.id])
                                                              .arg(message.seq));
            seqOf.insert(message.id, message.seq);
            const auto sent = paddingOf.find(message.id);
            if (sent != paddingOf.end() && message.payload != payloadOf(message.id, *sent))
                findings.add(QStringLiteral("payload"),
                             QStringLiteral("%1 has a foreign payload under %2").arg(url, message.id));
        }
    }
    return seqOf;
}

void checkPromises(const QString& url, const QHash<QString, quint64>& seqOf, const std::vector<Sent>& sent,
                   Findings& findings)
{
    for (const Sent& message : sent) {
        if (message.seq > 0 && seqOf.value(message.id) != message.seq)
            findings.add(QStringLiteral("lost"),
                         QStringLiteral("%1 was acknowledged as seq %2, %3 has it as %4")
                             .arg(message.id)
                             .arg(message.seq)
                             .arg(url)
                             .arg(seqOf.value(message.id)));
    }
}

/// Whether the node shows the same pages byte by byte: then all that holds for `pages` holds for it too.
bool showsTheSame(NodeClient& node, const std::vector<ReadPage>& pages)
{
    quint64 after = 0;
    for (const ReadPage& page : pages) {
        if (node.rawPage(after) != page.body)
            return false;
        after = page.messages.back().seq;
    }
    const auto rest = node.rawPage(after);
    return rest && parsePage(*rest).messages.empty();
}

void checkEqual(const QString& url, const std::vector<ReadPage>& pages, const std::vector<ReadPage>& first,
                Findings& findings)
{
    if (pages.size() != first.size())
        findings.add(QStringLiteral("unequal"), QStringLiteral("%1 has %2 pages, the first node %3")
                                                    .arg(url)
                                                    .arg(pages.size())
                                                    .arg(first.size()));
    for (std::size_t i = 0; i < std::min(pages.size(), first.size()); ++i) {
        if (pages[i].body != first[i].body)
            findings.add(QStringLiteral("unequal"),
                         QStringLiteral("page %1 of %2 differs from the first node's").arg(i).arg(url));
    }
}

void checkHashes(ProcessCluster& cluster, Findings& findings)
{
    std::set<QString> states;
    const bool asked = await(Milliseconds(5000), [&] {
        states.clear();
        std::set<quint64> positions;
        for (const int node : cluster.members()) {
            const auto status = cluster.status(node);
            if (!status)
                return false;
            positions.insert(status->appliedIndex);
            states.insert(status->stateHash);
        }
        return positions.size() == 1;
    });
    if (!asked)
        findings.add(QStringLiteral("hash"), QStringLiteral("the nodes did not come to one applied index"));
    else if (states.size() != 1 || states.begin()->isEmpty())
        findings.add(QStringLiteral("hash"),
                     QStringLiteral("the states differ: ") +
                         QStringList(states.begin(), states.end()).join(QLatin1Char(' ')));
}

} // namespace

QStringList verify(ProcessCluster& cluster, const std::vector<Sent>& sent)
{
    Findings findings;
    if (!cluster.awaitEqual())
        findings.add(QStringLiteral("behind"),
                     QStringLiteral("the nodes did not come to one end of the log"));
    QHash<QString, int> paddingOf;
    for (const Sent& message : sent)
        paddingOf.insert(message.id, message.padding);
    std::vector<ReadPage> first;
    const int reference = cluster.members().front();
    for (const int node : cluster.members()) {
        const QString url = cluster.url(node);
        if (node != reference && showsTheSame(cluster.client(node), first))
            continue;
        auto pages = cluster.client(node).readAll();
        if (!pages) {
            findings.add(QStringLiteral("unreadable"), url);
            continue;
        }
        checkPromises(url, checkOneNode(url, *pages, paddingOf, findings), sent, findings);
        if (node == reference)
            first = std::move(*pages);
        else
            checkEqual(url, *pages, first, findings);
    }
    checkHashes(cluster, findings);
    return findings.take();
}

} // namespace dsmsg::test

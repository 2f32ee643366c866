// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sentence on top of the window, word by word: each row is a cluster in a state and what is said of it.
#include <QTest>

#include "app/monitor/cluster/ClusterVerdict.h"

namespace dsmsg::monitor {

using Link = NodeState::Link;

namespace {

/// Cluster of nodes n1, n2, ... built step by step.
class Drawn
{
public:
    explicit Drawn(int size)
    {
        for (int i = 0; i < size; ++i) {
            Sample sample;
            sample.nodeId = id(i);
            sample.term = 4;
            sample.bound = 0.0002;
            sample.role = Role::Follower;
            for (int other = 0; other < size; ++other) {
                PeerSample peer;
                peer.id = id(other);
                peer.alive = true;
                if (other != i)
                    sample.peers.append(peer);
            }
            samples_.append(sample);
            NodeView node;
            node.name = id(i);
            node.link = Link::Live;
            node.fresh = true;
            node.effectiveQuorum = size / 2 + 1;
            view_.nodes.append(node);
        }
    }

    Drawn& led(int by, quint64 term = 4)
    {
        for (int i = 0; i < samples_.size(); ++i) {
            samples_[i].term = term;
            samples_[i].leaderId = id(by);
            samples_[i].role = i == by ? Role::Leader : Role::Follower;
            samples_[i].serving = i == by;
        }
        return *this;
    }
    Drawn& unreached(int node, Link link)
    {
        view_.nodes[node].link = link;
        view_.nodes[node].fresh = false;
        for (Sample& sample : samples_) {
            for (PeerSample& peer : sample.peers)
                peer.alive = peer.alive && (peer.id != id(node) || link != Link::Down);
        }
        return *this;
    }
    Drawn& cut(int a, int b)
    {
        for (auto [from, to] : {std::pair(a, b), std::pair(b, a)}) {
            for (PeerSample& peer : samples_[from].peers)
                peer.alive = peer.alive && peer.id != id(to);
        }
        return *this;
    }
    Drawn& leaderless(double seconds)
    {
        view_.leaderlessS = seconds;
        return *this;
    }
    PeerSample& peer(int of, int index) { return samples_[of].peers[index]; }
    Sample& sample(int node) { return samples_[node]; }
    NodeView& node(int node) { return view_.nodes[node]; }
    template <class Change>
    Drawn& with(Change change)
    {
        change(*this);
        return *this;
    }

    ClusterView view() const
    {
        ClusterView view = view_;
        for (int i = 0; i < samples_.size(); ++i)
            view.nodes[i].sample = std::make_shared<const Sample>(samples_[i]);
        return view;
    }

private:
    static QString id(int node) { return QStringLiteral("n%1").arg(node + 1); }

    QList<Sample> samples_;
    ClusterView view_;
};

} // namespace

class TestVerdict : public QObject
{
    Q_OBJECT

private:
    static void row(const char* name, const Drawn& drawn, const char* text, VerdictSeverity severity,
                    int mayFail)
    {
        QTest::newRow(name) << drawn.view() << text << severity << mayFail;
    }

private Q_SLOTS:
    void sentences_data()
    {
        using enum VerdictSeverity;
        QTest::addColumn<ClusterView>("view");
        QTest::addColumn<QString>("text");
        QTest::addColumn<VerdictSeverity>("severity");
        QTest::addColumn<int>("mayFail");
        row("healthy", Drawn(3).led(0), "Healthy. 3 of 3 nodes, n1 leads term 4, one more may fail.", Good,
            1);
        row("healthy, five", Drawn(5).led(2), "Healthy. 5 of 5 nodes, n3 leads term 4, two more may fail.",
            Good, 2);
        row("healthy, two", Drawn(2).led(0), "Healthy. 2 of 2 nodes, n1 leads term 4. No more may fail.",
            Good, 0);
        row("alone", Drawn(1).led(0), "Healthy. One node: n1 leads term 4. No other holds a copy.", Good, 0);
        row("one down", Drawn(3).led(0).unreached(2, Link::Down),
            "2 of 3 nodes, n1 leads term 4. No more may fail. n3 is down.", Warning, 0);
        row("one silent, but heard", Drawn(3).led(0).unreached(2, Link::Silent),
            "3 of 3 nodes, n1 leads term 4, one more may fail. n3 does not answer this monitor, but n1 hears it.",
            Warning, 1);
        row("leader hears nobody", Drawn(3).led(0).cut(0, 1).cut(0, 2),
            "n1 says that it leads term 4, but hears only 1 of 3 nodes: nothing can be committed until n2 and n3 "
            "can be reached.",
            Critical, 0);
        row("a peer that has not answered for long",
            Drawn(3).led(0).with([](Drawn& d) { d.peer(0, 0).lastAckMs = 4000; }),
            "2 of 3 nodes, n1 leads term 4. No more may fail.", Warning, 0);
        row("getting ready", Drawn(3).led(0).with([](Drawn& d) { d.sample(0).serving = false; }),
            "3 of 3 nodes, n1 leads term 4, one more may fail. It takes no messages yet.", Warning, 1);
        row("behind", Drawn(3).led(0).with([](Drawn& d) { d.peer(0, 1).lag = 5000; }),
            "3 of 3 nodes, n1 leads term 4, one more may fail. n3 is 5000 entries behind.", Warning, 1);
        row("disk full", Drawn(3).led(0).with([](Drawn& d) { d.sample(1).diskSufficient = false; }),
            "3 of 3 nodes, n1 leads term 4, one more may fail. The disk of n2 is full.", Warning, 1);
        row("storage failed",
            Drawn(3).led(0).with([](Drawn& d) { d.sample(1).diskFailure = QStringLiteral("I/O error"); }),
            "2 of 3 nodes, n1 leads term 4. No more may fail. Storage of n2 failed: it takes no part in writing.",
            Critical, 0);
        row("clocks", Drawn(3).led(0).with([](Drawn& d) { d.sample(1).bound = d.sample(2).bound = {}; }),
            "3 of 3 nodes, n1 leads term 4, one more may fail. Clocks are not synchronised on n2 and n3.",
            Warning, 1);
        row("faults", Drawn(3).led(0).with([](Drawn& d) { d.sample(1).faults = 1; }),
            "3 of 3 nodes, n1 leads term 4, one more may fail. One fault is active.", Warning, 1);
        row("async", Drawn(3).led(0).with([](Drawn& d) { d.node(0).async = true; }),
            "Healthy. 3 of 3 nodes, n1 leads term 4, one more may fail. Acknowledged before majority (async).",
            Good, 1);
        row("all must hold it", Drawn(3).led(0).with([](Drawn& d) { d.node(0).effectiveQuorum = 3; }),
            "Healthy. 3 of 3 nodes, n1 leads term 4. No more may fail.", Good, 0);
        row("another cluster's", Drawn(3).led(0).with([](Drawn& d) {
            d.node(2).link = Link::WrongCluster;
            d.sample(0).peers.removeLast();
            d.sample(1).peers.removeLast();
        }),
            "2 of 2 nodes, n1 leads term 4. No more may fail. n3 belongs to another cluster.", Warning, 0);
        row("a learner does not vote", Drawn(3).led(0).with([](Drawn& d) {
            d.peer(0, 1).voter = false;
            d.sample(2).role = Role::Learner;
        }),
            "Healthy. 2 of 2 nodes, n1 leads term 4. No more may fail.", Good, 0);
        row("links", Drawn(3).unreached(0, Link::Down).cut(1, 2).leaderless(3.4),
            "No leader for 3 s: n2 and n3 cannot reach each other.", Critical, 0);
        row("too few", Drawn(3).unreached(0, Link::Down).unreached(1, Link::Down).leaderless(5),
            "No leader for 5 s: 1 of 3 nodes can be reached and 2 are needed; n1 and n2 cannot.", Critical,
            0);
        row("election", Drawn(3).leaderless(0.4).with([](Drawn& d) { d.sample(1).role = Role::Candidate; }),
            "No leader: n2 asks for votes in term 4.", Warning, 1);
        row("its own words", Drawn(3).leaderless(2).with([](Drawn& d) {
            d.sample(0).explain = QStringLiteral("No leader: waiting for one to be heard.");
        }),
            "No leader for 2 s: n1 says: waiting for one to be heard.", Critical, 1);
        row("leader out of our sight", Drawn(3).led(0).unreached(0, Link::Silent).leaderless(1.2),
            "No leader for 1 s: n1 should lead, but does not answer this monitor.", Warning, 0);
        row("nothing known", Drawn(1).with([](Drawn& d) {
            d.node(0).link = Link::Connecting;
            d.node(0).fresh = false;
        }),
            "", Neutral, 0);
    }

    void sentences()
    {
        QFETCH(ClusterView, view);
        const ClusterVerdict verdict = judge(view);
        QTEST(verdict.text, "text");
        QTEST(verdict.severity, "severity");
        QTEST(verdict.mayFail, "mayFail");
    }

    /// A leader that was cut off and does not know it yet.
    void ofTwoLeadersTheHigherTermWins()
    {
        Drawn drawn(3);
        drawn.led(1, 5).with([](Drawn& d) {
            d.sample(0).role = Role::Leader;
            d.sample(0).term = 4;
            d.sample(0).leaderId = QStringLiteral("n1");
        });
        const ClusterVerdict verdict = judge(drawn.view());
        QCOMPARE(verdict.leader, 1);
        QCOMPARE(verdict.term, 5.0);
    }

    void whatWouldRemain()
    {
        const ClusterVerdict three = judge(Drawn(3).led(0).view());
        QCOMPARE(
            ifStopped(three, QStringLiteral("n2")),
            QStringLiteral("2 of 3 voters would be left, and 2 must hold a message. Messages go on, and no "
                           "more may fail."));
        QCOMPARE(
            ifRemoved(three, QStringLiteral("n2")),
            QStringLiteral("2 of 2 voters would be left, and 2 must hold a message. Messages go on, and no "
                           "more may fail."));
        const ClusterVerdict two = judge(Drawn(3).led(0).unreached(2, Link::Down).view());
        QCOMPARE(ifStopped(two, QStringLiteral("n2")),
                 QStringLiteral("1 of 3 voters would be left, and 2 must hold a message. Nothing could be "
                                "committed until another one comes back."));
        QCOMPARE(ifStopped(two, QStringLiteral("n9")),
                 QStringLiteral("n9 does not vote: the others go on without it."));
        const ClusterVerdict five = judge(Drawn(5).led(0).view());
        QVERIFY(ifStopped(five, QStringLiteral("n5")).endsWith(QStringLiteral("and one more may fail.")));
    }

    void aLinkOfOneDirectionIsNamedAsSuch()
    {
        Drawn drawn(3);
        drawn.leaderless(3).with([](Drawn& d) { d.peer(1, 1).alive = false; });
        QCOMPARE(judge(drawn.view()).whyNoLeader, QStringLiteral("n2 does not hear n3."));
    }
};

} // namespace dsmsg::monitor

Q_DECLARE_METATYPE(dsmsg::monitor::ClusterView)
Q_DECLARE_METATYPE(dsmsg::monitor::VerdictSeverity)
QTEST_APPLESS_MAIN(dsmsg::monitor::TestVerdict)
#include "tst_verdict.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks every node for its status all the time, in a thread a node, and keeps what must hold at every moment:
// one leader a term (Raft, election safety), terms that never fall, one state at one applied index (state
// machine safety).
#pragma once

#include <QStringList>
#include <QThread>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "tests/support/process/NodeClient.h"

namespace dsmsg::test {

class StatusWatch
{
public:
    explicit StatusWatch(const QStringList& urls, Milliseconds interval = Milliseconds(20));
    ~StatusWatch();

    /// Ends the threads; what they saw that must not be, in words.
    QStringList stop();
    /// The process ended: a term that it had heard of, not yet on its disk and told to nobody, may be gone.
    void forget(const QString& url);
    int samples() const { return samples_; }
    /// How many terms had a leader that was seen.
    int termsWithLeader();

private:
    void observe(const QString& url, Milliseconds interval);
    void check(const QString& url, const StatusReply& status);

    std::atomic<bool> stopping_ = false;
    std::atomic<int> samples_ = 0;
    std::vector<std::unique_ptr<QThread>> threads_;
    std::mutex lock_;
    std::map<quint64, QString> leaderOfTerm_;
    std::map<QString, quint64> termOfNode_;
    std::map<QString, QString> incarnationOfNode_;
    std::map<quint64, QString> hashAtIndex_;
    QStringList violations_;
};

} // namespace dsmsg::test

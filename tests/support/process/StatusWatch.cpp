// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/StatusWatch.h"

namespace dsmsg::test {

namespace {

constexpr Milliseconds answerPatience{300};

} // namespace

StatusWatch::StatusWatch(const QStringList& urls, Milliseconds interval)
{
    for (const QString& url : urls) {
        threads_.emplace_back(QThread::create([this, url, interval] { observe(url, interval); }));
        threads_.back()->start();
    }
}

StatusWatch::~StatusWatch()
{
    stop();
}

QStringList StatusWatch::stop()
{
    stopping_ = true;
    for (const auto& thread : threads_)
        thread->wait();
    threads_.clear();
    return violations_;
}

int StatusWatch::termsWithLeader()
{
    const std::lock_guard guard(lock_);
    return static_cast<int>(leaderOfTerm_.size());
}

void StatusWatch::forget(const QString& url)
{
    const std::lock_guard guard(lock_);
    termOfNode_.erase(url);
}

void StatusWatch::observe(const QString& url, Milliseconds interval)
{
    NodeClient node(url);
    while (!stopping_) {
        if (const auto status = node.status(answerPatience))
            check(url, *status);
        QThread::msleep(static_cast<unsigned long>(interval.count()));
    }
}

void StatusWatch::check(const QString& url, const StatusReply& status)
{
    const std::lock_guard guard(lock_);
    ++samples_;
    if (status.leads()) {
        const auto [leader, first] = leaderOfTerm_.emplace(status.term, url);
        if (!first && leader->second != url)
            violations_ << QStringLiteral("two leaders in term %1: %2 and %3")
                               .arg(status.term)
                               .arg(leader->second, url);
    }
    // A node that sets its damaged data aside begins anew as somebody else, in the same process.
    if (std::exchange(incarnationOfNode_[url], status.incarnation) != status.incarnation)
        termOfNode_.erase(url);
    quint64& term = termOfNode_[url];
    if (status.term < term)
        violations_
            << QStringLiteral("the term of %1 fell from %2 to %3").arg(url).arg(term).arg(status.term);
    term = status.term;
    const auto [known, first] = hashAtIndex_.emplace(status.appliedIndex, status.stateHash);
    if (!first && known->second != status.stateHash)
        violations_ << QStringLiteral("two states at applied index %1: %2, and %3 on %4")
                           .arg(status.appliedIndex)
                           .arg(known->second, status.stateHash, url);
}

} // namespace dsmsg::test

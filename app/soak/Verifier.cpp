// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/soak/Verifier.h"

#include <algorithm>

#include <QJsonDocument>
#include <QTimer>

namespace dsmsg::soak {

namespace {

constexpr Milliseconds pollEvery{50};
constexpr quint32 pageSize = 500;
constexpr qsizetype maxProblems = 20;
constexpr qsizetype maxNamed = 5; ///< messages that one problem names

QString nameOf(const QUrl& url)
{
    return url.toString(QUrl::RemoveScheme).mid(2);
}

} // namespace

Verifier::Verifier(client::Client::Options options, const std::vector<Load::Sent>& sent,
                   quint64 firstSeqBefore)
    : options_(std::move(options))
    , watcher_(options_)
    , before_(firstSeqBefore)
{
    for (const Load::Sent& one : sent) {
        if (one.seq == 0)
            continue;
        promised_.insert(one.msgId, {one.seq, one.beforeMajority});
        if (!one.beforeMajority)
            until_ = std::max(until_, one.seq);
    }
    for (const QUrl& url : std::as_const(options_.endpoints)) {
        NodeReport report;
        report.url = url;
        report.name = nameOf(url);
        verdict_.reports.append(report);
    }
}

void Verifier::start(Milliseconds patience, std::function<void(Verdict)> done)
{
    patience_ = patience;
    done_ = std::move(done);
    waiting_.start();
    awaitEqual();
}

double Verifier::progress() const
{
    const double whole = double(until_ > before_ ? until_ - before_ : 1);
    const double part = expected_ > before_ ? double(expected_ - before_) / whole : 0;
    return (double(node_) + std::min(part, 1.0)) / double(options_.endpoints.size());
}

void Verifier::awaitEqual()
{
    const auto statuses = std::make_shared<Statuses>(watcher_.endpoints().size());
    for (qsizetype i = 0; i < statuses->size(); ++i) {
        watcher_.status(watcher_.endpoints()[i], [this, statuses, i](Result<client::NodeStatus> status) {
            (*statuses)[i] = std::move(status);
            if (std::ranges::all_of(*statuses, [](const auto& one) { return one.has_value(); }))
                compareStatuses(*statuses);
        });
    }
}

void Verifier::compareStatuses(const Statuses& statuses)
{
    quint64 least = ~quint64(0);
    quint64 greatest = 0;
    quint64 leastApplied = ~quint64(0);
    quint64 greatestApplied = 0;
    bool allAnswer = true;
    bool delivered = true; // a message also says when it was delivered
    QStringList hashes;
    for (qsizetype i = 0; i < statuses.size(); ++i) {
        const Result<client::NodeStatus>& status = *statuses[i];
        allAnswer &= status.ok();
        if (!status)
            continue;
        if (!status->nodeId.isEmpty())
            verdict_.reports[i].name = status->nodeId;
        verdict_.reports[i].stateHash = status->stateHash;
        least = std::min(least, status->committedSeq);
        greatest = std::max(greatest, status->committedSeq);
        delivered &= status->deliveredSeq.value_or(status->committedSeq) == status->committedSeq;
        leastApplied = std::min(leastApplied, status->appliedIndex);
        greatestApplied = std::max(greatestApplied, status->appliedIndex);
        if (!status->stateHash.isEmpty())
            hashes.append(status->stateHash);
    }
    const bool equallyFar =
        allAnswer && delivered && least == greatest && least >= until_ && leastApplied == greatestApplied;
    const bool hashesAgree = hashes.count(hashes.value(0)) == hashes.size();
    if (!(equallyFar && hashesAgree) && Milliseconds(waiting_.elapsed()) < patience_) {
        QTimer::singleShot(pollEvery, this, &Verifier::awaitEqual);
        return;
    }
    if (!equallyFar)
        problem(
            QStringLiteral("the nodes did not come equally far within %1 s").arg(patience_.count() / 1000));
    else if (!hashesAgree)
        problem(
            QStringLiteral("the nodes' own state hashes differ: %1").arg(hashes.join(QLatin1String(", "))));
    until_ = std::max(until_, greatest);
    readNode();
}

void Verifier::readNode()
{
    client::Client::Options options = options_;
    options.endpoints = {options_.endpoints[node_]};
    reader_ = std::make_unique<client::Client>(options);
    expected_ = before_ + 1;
    digest_.reset();
    seen_.clear();
    readPage(before_);
}

void Verifier::readPage(quint64 after)
{
    client::MessagesQuery query;
    query.after = after;
    query.limit = pageSize;
    reader_->messages(query, [this](const Result<client::Page>& page) {
        if (!page) {
            report().problem = QString::fromStdString(page.error().text);
            problem(QStringLiteral("cannot read %1: %2").arg(report().name, report().problem));
            nodeRead();
            return;
        }
        for (const client::Message& message : page->messages)
            take(message);
        if (page->messages.isEmpty())
            nodeRead();
        else
            readPage(page->messages.last().seq);
    });
}

void Verifier::take(const client::Message& message)
{
    NodeReport& node = report();
    if (message.seq > expected_) {
        node.gaps += message.seq - expected_;
        problem(QStringLiteral("%1 lacks seq %2 to %3").arg(node.name).arg(expected_).arg(message.seq - 1));
    } else if (message.seq < expected_) {
        problem(QStringLiteral("%1 shows seq %2 out of order").arg(node.name).arg(message.seq));
    }
    expected_ = message.seq + 1;
    node.last = std::max(node.last, message.seq);
    if (const auto earlier = seen_.constFind(message.msgId); earlier != seen_.constEnd()) {
        ++node.duplicated;
        problem(QStringLiteral("%1 shows message %2 twice, at seq %3 and %4")
                    .arg(node.name, message.msgId)
                    .arg(*earlier)
                    .arg(message.seq));
    } else {
        seen_.insert(message.msgId, message.seq);
    }
    if (node_ == 0) {
        first_.insert(message.seq, message.msgId);
    } else if (const QString there = first_.value(message.seq, message.msgId); there != message.msgId) {
        ++node.reordered;
        problem(QStringLiteral("seq %1 is %2 on %3, but %4 on %5")
                    .arg(message.seq)
                    .arg(message.msgId, node.name, there, verdict_.reports.first().name));
    }
    // Compact, because blanks and the order of keys are a node's own affair.
    digest_.addData(QJsonDocument::fromJson(message.json).toJson(QJsonDocument::Compact));
}

void Verifier::countLost()
{
    QStringList named;
    for (auto promise = promised_.constBegin(); promise != promised_.constEnd(); ++promise) {
        if (seen_.value(promise.key()) == promise->seq)
            continue;
        (promise->beforeMajority ? report().lostBeforeMajority : report().lost) += 1;
        if (!promise->beforeMajority && named.size() < maxNamed)
            named.append(QStringLiteral("%1 (seq %2)").arg(promise.key()).arg(promise->seq));
    }
    if (report().lost > 0)
        problem(QStringLiteral("%1 does not have %2 acknowledged messages under their seq: %3")
                    .arg(report().name)
                    .arg(report().lost)
                    .arg(named.join(QLatin1String(", "))));
    if (report().lostBeforeMajority > 0)
        problem(
            QStringLiteral("%1 does not have %2 messages that were acknowledged before a majority had them")
                .arg(report().name)
                .arg(report().lostBeforeMajority));
}

void Verifier::nodeRead()
{
    NodeReport& node = report();
    if (expected_ <= until_) {
        node.gaps += until_ - expected_ + 1;
        problem(
            QStringLiteral("%1 ends at seq %2, others at %3").arg(node.name).arg(expected_ - 1).arg(until_));
    }
    countLost();
    node.messages = quint64(seen_.size());
    node.hash = QString::fromLatin1(digest_.result().toHex().left(32));
    for (const auto count : {&Counts::messages, &Counts::lost, &Counts::lostBeforeMajority,
                             &Counts::duplicated, &Counts::reordered, &Counts::gaps})
        verdict_.*count = std::max(verdict_.*count, node.*count);
    if (++node_ < options_.endpoints.size())
        readNode();
    else
        finish();
}

void Verifier::problem(const QString& text)
{
    if (verdict_.problems.size() < maxProblems)
        verdict_.problems.append(text);
}

void Verifier::finish()
{
    verdict_.nodes = quint64(node_);
    QStringList hashes;
    for (const NodeReport& node : std::as_const(verdict_.reports))
        hashes.append(node.hash);
    verdict_.equal = hashes.count(hashes.first()) == hashes.size();
    if (verdict_.equal)
        verdict_.hash = hashes.first();
    else
        problem(QStringLiteral("the nodes do not show the same: %1").arg(hashes.join(QLatin1String(", "))));
    done_(verdict_);
}

} // namespace dsmsg::soak

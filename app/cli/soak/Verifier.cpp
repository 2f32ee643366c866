// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/soak/Verifier.h"

#include <algorithm>

#include <QJsonDocument>
#include <QTimer>

namespace dsmsg::cli {

namespace {

constexpr Milliseconds pollEvery{50};
constexpr quint32 pageSize = 500;
constexpr qsizetype maxProblems = 20;

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
        promised_.insert(one.msgId, one.seq);
        until_ = std::max(until_, one.seq);
    }
}

void Verifier::start(Milliseconds patience, std::function<void(Verdict)> done)
{
    patience_ = patience;
    done_ = std::move(done);
    waiting_.start();
    awaitEqual();
}

void Verifier::awaitEqual()
{
    const auto statuses = std::make_shared<QList<Result<client::NodeStatus>>>();
    for (const QUrl& url : watcher_.endpoints()) {
        watcher_.status(url, [this, statuses](Result<client::NodeStatus> status) {
            statuses->append(std::move(status));
            if (statuses->size() == watcher_.endpoints().size())
                compareStatuses(*statuses);
        });
    }
}

void Verifier::compareStatuses(const QList<Result<client::NodeStatus>>& statuses)
{
    quint64 least = ~quint64(0);
    quint64 greatest = 0;
    quint64 leastApplied = ~quint64(0);
    quint64 greatestApplied = 0;
    bool allAnswer = true;
    bool delivered = true; // a message also says when it was delivered
    QStringList hashes;
    for (const auto& status : statuses) {
        allAnswer &= status.ok();
        if (!status)
            continue;
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
    found_ = 0;
    duplicated_ = 0;
    gaps_ = 0;
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
            problem(QStringLiteral("cannot read %1: %2")
                        .arg(nameOf(options_.endpoints[node_]), QString::fromStdString(page.error().text)));
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
    const QString node = nameOf(options_.endpoints[node_]);
    if (message.seq > expected_) {
        gaps_ += message.seq - expected_;
        problem(QStringLiteral("%1 lacks seq %2 to %3").arg(node).arg(expected_).arg(message.seq - 1));
    } else if (message.seq < expected_) {
        problem(QStringLiteral("%1 shows seq %2 out of order").arg(node).arg(message.seq));
    }
    expected_ = message.seq + 1;
    if (seen_.contains(message.msgId)) {
        ++duplicated_;
        problem(QStringLiteral("%1 shows message %2 twice").arg(node, message.msgId));
    }
    seen_.insert(message.msgId);
    if (promised_.value(message.msgId) == message.seq)
        ++found_;
    // Compact, because blanks and the order of keys are a node's own affair.
    digest_.addData(QJsonDocument::fromJson(message.json).toJson(QJsonDocument::Compact));
}

void Verifier::nodeRead()
{
    const QString node = nameOf(options_.endpoints[node_]);
    if (expected_ <= until_) {
        gaps_ += until_ - expected_ + 1;
        problem(QStringLiteral("%1 ends at seq %2, others at %3").arg(node).arg(expected_ - 1).arg(until_));
    }
    const quint64 lost = quint64(promised_.size()) - found_;
    if (lost > 0)
        problem(
            QStringLiteral("%1 does not have %2 acknowledged messages under their seq").arg(node).arg(lost));
    verdict_.lost = std::max(verdict_.lost, lost);
    verdict_.duplicated = std::max(verdict_.duplicated, duplicated_);
    verdict_.gaps = std::max(verdict_.gaps, gaps_);
    verdict_.messages = std::max(verdict_.messages, quint64(seen_.size()));
    digests_.append(QString::fromLatin1(digest_.result().toHex().left(32)));
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
    verdict_.equal = digests_.count(digests_.first()) == digests_.size();
    if (verdict_.equal)
        verdict_.hash = digests_.first();
    else
        problem(QStringLiteral("the nodes do not show the same: %1").arg(digests_.join(QLatin1String(", "))));
    done_(verdict_);
}

} // namespace dsmsg::cli

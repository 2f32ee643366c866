// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/FakeGateway.h"

#include <algorithm>

namespace dsmsg::test {

using namespace std::chrono_literals;

FakeGateway::FakeGateway()
{
    decide = [this](const node::Submission& submission) { return accept(submission); };
}

node::Accepted FakeGateway::accept(const node::Submission& submission)
{
    node::Accepted accepted;
    accepted.seq = Seq(++lastSeq_);
    accepted.message.msgId = submission.draft.msgId;
    accepted.message.sender = submission.draft.sender;
    accepted.message.recipient = submission.draft.recipient;
    accepted.message.payload = submission.draft.payload;
    accepted.message.originalTs = submission.draft.ts.value_or(UnixTime(1'700'000'000'123'456us));
    accepted.message.receiveTs = UnixTime(1'700'000'000'200'000us);
    accepted.message.correction.halfWidth = 2ms;
    accepted.committed = true;
    accepted.receipt = {Term(3), LogIndex(accepted.seq.value + 1), {"n1", "n2"}};
    accepted.leaderUrl = "http://127.0.0.1:8000";
    return accepted;
}

void FakeGateway::setOutcomeReceiver(std::function<void(std::vector<node::Outcome>)> receiver)
{
    receiver_ = std::move(receiver);
}

void FakeGateway::submit(std::vector<node::Submission> submissions)
{
    batches.push_back(submissions.size());
    held.insert(held.end(), std::make_move_iterator(submissions.begin()),
                std::make_move_iterator(submissions.end()));
    if (!hold)
        QMetaObject::invokeMethod(
            this, [this] { release(false); }, Qt::QueuedConnection);
}

void FakeGateway::release(bool reversed)
{
    std::vector<node::Submission> due = std::exchange(held, {});
    std::vector<node::Outcome> outcomes;
    for (const node::Submission& submission : due)
        outcomes.push_back({submission.token, decide(submission)});
    if (reversed)
        std::reverse(outcomes.begin(), outcomes.end());
    receiver_(std::move(outcomes));
}

void FakeGateway::requestStatus(std::function<void(node::NodeStatus)> answer)
{
    if (holdStatus)
        heldStatus.push_back(std::move(answer));
    else
        QMetaObject::invokeMethod(
            this, [this, answer] { answer(status); }, Qt::QueuedConnection);
}

void FakeGateway::requestVote(node::JsonVoteRequest request, std::function<void(node::JsonVoteReply)> answer)
{
    lastVote = std::move(request);
    answer({Term(7), false});
}

void FakeGateway::appendEntries(node::JsonAppendRequest request,
                                std::function<void(node::JsonAppendReply)> answer)
{
    lastAppend = std::move(request);
    answer({Term(7), false, LogIndex(5)});
}

void FakeGateway::awaitRead(node::ReadWish wish, std::function<void(dsmsg::Result<void>)> answer)
{
    wishes.push_back(wish);
    answer(readRefusal ? dsmsg::Result<void>(*readRefusal) : dsmsg::Result<void>());
}

void FakeGateway::changeMembers(std::vector<raft::MemberChange> changes,
                                std::function<void(node::Administered)> answer)
{
    lastChanges = std::move(changes);
    answer(administered);
}

void FakeGateway::transferLeadership(std::string to, std::function<void(node::Administered)> answer)
{
    lastSuccessor = std::move(to);
    answer(administered);
}

void FakeGateway::compactNow(std::function<void(dsmsg::Result<LogIndex>)> answer)
{
    answer(LogIndex(42));
}

void FakeGateway::requestOrdering(std::function<void(dsmsg::Result<node::OrderingStatus>)> answer)
{
    answer(ordering);
}

void FakeGateway::forceDelivery(
    std::function<void(std::variant<node::ForcedDelivery, node::Redirected, Error>)> answer)
{
    answer(forced);
}

void FakeGateway::ackInbox(messaging::MoveCursor wish,
                           std::function<void(std::variant<Seq, node::Redirected, Error>)> answer)
{
    if (!std::holds_alternative<Seq>(acknowledged))
        return answer(acknowledged);
    Seq& cursor = cursors[wish.recipient];
    cursor = std::max(cursor, wish.seq);
    answer(cursor);
}

void FakeGateway::setRetention(
    messaging::RetentionRule rule,
    std::function<void(std::variant<messaging::RetentionRule, node::Redirected, Error>)> answer)
{
    if (retentionRefusal)
        return std::visit([&](const auto& why) { answer(why); }, *retentionRefusal);
    std::erase_if(retention.rules, [&](const auto& other) { return other.recipient == rule.recipient; });
    if (!rule.limits.none())
        retention.rules.push_back(rule);
    answer(rule);
}

void FakeGateway::readState(Seq after, std::function<void(dsmsg::Result<std::string>)> answer)
{
    answer("chunk after " + std::to_string(after.value));
}

void FakeGateway::findId(std::string msgId, std::function<void(dsmsg::Result<std::optional<Seq>>)> answer)
{
    const auto found = ids.find(msgId);
    answer(found == ids.end() ? std::nullopt : std::optional(found->second));
}

void FakeGateway::observe(node::ObserveWish wish, std::function<void(node::Observation)> answer)
{
    ++observations;
    const auto now = [this, wish, answer = std::move(answer)] {
        node::Observation told = observation;
        told.events = events.after(wish.eventsAfter, wish.eventsMax);
        answer(std::move(told));
    };
    if (holdObservations)
        heldObservations.push_back(now);
    else
        QMetaObject::invokeMethod(this, now, Qt::QueuedConnection);
}

void FakeGateway::requestHistory(node::HistoryQuery query, std::function<void(node::HistoryPage)> answer)
{
    lastHistory = query;
    answer(historyPage);
}

void FakeGateway::requestTrace(node::TraceQuery query, std::function<void(node::Trace)> answer)
{
    lastTrace = query;
    answer(trace);
}

void FakeGateway::requestMetrics(std::function<void(node::Metrics)> answer)
{
    answer(metrics);
}

void FakeGateway::requestTime(std::function<void(node::TimeStatus)> answer)
{
    if (holdTime)
        heldTime.push_back(std::move(answer));
    else
        answer(status.time);
}

void FakeGateway::resetTimeStatistics(std::function<void(node::TimeStatus)> answer)
{
    ++timeResets;
    answer(status.time);
}

void FakeGateway::correctTime(UnixTime timestamp,
                              std::function<void(dsmsg::Result<timesync::CorrectedTime>)> answer)
{
    toCorrect.push_back(timestamp);
    timesync::CorrectedTime unchanged;
    unchanged.original = timestamp;
    answer(corrected.value_or(unchanged));
}

Result<messaging::AppliedState> FakeReader::applied()
{
    messaging::AppliedState state;
    for (const messaging::StoredMessage& stored : messages_) {
        state.lastSeq = std::max(state.lastSeq, stored.seq);
        state.delivery.last = std::max(state.delivery.last, stored.delivery);
    }
    return state;
}

namespace {

/// What has a position, in the order and direction of the query.
template <class Answer, class Query, class Position>
Answer pageOf(const std::vector<messaging::StoredMessage>& messages, const Query& query,
              Position messaging::StoredMessage::*position)
{
    std::vector<messaging::StoredMessage> ordered;
    std::ranges::copy_if(messages, std::back_inserter(ordered), [&](const messaging::StoredMessage& stored) {
        return query.before ? stored.*position && stored.*position < *query.before
                            : stored.*position > query.after.value_or(Position());
    });
    std::ranges::sort(ordered, {}, position);
    if (query.before)
        std::ranges::reverse(ordered);
    Answer page;
    page.scannedThrough = query.before ? *query.before : query.after.value_or(Position());
    for (const messaging::StoredMessage& stored : ordered) {
        const bool match = passes(query, stored.message);
        page.more = match && page.messages.size() == query.limit;
        if (page.more)
            break;
        if (match)
            page.messages.push_back(stored);
        page.scannedThrough = stored.*position;
    }
    return page;
}

} // namespace

Result<messaging::DeliveryPage> FakeReader::deliveries(const messaging::DeliveryQuery& query)
{
    return pageOf<messaging::DeliveryPage>(messages_, query, &messaging::StoredMessage::delivery);
}

Result<messaging::Page> FakeReader::page(const messaging::PageQuery& query)
{
    return pageOf<messaging::Page>(messages_, query, &messaging::StoredMessage::seq);
}

Result<std::optional<Seq>> FakeReader::cursor(const std::string& recipient)
{
    const auto found = cursors_.find(recipient);
    return found == cursors_.end() ? std::nullopt : std::optional(found->second);
}

Result<messaging::InboxSummary> FakeReader::inboxes(std::size_t limit)
{
    messaging::InboxSummary summary;
    for (const auto& [recipient, seq] : cursors_)
        summary.behind.push_back({recipient, seq});
    summary.count = summary.behind.size();
    std::ranges::stable_sort(summary.behind, {}, &messaging::InboxCursor::seq);
    summary.behind.resize(std::min(summary.behind.size(), limit));
    return summary;
}

Result<std::optional<messaging::StoredMessage>> FakeReader::bySeq(Seq seq)
{
    for (const messaging::StoredMessage& stored : messages_)
        if (stored.seq == seq)
            return std::optional(stored);
    return std::optional<messaging::StoredMessage>();
}

} // namespace dsmsg::test

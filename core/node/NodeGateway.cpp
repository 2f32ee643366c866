// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/NodeGateway.h"

#include "core/node/FaultController.h"
#include "core/node/RaftDriver.h"

namespace dsmsg::node {

namespace {

/// `answer`, made callable from the Raft thread: it runs in the mailbox's thread, if the gateway still lives
/// then.
template <class Value, class Mailbox>
std::function<void(Value)> posted(std::shared_ptr<Mailbox> mailbox, std::function<void(Value)> answer)
{
    return [mailbox = std::move(mailbox), answer = std::move(answer)](Value value) {
        QMetaObject::invokeMethod(
            &mailbox->context,
            [mailbox, answer, value = std::move(value)]() mutable {
                if (mailbox->alive)
                    answer(std::move(value));
            },
            Qt::QueuedConnection);
    };
}

} // namespace

NodeGateway::NodeGateway(RaftDriver& driver, const KeptSeqs& seqs, FaultController* faults)
    : driver_(driver)
    , seqs_(seqs)
    , faults_(faults)
    // The last reference may be dropped in the Raft thread, but a QObject is deleted in its own.
    , mailbox_(new Mailbox, [](Mailbox* mailbox) {
        QMetaObject::invokeMethod(
            &mailbox->context, [mailbox] { delete mailbox; }, Qt::QueuedConnection);
    })
{
    auto deliver = posted<std::vector<Outcome>>(mailbox_, [this](std::vector<Outcome> outcomes) {
        if (receiver_)
            receiver_(std::move(outcomes));
    });
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, deliver = std::move(deliver)] { driver->setOutcomeSink(deliver); },
        Qt::QueuedConnection);
}

NodeGateway::~NodeGateway()
{
    mailbox_->alive = false;
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_] {
            driver->setOutcomeSink({});
            driver->setProgressSink({});
        },
        Qt::QueuedConnection);
}

void NodeGateway::setOutcomeReceiver(std::function<void(std::vector<Outcome>)> receiver)
{
    receiver_ = std::move(receiver);
}

void NodeGateway::setProgressReceiver(std::function<void(Progress)> receiver)
{
    // What the apply thread has told and nobody has heard yet: at most one call is on its way, however fast
    // that thread is.
    struct News
    {
        std::atomic<std::uint64_t> applied = 0;
        std::atomic<std::uint64_t> delivered = 0;
        std::atomic<bool> posted = false;
    };
    auto news = std::make_shared<News>();
    std::function<void(const Progress&)> tell;
    if (receiver)
        tell = [mailbox = mailbox_, news, receiver = std::move(receiver)](const Progress& progress) {
            news->applied.store(progress.applied.value, std::memory_order_relaxed);
            news->delivered.store(progress.delivered.value, std::memory_order_relaxed);
            if (news->posted.exchange(true, std::memory_order_acq_rel))
                return;
            QMetaObject::invokeMethod(
                &mailbox->context,
                [mailbox, news, receiver] {
                    // Before the numbers are read: what is told from here on posts a call of its own.
                    news->posted.exchange(false, std::memory_order_acq_rel);
                    if (mailbox->alive)
                        receiver({Seq(news->applied.load(std::memory_order_relaxed)),
                                  DeliverySeq(news->delivered.load(std::memory_order_relaxed))});
                },
                Qt::QueuedConnection);
        };
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, tell = std::move(tell)] { driver->setProgressSink(tell); },
        Qt::QueuedConnection);
}

void NodeGateway::submit(std::vector<Submission> submissions)
{
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, batch = std::move(submissions)]() mutable { driver->submit(std::move(batch)); },
        Qt::QueuedConnection);
}

void NodeGateway::requestStatus(std::function<void(NodeStatus)> answer)
{
    auto deliver = posted<NodeStatus>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, deliver = std::move(deliver)] { deliver(driver->status()); },
        Qt::QueuedConnection);
}

void NodeGateway::damageFound(std::string what)
{
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, what = std::move(what)] { driver->damageFound(what); },
        Qt::QueuedConnection);
}

void NodeGateway::requestVote(JsonVoteRequest request, std::function<void(JsonVoteReply)> answer)
{
    auto deliver = posted<JsonVoteReply>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, request = std::move(request), deliver = std::move(deliver)] {
            driver->requestVote(request, deliver);
        },
        Qt::QueuedConnection);
}

void NodeGateway::appendEntries(JsonAppendRequest request, std::function<void(JsonAppendReply)> answer)
{
    auto deliver = posted<JsonAppendReply>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, request = std::move(request), deliver = std::move(deliver)] {
            driver->appendEntries(request, deliver);
        },
        Qt::QueuedConnection);
}

void NodeGateway::awaitRead(ReadWish wish, std::function<void(Result<void>)> answer)
{
    auto deliver = posted<Result<void>>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, wish, deliver = std::move(deliver)] { driver->awaitRead(wish, deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::changeMembers(std::vector<raft::MemberChange> changes,
                                std::function<void(Administered)> answer)
{
    auto deliver = posted<Administered>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, changes = std::move(changes), deliver = std::move(deliver)] {
            driver->changeMembers(changes, deliver);
        },
        Qt::QueuedConnection);
}

void NodeGateway::transferLeadership(std::string to, std::function<void(Administered)> answer)
{
    auto deliver = posted<Administered>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, to = std::move(to), deliver = std::move(deliver)] {
            driver->transferLeadership(to, deliver);
        },
        Qt::QueuedConnection);
}

void NodeGateway::compactNow(std::function<void(Result<LogIndex>)> answer)
{
    auto deliver = posted<Result<LogIndex>>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, deliver = std::move(deliver)] { driver->compactNow(deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::requestOrdering(std::function<void(Result<OrderingStatus>)> answer)
{
    auto deliver = posted<Result<OrderingStatus>>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, deliver = std::move(deliver)] { driver->requestOrdering(deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::forceDelivery(std::function<void(std::variant<ForcedDelivery, Redirected, Error>)> answer)
{
    auto deliver = posted<std::variant<ForcedDelivery, Redirected, Error>>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, deliver = std::move(deliver)] { driver->forceDelivery(deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::ackInbox(messaging::MoveCursor wish,
                           std::function<void(std::variant<Seq, Redirected, Error>)> answer)
{
    auto deliver = posted<std::variant<Seq, Redirected, Error>>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, wish = std::move(wish), deliver = std::move(deliver)] {
            driver->ackInbox(wish, deliver);
        },
        Qt::QueuedConnection);
}

void NodeGateway::setRetention(
    messaging::RetentionRule rule,
    std::function<void(std::variant<messaging::RetentionRule, Redirected, Error>)> answer)
{
    auto deliver =
        posted<std::variant<messaging::RetentionRule, Redirected, Error>>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, rule = std::move(rule), deliver = std::move(deliver)] {
            driver->setRetention(rule, deliver);
        },
        Qt::QueuedConnection);
}

void NodeGateway::requestRetention(std::function<void(Result<RetentionStatus>)> answer)
{
    auto deliver = posted<Result<RetentionStatus>>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, deliver = std::move(deliver)] { driver->requestRetention(deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::readState(Seq after, std::function<void(Result<std::string>)> answer)
{
    auto deliver = posted<Result<std::string>>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, after, deliver = std::move(deliver)] { driver->readState(after, deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::findId(std::string msgId, std::function<void(Result<std::optional<Seq>>)> answer)
{
    auto deliver = posted<Result<std::optional<Seq>>>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, msgId = std::move(msgId), deliver = std::move(deliver)] {
            driver->findId(msgId, deliver);
        },
        Qt::QueuedConnection);
}

void NodeGateway::requestTime(std::function<void(TimeStatus)> answer)
{
    auto deliver = posted<TimeStatus>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, deliver = std::move(deliver)] { driver->requestTime(deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::syncTime(std::function<void(TimeRound)> answer)
{
    auto deliver = posted<TimeRound>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, deliver = std::move(deliver)] { driver->syncTime(deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::resetTimeStatistics(std::function<void(TimeStatus)> answer)
{
    auto deliver = posted<TimeStatus>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, deliver = std::move(deliver)] { driver->resetTimeStatistics(deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::correctTime(UnixTime timestamp, std::function<void(Result<timesync::CorrectedTime>)> answer)
{
    auto deliver = posted<Result<timesync::CorrectedTime>>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, timestamp, deliver = std::move(deliver)] {
            driver->correctTime(timestamp, deliver);
        },
        Qt::QueuedConnection);
}

void NodeGateway::observe(ObserveWish wish, std::function<void(Observation)> answer)
{
    auto deliver = posted<Observation>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, wish, deliver = std::move(deliver)] { driver->observe(wish, deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::requestHistory(HistoryQuery query, std::function<void(HistoryPage)> answer)
{
    auto deliver = posted<HistoryPage>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, query, deliver = std::move(deliver)] { driver->requestHistory(query, deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::requestTrace(TraceQuery query, std::function<void(Trace)> answer)
{
    auto deliver = posted<Trace>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_,
        [driver = &driver_, query, deliver = std::move(deliver)] { driver->requestTrace(query, deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::requestMetrics(std::function<void(Metrics)> answer)
{
    auto deliver = posted<Metrics>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        &driver_, [driver = &driver_, deliver = std::move(deliver)] { driver->requestMetrics(deliver); },
        Qt::QueuedConnection);
}

void NodeGateway::list(std::function<void(std::vector<ActiveFault>)> answer)
{
    auto deliver = posted<std::vector<ActiveFault>>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        faults_, [faults = faults_, deliver = std::move(deliver)] { deliver(faults->list()); },
        Qt::QueuedConnection);
}

void NodeGateway::inject(FaultOrder order, std::function<void(Result<ActiveFault>)> answer)
{
    auto deliver = posted<Result<ActiveFault>>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        faults_,
        [faults = faults_, order = std::move(order), deliver = std::move(deliver)] {
            deliver(faults->inject(order));
        },
        Qt::QueuedConnection);
}

void NodeGateway::heal(std::optional<std::uint64_t> id, std::function<void(std::size_t)> answer)
{
    auto deliver = posted<std::size_t>(mailbox_, std::move(answer));
    QMetaObject::invokeMethod(
        faults_, [faults = faults_, id, deliver = std::move(deliver)] { deliver(faults->heal(id)); },
        Qt::QueuedConnection);
}

} // namespace dsmsg::node

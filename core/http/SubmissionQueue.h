// SPDX-License-Identifier: GPL-3.0-or-later
//
// Collects the writes of one turn of the event loop and hands them to the node in one call, because crossing
// to the Raft thread and committing cost the same for one message as for hundreds. Bounds what waits. Every
// write goes through here, whether it is alone in its request, one of a batch or one of a WebSocket's window:
// each submission has a receiver, which turns the outcome into its own kind of answer.
#pragma once

#include <QObject>
#include <vector>

#include "core/http/HttpLimits.h"
#include "core/http/SlotTable.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// Accepted, Redirected or Unavailable.
using Verdict = decltype(node::Outcome::result);

/// Where an outcome belongs. What the numbers mean is the receiver's affair.
struct Ticket
{
    std::uint64_t owner = 0;
    std::uint64_t number = 0;
};

struct Settled
{
    Ticket ticket;
    std::size_t bytes = 0; ///< of the payload
    const Verdict& verdict;
};

class OutcomeReceiver
{
public:
    virtual ~OutcomeReceiver() = default;
    /// Exactly once per submission; within submit() when too much is waiting.
    virtual void settled(const Settled& one) = 0;
};

class SubmissionQueue final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive the queue.
    SubmissionQueue(node::Gateway& gateway, const HttpLimits& limits);

    /// `receiver` must live as long as the queue.
    void submit(node::Draft draft, node::AckLevel ack, OutcomeReceiver& receiver, Ticket ticket);

    std::size_t waiting() const { return waiting_.size(); }
    std::size_t waitingBytes() const { return waitingBytes_; }
    std::uint64_t refused() const { return refused_; } ///< since start, at the bound

private:
    struct Waiting
    {
        OutcomeReceiver* receiver = nullptr;
        Ticket ticket;
        std::size_t bytes = 0;
    };

    void flush();
    void receive(const std::vector<node::Outcome>& outcomes);

    node::Gateway& gateway_;
    const HttpLimits& limits_;
    std::vector<node::Submission> collected_; ///< of this turn
    SlotTable<Waiting> waiting_;              ///< by token
    std::size_t waitingBytes_ = 0;
    std::uint64_t refused_ = 0;
};

} // namespace dsmsg::http

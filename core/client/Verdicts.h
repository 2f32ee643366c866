// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a node's reply means: whether it is the answer, whether asking again may bring another, and, for a
// message, whether it may be stored.
#pragma once

#include "core/client/Call.h"
#include "core/client/Types.h"

namespace dsmsg::client {

/// Statuses that say "not now", whatever the body.
bool isTransient(int status);
/// 200, and 206: an answer, though not everything that was asked for could be done.
bool isAnswer(int status);
/// For a person: which node, and why it did not do what it was asked for.
QString inWords(const HttpReply& reply);
/// Invalid when the node refused for good, else Busy.
Error failureOf(const HttpReply& reply);
/// A read is repeated until it has an answer or a refusal.
Call::Verdict judgeRead(const HttpReply& reply);

/// Reads the replies to one send, attempt by attempt, and remembers whether any of them may have stored the
/// message: a later rejection says nothing about an earlier attempt whose answer was lost.
class SendJudge
{
public:
    Call::Verdict judge(const HttpReply& reply);
    SendResult conclude(const Call::Outcome& outcome, const QString& msgId);

private:
    SendResult result_;
    QString said_; ///< why a node could not take the message, the last time that one said so
    bool mayBeStored_ = false;
};

} // namespace dsmsg::client

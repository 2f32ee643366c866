// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a front wants to know of the applied state and only the apply thread can tell: passed on to it.
#include "core/node/RaftDriver.h"

namespace dsmsg::node {

void RaftDriver::setProgressSink(std::function<void(const Progress&)> sink)
{
    QMetaObject::invokeMethod(
        workers_.apply,
        [apply = workers_.apply, sink = std::move(sink)]() mutable {
            apply->setProgressSink(std::move(sink));
        },
        Qt::QueuedConnection);
}

void RaftDriver::findId(std::string msgId, std::function<void(Result<std::optional<Seq>>)> answer)
{
    if (stopped())
        return answer(Error{Error::Kind::Refused, "this node's storage has failed, or it is shutting down"});
    QMetaObject::invokeMethod(
        workers_.apply,
        [apply = workers_.apply, msgId = std::move(msgId), answer = std::move(answer)] {
            apply->findId(msgId, answer);
        },
        Qt::QueuedConnection);
}

} // namespace dsmsg::node

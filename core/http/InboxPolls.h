// SPDX-License-Identifier: GPL-3.0-or-later
//
// Consumers that wait for the next message of their inbox: a long poll is a subscriber of the feed, one to
// the recipient's name and one to everybody's, that looks again at the first message and is gone. Bounded by
// the feed's own bound on subscribers and by the time that a poll may wait.
#pragma once

#include <QObject>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "core/base/Clock.h"
#include "core/base/Ids.h"
#include "core/http/Feed.h"

namespace dsmsg::http {

class InboxPolls final : public QObject
{
    Q_OBJECT

public:
    /// `feed` must outlive this.
    explicit InboxPolls(Feed& feed)
        : feed_(feed)
    {
    }
    ~InboxPolls() override;

    /// Calls `then` once: when a message to the recipient or to everybody comes after `after`, or after
    /// `timeout`. Never within this call. False: too many wait, and nothing is called.
    bool wait(const std::string& recipient, Seq after, Milliseconds timeout, std::function<void()> then);

private:
    struct Poll;
    void wake(std::uint64_t number);

    Feed& feed_;
    std::map<std::uint64_t, std::unique_ptr<Poll>> polls_;
    std::uint64_t last_ = 0;
};

} // namespace dsmsg::http

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/ObserveStream.h"

namespace dsmsg::monitor {

void ObservedBox::close()
{
    const std::lock_guard lock(mutex_);
    filled_ = nullptr;
}

void ObservedBox::putOpened()
{
    const std::lock_guard lock(mutex_);
    opened_ = true;
    call();
}

void ObservedBox::putSample(Sample&& sample)
{
    const std::lock_guard lock(mutex_);
    sample_ = std::make_shared<const Sample>(std::move(sample));
    call();
}

void ObservedBox::putEvent(RaftEvent&& event)
{
    const std::lock_guard lock(mutex_);
    if (events_.size() == eventsMax)
        events_.pop_front();
    events_.push_back(std::move(event));
    call();
}

void ObservedBox::putEnd(const QString& why)
{
    const std::lock_guard lock(mutex_);
    ended_ = why;
    call();
}

Observed ObservedBox::take()
{
    const std::lock_guard lock(mutex_);
    Observed taken;
    taken.opened = std::exchange(opened_, false);
    taken.sample = std::exchange(sample_, nullptr);
    const auto count = std::min(qsizetype(events_.size()), eventsAtOnce);
    taken.events.reserve(count);
    for (qsizetype i = 0; i < count; ++i) {
        taken.events.append(std::move(events_.front()));
        events_.pop_front();
    }
    called_ = false;
    if (events_.empty())
        taken.ended = std::exchange(ended_, std::nullopt);
    else
        call();
    return taken;
}

void ObservedBox::call()
{
    if (called_ || !filled_)
        return;
    called_ = true;
    filled_();
}

ObserveStream::ObserveStream(const QUrl& url, std::shared_ptr<ObservedBox> box)
    : url_(url)
    , box_(std::move(box))
{
}

void ObserveStream::open()
{
    client::EventConnection::Settings settings;
    settings.openMax = Milliseconds(4000);
    // A node whose Raft thread hangs still sends a comment each second.
    settings.silenceMax = Milliseconds(5000);
    connection_ = std::make_unique<client::EventConnection>(url_, settings);
    connect(connection_.get(), &client::EventConnection::opened, this, [this] { box_->putOpened(); });
    connect(connection_.get(), &client::EventConnection::readable, this, &ObserveStream::read);
    connect(connection_.get(), &client::EventConnection::ended, this,
            [this](const client::EventConnection::End& end) {
                read();
                box_->putEnd(end.reason);
            });
}

void ObserveStream::read()
{
    // Of the samples in one reading only the last is worth parsing.
    std::optional<QByteArray> newest;
    while (auto event = connection_->next()) {
        if (event->type == "sample") {
            newest = std::move(event->data);
        } else if (event->type == "raft") {
            if (auto read = readRaftEvent(event->data))
                box_->putEvent(std::move(*read));
        }
    }
    if (!newest)
        return;
    if (auto sample = readSample(*newest))
        box_->putSample(std::move(*sample));
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/PageLoader.h"

#include "app/monitor/cluster/Requests.h"
#include "core/client/Answers.h"

namespace dsmsg::monitor {

namespace {

/// A page, or in `error` why there is none. Runs in the other thread.
MessageRows pageIn(const client::HttpReply& reply, client::Order order)
{
    MessageRows page;
    if (reply.status == 200)
        return readRows(reply.body, order, QDate::currentDate());
    if (reply.status == 0) {
        page.error = reply.problem;
        return page;
    }
    page.error = client::readReason(reply.body);
    if (page.error.isEmpty())
        page.error = QStringLiteral("the answer is HTTP %1").arg(reply.status);
    return page;
}

} // namespace

PageLoader::PageLoader(Requests& requests)
    : requests_(requests)
{
}

void PageLoader::load(const QUrl& node, const MessageFilter& filter, const PagePlace& place,
                      Receiver receiver)
{
    cancel();
    busy_ = true;
    ask(node, filter, place, std::move(receiver));
}

void PageLoader::cancel()
{
    ++generation_;
    busy_ = false;
    searchedTo_ = 0;
}

void PageLoader::ask(const QUrl& node, const MessageFilter& filter, const PagePlace& place, Receiver receiver)
{
    client::HttpRequest request;
    request.url = pageUrl(node, filter, place);
    const auto order = filter.order;
    requests_.start<MessageRows>(
        request, this, [order](const client::HttpReply& reply) { return pageIn(reply, order); },
        [=, this, generation = generation_, receiver = std::move(receiver)](MessageRows page) {
            if (generation == generation_)
                read(std::move(page), node, filter, place, receiver);
        });
}

void PageLoader::read(MessageRows page, const QUrl& node, const MessageFilter& filter, PagePlace place,
                      const Receiver& receiver)
{
    const bool movedOn = page.next && *page.next != place.position;
    if (page.error.isEmpty() && page.rows.isEmpty() && movedOn && filter.msgId.isEmpty()) {
        place.position = searchedTo_ = *page.next;
        Q_EMIT progressed();
        return ask(node, filter, place, receiver);
    }
    busy_ = false;
    searchedTo_ = 0;
    Answer answer;
    answer.end = page.rows.isEmpty() || !filter.msgId.isEmpty();
    // Nothing lies before the oldest that is kept.
    if (!answer.end && place.direction == PagePlace::Direction::Older && filter.order == client::Order::Seq &&
        page.firstSeq)
        answer.end = page.rows.first().seq <= *page.firstSeq;
    answer.page = std::move(page);
    receiver(std::move(answer));
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the window moves: to the newest, to a place, by a page, and with what comes.
#include <algorithm>

#include "app/monitor/cluster/Requests.h"
#include "app/monitor/messages/MessageBrowser.h"

namespace dsmsg::monitor {

using Direction = PagePlace::Direction;

void MessageBrowser::load(const PagePlace& place, PageLoader::Receiver receiver)
{
    NodeState* target = cluster_.target();
    if (!active_ || !target)
        return;
    again_.stop();
    asked_ = place;
    loader_.load(target->url(), filter_, place,
                 [this, receiver = std::move(receiver)](const PageLoader::Answer& answer) {
                     if (!answer.page.error.isEmpty())
                         return failed(answer.page.error);
                     if (answer.page.firstSeq)
                         firstSeq_ = *answer.page.firstSeq;
                     shown_ = true;
                     receiver(answer);
                     answered();
                 });
    Q_EMIT changed();
}

/// The rows of a page that pass what a node cannot be asked for.
QList<MessageRow> MessageBrowser::take(const PageLoader::Answer& answer)
{
    QList<MessageRow> rows = answer.page.rows;
    if (filter_.after)
        rows.removeIf([this](const MessageRow& row) { return row.number(filter_.order) <= *filter_.after; });
    return rows;
}

void MessageBrowser::reload()
{
    stopTail();
    setNewCount(0);
    deliveredAtRefresh_ = -1;
    NodeState* target = cluster_.target();
    if (!active_ || !target) {
        loader_.cancel();
        Q_EMIT changed();
        return;
    }
    if (!filter_.isNarrow() || !tails())
        return showNewest(0);
    // Few messages may pass the filter, or none: where the log ends is asked first, so that the tail begins
    // there and misses nothing.
    MessageFilter everything;
    everything.order = filter_.order;
    findHead(everything, [this](quint64 head) { showNewest(head); });
}

/// The greatest position of what passes `filter`; 0: there is none.
void MessageBrowser::findHead(const MessageFilter& filter, std::function<void(quint64)> receiver)
{
    again_.stop();
    loader_.load(cluster_.target()->url(), filter, {Direction::Older, PagePlace::newest, 1},
                 [this, receiver = std::move(receiver)](const PageLoader::Answer& answer) {
                     if (!answer.page.error.isEmpty())
                         return failed(answer.page.error);
                     const auto& rows = answer.page.rows;
                     receiver(rows.isEmpty() ? 0 : rows.last().number(filter_.order));
                 });
    Q_EMIT changed();
}

/// After nobody looked for a while: how many came is known by their positions, unless a filter skips some.
void MessageBrowser::countFromHead()
{
    if (!cluster_.target())
        return;
    findHead(filter_, [this](quint64 head) {
        if (head > seenTo_ && !filter_.isNarrow())
            countTailed(head - seenTo_);
        atEnd_ = atEnd_ && head <= shownTo_;
        seenTo_ = std::max(seenTo_, head);
        startTail(seenTo_);
        answered();
    });
}

void MessageBrowser::showNewest(quint64 head)
{
    load({Direction::Older, PagePlace::newest, limit_}, [this, head](const PageLoader::Answer& answer) {
        const QList<MessageRow> rows = take(answer);
        model_.replace(rows);
        atEnd_ = true;
        atStart_ = answer.end || rows.size() < answer.page.rows.size();
        const quint64 last = rows.isEmpty() ? 0 : rows.last().number(filter_.order);
        seenTo_ = shownTo_ = std::max(head, last);
        startTail(seenTo_);
        Q_EMIT positioned(-1);
    });
}

void MessageBrowser::showFrom(quint64 position)
{
    pause();
    load({Direction::Newer, position, limit_}, [this, position](const PageLoader::Answer& answer) {
        const QList<MessageRow> rows = take(answer);
        // Beyond the end: then the end it is.
        if (rows.isEmpty()) {
            live_ = true;
            return reload();
        }
        model_.replace(rows);
        atEnd_ = false;
        atStart_ = position <= filter_.after.value_or(0);
        Q_EMIT positioned(0);
    });
}

void MessageBrowser::goToStart()
{
    showFrom(filter_.after.value_or(0));
}

void MessageBrowser::jumpTo(double position)
{
    const auto wanted = position >= 1 ? quint64(position) : 1;
    showFrom(std::max(wanted - 1, filter_.after.value_or(0)));
}

void MessageBrowser::loadOlder()
{
    if (!loading() && !atStart_ && model_.count() > 0)
        load({Direction::Older, model_.row(0).number(filter_.order), limit_},
             [this](const PageLoader::Answer& answer) { older(answer); });
}

void MessageBrowser::older(const PageLoader::Answer& answer)
{
    const QList<MessageRow> rows = take(answer);
    atStart_ = answer.end || rows.size() < answer.page.rows.size();
    if (rows.isEmpty() || model_.count() == 0)
        return;
    const quint64 first = model_.row(0).number(filter_.order);
    if (live_ && model_.count() + rows.size() > MessageModel::capacity)
        pause();
    if (model_.prepend(rows) > 0)
        atEnd_ = false;
    const auto added = std::count_if(
        rows.begin(), rows.end(), [&](const MessageRow& row) { return row.number(filter_.order) < first; });
    Q_EMIT prepended(int(std::min<qsizetype>(added, MessageModel::capacity)));
}

void MessageBrowser::loadNewer()
{
    if (!loading() && !live_ && !atEnd_ && model_.count() > 0)
        load({Direction::Newer, model_.row(model_.count() - 1).number(filter_.order), limit_},
             [this](const PageLoader::Answer& answer) { newer(answer); });
}

void MessageBrowser::newer(const PageLoader::Answer& answer)
{
    const QList<MessageRow> rows = take(answer);
    atEnd_ = answer.end;
    if (atEnd_)
        setNewCount(0);
    if (rows.isEmpty())
        return;
    if (model_.append(rows) > 0)
        atStart_ = false;
    const auto fresh = std::count_if(rows.begin(), rows.end(), [this](const MessageRow& row) {
        return row.number(filter_.order) > shownTo_;
    });
    setNewCount(newCount_ - std::min<quint64>(newCount_, quint64(fresh)));
    shownTo_ = std::max(shownTo_, rows.last().number(filter_.order));
    seenTo_ = std::max(seenTo_, shownTo_);
}

void MessageBrowser::pause()
{
    if (!live_)
        return;
    live_ = false;
    if (tail_)
        tail_->count();
    Q_EMIT changed();
}

void MessageBrowser::resume()
{
    if (live_)
        return;
    live_ = true;
    const quint64 last = model_.count() > 0 ? model_.row(model_.count() - 1).number(filter_.order) : 0;
    // What came meanwhile follows the last row, and fits into the window: the stream brings it.
    if (last >= shownTo_ && newCount_ < MessageModel::capacity && active_ && cluster_.target()) {
        setNewCount(0);
        atEnd_ = true;
        startTail(last);
        Q_EMIT positioned(-1);
    } else {
        reload();
    }
    Q_EMIT changed();
}

void MessageBrowser::startTail(std::optional<quint64> after)
{
    stopTail();
    NodeState* target = cluster_.target();
    if (!active_ || !target || !tails())
        return;
    tailNode_ = target->url();
    tail_ = std::make_unique<MessageTail>(requests_, MessageTail::From{tailNode_, filter_, after, !live_},
                                          [this](const TailBatch& batch) { tailed(batch); });
}

void MessageBrowser::stopTail()
{
    tail_.reset();
    streaming_ = false;
}

void MessageBrowser::tailed(const TailBatch& batch)
{
    streaming_ = batch.streaming;
    if (!batch.streaming && !batch.problem.isEmpty()) {
        // The stream comes back by itself, where it broke.
        error_ = tr("Nothing new from %1: %2.").arg(tailNode_.authority(), batch.problem);
        Q_EMIT changed();
        return;
    }
    if (live_)
        showTailed(batch);
    else
        countTailed(batch.counted);
    seenTo_ = std::max(seenTo_, batch.position.value_or(0));
    answered();
}

void MessageBrowser::showTailed(const TailBatch& batch)
{
    if (batch.rows.isEmpty())
        return;
    if (batch.leftOut > 0) {
        model_.replace(batch.rows);
        atStart_ = false;
    } else if (model_.append(batch.rows) > 0) {
        atStart_ = false;
    }
    atEnd_ = true;
    shownTo_ = std::max(shownTo_, batch.rows.last().number(filter_.order));
}

void MessageBrowser::countTailed(quint64 count)
{
    if (count == 0)
        return;
    atEnd_ = false;
    setNewCount(newCount_ + count);
}

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/Receipt.h"

namespace dsmsg::monitor {

void Receipt::begin(const QString& msgId)
{
    record_ = SendRecord();
    record_.result.msgId = msgId;
    words_ = ReceiptWords();
    state_ = Sending;
    Q_EMIT changed();
}

void Receipt::take(const SendRecord& record)
{
    record_ = record;
    words_ = receiptWords(record);
    state_ = Done;
    Q_EMIT changed();
}

void Receipt::clear()
{
    record_ = SendRecord();
    words_ = ReceiptWords();
    state_ = None;
    Q_EMIT changed();
}

QStringList Receipt::durableOn() const
{
    return record_.result.receipt ? record_.result.receipt->durableOn : QStringList();
}

bool Receipt::mayRepeat() const
{
    using client::SendOutcome;
    return state_ == Done && (record_.cancelled || record_.result.outcome == SendOutcome::Unknown ||
                              record_.result.outcome == SendOutcome::Rejected);
}

} // namespace dsmsg::monitor

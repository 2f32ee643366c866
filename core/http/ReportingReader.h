// SPDX-License-Identifier: GPL-3.0-or-later
//
// A reader that tells the node when what it reads was never written. A client gets an error for that page
// either way; but a node that only answered it would go on with a state that it cannot read, and hand it on
// as a snapshot, until the scrub comes by.
#pragma once

#include <memory>
#include <utility>

#include "core/messaging/Store.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

class ReportingReader final : public messaging::MessageReader
{
public:
    ReportingReader(std::unique_ptr<messaging::MessageReader> reader, node::Gateway& gateway)
        : reader_(std::move(reader))
        , gateway_(gateway)
    {
    }

    Result<messaging::Page> page(const messaging::PageQuery& query) override
    {
        return checked(reader_->page(query));
    }
    Result<messaging::DeliveryPage> deliveries(const messaging::DeliveryQuery& query) override
    {
        return checked(reader_->deliveries(query));
    }
    Result<std::optional<messaging::StoredMessage>> bySeq(Seq seq) override
    {
        return checked(reader_->bySeq(seq));
    }
    Result<messaging::AppliedState> applied() override { return checked(reader_->applied()); }
    Result<std::optional<Seq>> cursor(const std::string& recipient) override
    {
        return checked(reader_->cursor(recipient));
    }
    Result<messaging::InboxSummary> inboxes(std::size_t limit) override
    {
        return checked(reader_->inboxes(limit));
    }

private:
    template <class Value>
    Result<Value> checked(Result<Value> read)
    {
        // Once: a lone node, who has nobody to begin anew from, goes on answering what it can read.
        if (!read && read.error().kind == Error::Kind::Corrupt && !std::exchange(reported_, true))
            gateway_.damageFound(read.error().text);
        return read;
    }

    std::unique_ptr<messaging::MessageReader> reader_;
    node::Gateway& gateway_;
    bool reported_ = false;
};

} // namespace dsmsg::http

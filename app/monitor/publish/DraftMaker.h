// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes messages of what a person wrote into a form: read once, then a draft for each number, in any thread.
#pragma once

#include <variant>

#include "app/monitor/publish/PayloadTemplate.h"
#include "core/client/Types.h"

namespace dsmsg::monitor {

/// The fields of a form, as they were written.
struct MessageText
{
    QString sender, recipient, msgId;
    QString payload;
    bool json = false; ///< the payload is a JSON value, not a text
    QString ts, ttl;   ///< seconds, or nothing
    client::Ack ack = client::Ack::Configured;
    PayloadTemplate::Own variables;
};

struct MessageProblem
{
    enum class Part
    {
        Nothing,
        Names, ///< sender, recipient or id
        Payload,
        Options ///< ts or ttl
    };
    Part part = Part::Nothing;
    QString text;
    int position = -1; ///< in the payload; -1: not there
};

class DraftMaker
{
public:
    static constexpr qsizetype payloadBytesMax = 1 << 20; ///< what nodes take unless they are set otherwise
    static constexpr qsizetype nameBytesMax = 256;

    /// Or what is wrong with every message that would come of it.
    static std::variant<DraftMaker, MessageProblem> of(const MessageText& text);

    client::Draft make(const PayloadTemplate::Context& context) const;
    /// The same, checked: what the cluster would refuse for the values that this one got.
    std::variant<client::Draft, MessageProblem> makeChecked(const PayloadTemplate::Context& context) const;
    bool hasVariables() const;

private:
    client::Draft make(const PayloadTemplate::Context& context, std::vector<PayloadTemplate::Source>& sources,
                       QString& payload) const;

    MessageText text_;
    PayloadTemplate sender_, recipient_, msgId_, payload_;
    std::optional<double> ts_, ttl_;
};

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/DraftMaker.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>

#include "app/monitor/publish/JsonCheck.h"

namespace dsmsg::monitor {

namespace {

using Part = MessageProblem::Part;

class DraftText
{
    Q_DECLARE_TR_FUNCTIONS(DraftMaker)

public:
    static QString sender() { return tr("The sender"); }
    static QString recipient() { return tr("The recipient"); }
    static QString msgId() { return tr("The message id"); }

    static MessageProblem inName(const QString& what, const QString& problem)
    {
        return {Part::Names, tr("%1: %2.").arg(what, problem)};
    }

    static MessageProblem longName(const QString& what)
    {
        return {Part::Names, tr("%1 is longer than %2 bytes.").arg(what).arg(DraftMaker::nameBytesMax)};
    }

    static MessageProblem inPayload(const QString& payload, qsizetype position, const QString& problem)
    {
        const TextPlace place = placeOf(payload, position);
        return {Part::Payload, tr("Line %1, column %2: %3.").arg(place.line).arg(place.column).arg(problem),
                int(position)};
    }

    static MessageProblem largePayload(qsizetype bytes)
    {
        return {Part::Payload,
                tr("The payload has %1 bytes; nodes take %2.").arg(bytes).arg(DraftMaker::payloadBytesMax)};
    }

    static MessageProblem badTs()
    {
        return {Part::Options, tr("The timestamp must be a number of seconds since 1970, or nothing.")};
    }

    static MessageProblem badTtl()
    {
        return {Part::Options, tr("The time to live must be a number of seconds over 0, or nothing.")};
    }
};

/// A number of seconds, none for an empty text. False: it is neither.
bool readSeconds(const QString& text, std::optional<double>& out)
{
    if (text.trimmed().isEmpty())
        return true;
    bool ok = false;
    out = text.trimmed().toDouble(&ok);
    return ok && std::isfinite(*out);
}

/// Where in the template a place of the expanded text comes from.
qsizetype inTemplate(qsizetype position, const std::vector<PayloadTemplate::Source>& sources)
{
    qsizetype best = 0;
    for (const auto& source : sources)
        if (source.inResult <= position)
            best = source.inTemplate + (position - source.inResult);
    return best;
}

} // namespace

std::variant<DraftMaker, MessageProblem> DraftMaker::of(const MessageText& text)
{
    using Format = PayloadTemplate::Format;
    DraftMaker maker;
    maker.text_ = text;
    const std::tuple<QString, PayloadTemplate*, QString> names[] = {
        {text.sender, &maker.sender_, DraftText::sender()},
        {text.recipient, &maker.recipient_, DraftText::recipient()},
        {text.msgId, &maker.msgId_, DraftText::msgId()},
    };
    for (const auto& [name, out, what] : names) {
        auto parsed = PayloadTemplate::parse(name.trimmed(), Format::Text, text.variables);
        if (const auto* problem = std::get_if<PayloadTemplate::Problem>(&parsed))
            return DraftText::inName(what, problem->text);
        *out = std::get<PayloadTemplate>(std::move(parsed));
    }
    auto payload =
        PayloadTemplate::parse(text.payload, text.json ? Format::Json : Format::Text, text.variables);
    if (const auto* problem = std::get_if<PayloadTemplate::Problem>(&payload))
        return DraftText::inPayload(text.payload, problem->position, problem->text);
    maker.payload_ = std::get<PayloadTemplate>(std::move(payload));
    if (!readSeconds(text.ts, maker.ts_))
        return DraftText::badTs();
    if (!readSeconds(text.ttl, maker.ttl_) || (maker.ttl_ && *maker.ttl_ <= 0))
        return DraftText::badTtl();
    return maker;
}

client::Draft DraftMaker::make(const PayloadTemplate::Context& context,
                               std::vector<PayloadTemplate::Source>& sources, QString& payload) const
{
    client::Draft draft;
    draft.sender = sender_.expand(context);
    draft.recipient = recipient_.expand(context);
    draft.msgId = msgId_.expand(context);
    payload = payload_.expand(context, sources);
    draft.payload = text_.json ? payload.trimmed().toUtf8() : client::jsonString(payload);
    draft.ts = ts_;
    draft.ttl = ttl_;
    draft.ack = text_.ack;
    return draft;
}

client::Draft DraftMaker::make(const PayloadTemplate::Context& context) const
{
    std::vector<PayloadTemplate::Source> sources;
    QString payload;
    return make(context, sources, payload);
}

std::variant<client::Draft, MessageProblem>
DraftMaker::makeChecked(const PayloadTemplate::Context& context) const
{
    std::vector<PayloadTemplate::Source> sources;
    QString payload;
    client::Draft draft = make(context, sources, payload);
    const std::pair<QString, QString> names[] = {{draft.sender, DraftText::sender()},
                                                 {draft.recipient, DraftText::recipient()},
                                                 {draft.msgId, DraftText::msgId()}};
    for (const auto& [name, what] : names)
        if (name.toUtf8().size() > nameBytesMax)
            return DraftText::longName(what);
    if (text_.json) {
        if (const auto problem = checkJson(payload))
            return DraftText::inPayload(
                text_.payload, std::min(inTemplate(problem->position, sources), text_.payload.size()),
                problem->text);
    }
    if (draft.payload.size() > payloadBytesMax)
        return DraftText::largePayload(draft.payload.size());
    return draft;
}

bool DraftMaker::hasVariables() const
{
    return sender_.hasVariables() || recipient_.hasVariables() || msgId_.hasVariables() ||
           payload_.hasVariables();
}

} // namespace dsmsg::monitor

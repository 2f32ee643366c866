// SPDX-License-Identifier: GPL-3.0-or-later
//
// A client's frame as JSON. The whole text is validated first and the array of messages walked a second time: who
// publishes may write `messages` before `type`.
#include <array>

#include "core/http/Json.h"
#include "core/http/ws/ClientFrame.h"

namespace dsmsg::http {

namespace {

enum Member : std::size_t
{
    Type,
    Ref,
    Sub,
    Credit,
    N,
    Ack,
    Order,
    After,
    Sender,
    Recipient,
    Messages,
    Message,
    MemberCount
};
constexpr std::array<std::string_view, MemberCount> memberNames{"type",   "ref",       "sub",      "credit",
                                                                "n",      "ack",       "order",    "after",
                                                                "sender", "recipient", "messages", "message"};

class FieldReader
{
public:
    FieldReader(const std::array<JsonValue, MemberCount>& values, FrameFields& fields)
        : values_(values)
        , fields_(fields)
    {
    }

    void number(Member member, std::optional<std::uint64_t>& out)
    {
        const JsonValue& value = values_[member];
        if (value.missing())
            return;
        if (value.kind == JsonKind::Number)
            out = decodeCounter(value.raw);
        if (!out)
            complain(member, " must be a whole number, not negative");
    }

    void text(Member member, std::optional<std::string>& out)
    {
        const JsonValue& value = values_[member];
        if (value.missing())
            return;
        if (value.kind == JsonKind::String)
            out = decodeString(value.raw);
        if (!out)
            complain(member, " must be a string");
    }

    void complain(Member member, std::string_view what)
    {
        if (fields_.problem.empty())
            fields_.problem = std::string(memberNames[member]).append(what);
    }

private:
    const std::array<JsonValue, MemberCount>& values_;
    FrameFields& fields_;
};

void readMessages(const std::array<JsonValue, MemberCount>& values, FieldReader& reader,
                  const HttpLimits& limits, FrameFields& fields)
{
    if (!values[Message].missing()) {
        node::Draft draft;
        auto fault = readDraft(values[Message].raw, DraftForm::Sent, limits, draft);
        auto& one = fields.messages.emplace();
        if (fault)
            one.emplace_back(std::move(*fault));
        else
            one.emplace_back(std::move(draft));
        return;
    }
    if (values[Messages].missing())
        return;
    if (values[Messages].kind != JsonKind::Array)
        return reader.complain(Messages, " must be an array of messages");
    readDrafts(values[Messages].raw, limits, fields.messages.emplace());
}

} // namespace

ClientFrame readJsonFrame(std::string_view text, const HttpLimits& limits)
{
    std::array<JsonValue, MemberCount> values;
    if (const auto read = readMembers(text, limits.jsonDepthMax, memberNames, values); !read)
        return BadFrame{read.error().text, true};
    FrameFields fields;
    FieldReader reader(values, fields);
    reader.text(Type, fields.type);
    reader.number(Ref, fields.ref);
    reader.number(Sub, fields.sub);
    reader.number(Credit, fields.credit);
    reader.number(N, fields.n);
    reader.text(Ack, fields.ack);
    reader.text(Order, fields.order);
    reader.text(Sender, fields.sender);
    reader.text(Recipient, fields.recipient);
    if (values[After].kind == JsonKind::Number)
        fields.after = std::string(values[After].raw);
    else
        reader.text(After, fields.after);
    readMessages(values, reader, limits, fields);
    return interpret(std::move(fields), limits);
}

} // namespace dsmsg::http

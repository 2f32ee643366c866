// SPDX-License-Identifier: GPL-3.0-or-later
//
// A client's frame as CBOR, in one pass. A member of the wrong type is passed over and complained about, so that it
// spoils only its message; what is no CBOR at all spoils the frame.
#include <cmath>

#include "core/base/Cbor.h"
#include "core/http/Json.h"
#include "core/http/ws/ClientFrame.h"

namespace dsmsg::http {

namespace {

using Kind = CborReader::Kind;

/// Reads values of a wanted type; another type is passed over and complained about, once.
class FieldReader
{
public:
    FieldReader(CborReader& cbor, std::uint32_t depthMax)
        : cbor_(cbor)
        , depthMax_(depthMax)
    {
    }

    template <class Read>
    void pairs(Read read)
    {
        const std::uint64_t count = cbor_.map();
        for (std::uint64_t i = 0; i < count && cbor_.ok(); ++i)
            read(cbor_.text());
    }

    /// Leaves `out` alone when the value is null.
    void text(std::string_view name, std::string& out)
    {
        if (!expect(name, Kind::Text, " must be a string"))
            return;
        out = cbor_.text();
        if (!isUtf8(out))
            complain(name, " must be UTF-8");
    }
    void text(std::string_view name, std::optional<std::string>& out)
    {
        if (cbor_.peek() != Kind::Null)
            text(name, out.emplace());
        else
            cbor_.skipNull();
    }
    void number(std::string_view name, std::optional<std::uint64_t>& out)
    {
        if (expect(name, Kind::Unsigned, " must be a whole number, not negative"))
            out = cbor_.unsignedInteger();
    }
    std::optional<UnixTime> seconds(std::string_view name)
    {
        const Kind kind = cbor_.peek();
        const bool number = kind == Kind::Unsigned || kind == Kind::Negative || kind == Kind::Real;
        if (!expect(name, number ? kind : Kind::Real, " must be a finite number of seconds"))
            return std::nullopt;
        const double value = cbor_.number();
        if (!std::isfinite(value)) {
            complain(name, " must be a finite number of seconds");
            return std::nullopt;
        }
        return timeFromSeconds(value);
    }
    /// False: null, or something else, which is passed over.
    bool expect(std::string_view name, Kind wanted, std::string_view complaint)
    {
        if (cbor_.peek() == wanted)
            return true;
        if (!cbor_.skipNull()) {
            complain(name, complaint);
            pass();
        }
        return false;
    }
    void complain(std::string_view name, std::string_view what)
    {
        if (problem_.empty())
            problem_ = std::string(name.substr(0, 32)).append(what);
    }
    void pass() { cbor_.skip(depthMax_); }
    CborReader& cbor() { return cbor_; }
    const std::string& problem() const { return problem_; }

private:
    CborReader& cbor_;
    std::uint32_t depthMax_;
    std::string problem_;
};

void readPayload(FieldReader& fields, const HttpLimits& limits, std::string& payload)
{
    if (fields.cbor().skipNull()) {
        payload = "null"; // as in JSON, where null is a value like any other
        return;
    }
    if (!fields.expect("payload", Kind::Bytes, " must be a byte string that holds JSON"))
        return;
    const auto value = readValue(fields.cbor().bytes(), limits.jsonDepthMax);
    if (value)
        payload = *value;
    else
        fields.complain("payload", ": " + value.error().text);
}

void readClock(FieldReader& fields, node::Draft& draft)
{
    if (!fields.expect("clock", Kind::Map, " must be {offset: seconds, error: seconds}"))
        return;
    std::optional<UnixTime> offset;
    std::optional<UnixTime> error;
    fields.pairs([&](std::string_view name) {
        if (name == "offset")
            offset = fields.seconds(name);
        else if (name == "error")
            error = fields.seconds(name);
        else
            fields.pass();
    });
    if (offset && error)
        draft.clock = {offset->time_since_epoch(), error->time_since_epoch()};
    else
        fields.complain("clock", " must be {offset: seconds, error: seconds}");
}

void readTtl(FieldReader& fields, node::Draft& draft)
{
    const auto seconds = fields.seconds("ttl");
    if (!seconds)
        return;
    draft.ttl = durationFromSeconds(std::chrono::duration<double>(seconds->time_since_epoch()).count());
    if (!draft.ttl)
        fields.complain("ttl", " must be a positive number of seconds");
}

DraftOrFault readMessage(CborReader& cbor, const HttpLimits& limits)
{
    FieldReader fields(cbor, limits.jsonDepthMax);
    if (cbor.peek() != Kind::Map) {
        fields.pass();
        return Fault{400, "a message must be a map"};
    }
    node::Draft draft;
    draft.sender = "unknown";
    draft.recipient = "all";
    fields.pairs([&](std::string_view name) {
        if (name == "msg_id")
            fields.text(name, draft.msgId);
        else if (name == "sender")
            fields.text(name, draft.sender);
        else if (name == "recipient")
            fields.text(name, draft.recipient);
        else if (name == "payload")
            readPayload(fields, limits, draft.payload);
        else if (name == "ts")
            draft.ts = fields.seconds(name);
        else if (name == "clock")
            readClock(fields, draft);
        else if (name == "ttl")
            readTtl(fields, draft);
        else
            fields.pass();
    });
    if (!fields.problem().empty())
        return Fault{400, fields.problem()};
    if (auto fault = completeDraft(limits, draft))
        return std::move(*fault);
    return draft;
}

void readMessages(FieldReader& fields, const HttpLimits& limits, std::vector<DraftOrFault>& out)
{
    if (!fields.expect("messages", Kind::Array, " must be an array of messages"))
        return;
    CborReader& cbor = fields.cbor();
    const std::uint64_t count = cbor.array();
    // One more than allowed is enough to know.
    for (std::uint64_t i = 0; i < count && cbor.ok(); ++i) {
        if (out.size() <= limits.batchMessagesMax)
            out.push_back(readMessage(cbor, limits));
        else
            fields.pass();
    }
}

void readMember(std::string_view name, FieldReader& reader, const HttpLimits& limits, FrameFields& fields)
{
    if (name == "type")
        reader.text(name, fields.type);
    else if (name == "ref")
        reader.number(name, fields.ref);
    else if (name == "messages")
        readMessages(reader, limits, fields.messages.emplace());
    else if (name == "message")
        fields.messages.emplace().push_back(readMessage(reader.cbor(), limits));
    else if (name == "ack")
        reader.text(name, fields.ack);
    else if (name == "sub")
        reader.number(name, fields.sub);
    else if (name == "credit")
        reader.number(name, fields.credit);
    else if (name == "n")
        reader.number(name, fields.n);
    else if (name == "order")
        reader.text(name, fields.order);
    else if (name == "sender")
        reader.text(name, fields.sender);
    else if (name == "recipient")
        reader.text(name, fields.recipient);
    else if (name == "after" && reader.cbor().peek() == Kind::Unsigned)
        fields.after = std::to_string(reader.cbor().unsignedInteger());
    else if (name == "after")
        reader.text(name, fields.after);
    else
        reader.pass();
}

} // namespace

ClientFrame readCborFrame(std::string_view bytes, const HttpLimits& limits)
{
    CborReader cbor(bytes);
    FieldReader reader(cbor, limits.jsonDepthMax);
    FrameFields fields;
    reader.pairs([&](std::string_view name) { readMember(name, reader, limits, fields); });
    if (!cbor.finished())
        return BadFrame{"the frame is not one CBOR map of definite length", true};
    fields.problem = reader.problem();
    return interpret(std::move(fields), limits);
}

} // namespace dsmsg::http

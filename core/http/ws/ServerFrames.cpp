// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/ws/ServerFrames.h"

#include "core/http/CborBodyWriter.h"
#include "core/http/JsonWriter.h"
#include "core/http/MessageJson.h"
#include "core/http/OutcomeJson.h"

namespace dsmsg::http {

namespace {

template <class Writer>
constexpr bool writesJson = std::is_same_v<Writer, JsonWriter>;

template <class Writer>
class Frames final : public ServerFrames
{
public:
    bool binary() const override { return !writesJson<Writer>; }

    std::string hello(const HelloFrame& hello) const override
    {
        return frame("hello", [&](Writer& body) {
            body.field("node_id", hello.nodeId)
                .field("version", hello.version)
                .field("role", hello.role)
                .field("leader_url", hello.leaderUrl)
                .field("window", hello.window)
                .field("credit_max", hello.creditMax)
                .field("messages_max", hello.messagesMax)
                .field("frame_bytes_max", hello.frameBytesMax);
        });
    }

    std::string error(const ErrorFrame& error) const override
    {
        return frame("error", [&](Writer& body) {
            if (error.ref)
                body.field("ref", *error.ref);
            if (error.sub)
                body.field("sub", *error.sub);
            body.field("reason", error.reason);
        });
    }

    std::string subscribed(std::uint64_t sub, const std::string& id) const override
    {
        return frame("sub", [&](Writer& body) { body.field("sub", sub).field("id", id); });
    }

    std::string unsubscribed(std::uint64_t sub) const override
    {
        return frame("unsub", [&](Writer& body) { body.field("sub", sub); });
    }

    void addResult(std::string& results, std::uint64_t ref, const Verdict& verdict) const override
    {
        element(results, [&](Writer& body) {
            body.field("ref", ref);
            writeResult(body, verdict);
        });
    }

    void addBadRequest(std::string& results, std::uint64_t ref, const Fault& fault) const override
    {
        element(results, [&](Writer& body) {
            body.field("ref", ref);
            writeBadRequest(body, fault);
        });
    }

    std::string ack(std::string_view results) const override
    {
        return frame(
            "ack", [&](Writer& body) { array(body.key("results"), results); }, results.size());
    }

    void addMessage(std::string& messages, const FeedItem& item) const override
    {
        if constexpr (writesJson<Writer>) {
            separate(messages);
            messages += item.json(); // rendered once for all subscribers
        } else {
            Writer body(messages);
            writeMessage(body, item.stored());
        }
    }

    std::string messages(std::uint64_t sub, const std::string& id, std::string_view messages) const override
    {
        return frame(
            "msg",
            [&](Writer& body) { array(body.field("sub", sub).field("id", id).key("messages"), messages); },
            messages.size());
    }

private:
    template <class Write>
    static std::string frame(std::string_view type, Write write, std::size_t contentBytes = 0)
    {
        constexpr std::size_t framing = 160;
        std::string out;
        out.reserve(contentBytes + framing);
        Writer body(out);
        body.beginObject().field("type", type);
        write(body);
        body.endObject();
        return out;
    }

    static void separate(std::string& elements)
    {
        if (writesJson<Writer> && !elements.empty())
            elements += ',';
    }

    template <class Write>
    static void element(std::string& elements, Write write)
    {
        separate(elements);
        Writer body(elements);
        body.beginObject();
        write(body);
        body.endObject();
    }

    /// `elements` were gathered by element() or addMessage().
    static void array(Writer& body, std::string_view elements)
    {
        body.beginArray();
        body.elements(elements);
        body.endArray();
    }
};

} // namespace

std::unique_ptr<ServerFrames> ServerFrames::json()
{
    return std::make_unique<Frames<JsonWriter>>();
}

std::unique_ptr<ServerFrames> ServerFrames::cbor()
{
    return std::make_unique<Frames<CborBodyWriter>>();
}

} // namespace dsmsg::http

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/RaftJsonResource.h"

#include <QByteArray>
#include <array>

#include "core/http/Json.h"
#include "core/http/JsonWriter.h"

namespace dsmsg::http {

namespace {

constexpr std::size_t entriesMax = 10'000;
/// As on the peer link: after the greatest term of all there would be no next one.
constexpr std::uint64_t counterMax = std::uint64_t{1} << 62;

enum class Spelling : std::uint8_t
{
    Snake,
    Camel
};

/// A member under its snake_case or camelCase name.
struct Named
{
    std::string_view snake;
    std::string_view camel;
};

/// Reads N members in either spelling. Camel is what the caller speaks when it used any camelCase name.
template <std::size_t N>
class Members
{
public:
    explicit Members(const std::array<Named, N>& names)
        : names_(names)
    {
    }

    std::optional<Fault> read(std::string_view body, std::uint32_t depthMax)
    {
        std::array<std::string_view, 2 * N> both;
        for (std::size_t i = 0; i < N; ++i) {
            both[i] = names_[i].snake;
            both[N + i] = names_[i].camel;
        }
        std::array<JsonValue, 2 * N> found;
        if (const auto result = readMembers(body, depthMax, both, found); !result)
            return Fault{400, result.error().text};
        for (std::size_t i = 0; i < N; ++i) {
            const bool camel =
                names_[i].snake != names_[i].camel && found[i].missing() && !found[N + i].missing();
            values_[i] = found[camel ? N + i : i];
            if (camel)
                spelling_ = Spelling::Camel;
        }
        return std::nullopt;
    }

    std::optional<Fault> counter(std::size_t i, std::uint64_t& out) const
    {
        const auto number =
            values_[i].kind == JsonKind::Number ? decodeCounter(values_[i].raw) : std::nullopt;
        if (!number || *number > counterMax)
            return Fault{400, std::string(names_[i].snake) + " must be a whole number that is not negative"};
        out = *number;
        return std::nullopt;
    }

    std::optional<Fault> text(std::size_t i, std::size_t bytesMax, std::string& out) const
    {
        auto decoded = values_[i].kind == JsonKind::String ? decodeString(values_[i].raw) : std::nullopt;
        if (!decoded || decoded->size() > bytesMax) {
            std::string complaint(names_[i].snake);
            complaint += " must be a string of at most " + std::to_string(bytesMax) + " bytes";
            return Fault{400, std::move(complaint)};
        }
        out = std::move(*decoded);
        return std::nullopt;
    }

    const JsonValue& value(std::size_t i) const { return values_[i]; }
    Spelling spelling() const { return spelling_; }

private:
    const std::array<Named, N>& names_;
    std::array<JsonValue, N> values_;
    Spelling spelling_ = Spelling::Snake;
};

std::optional<Fault> readVote(const Request& request, const HttpLimits& limits, node::JsonVoteRequest& vote,
                              Spelling& spelling)
{
    static constexpr std::array<Named, 4> names{{{"term", "term"},
                                                 {"candidate_id", "candidateId"},
                                                 {"last_log_index", "lastLogIndex"},
                                                 {"last_log_term", "lastLogTerm"}}};
    Members<names.size()> members(names);
    if (auto fault = members.read(request.body, limits.jsonDepthMax))
        return fault;
    spelling = members.spelling();
    if (auto fault = members.counter(0, vote.term.value))
        return fault;
    if (auto fault = members.text(1, limits.nameBytesMax, vote.candidateId))
        return fault;
    if (auto fault = members.counter(2, vote.lastLogIndex.value))
        return fault;
    return members.counter(3, vote.lastLogTerm.value);
}

std::optional<Fault> readEntryData(const JsonValue& data, std::string& out)
{
    if (data.missing())
        return std::nullopt;
    const auto text = data.kind == JsonKind::String ? decodeString(data.raw) : std::nullopt;
    if (text) {
        const auto decoded = QByteArray::fromBase64Encoding(
            QByteArray::fromRawData(text->data(), static_cast<qsizetype>(text->size())),
            QByteArray::AbortOnBase64DecodingErrors);
        if (decoded) {
            out = decoded.decoded.toStdString();
            return std::nullopt;
        }
    }
    return Fault{400, "an entry's data must be a base64 string"};
}

std::optional<Fault> readEntry(const JsonValue& value, LogIndex expected, const HttpLimits& limits,
                               raft::Entry& entry)
{
    static constexpr std::array<Named, 4> names{
        {{"term", "term"}, {"index", "index"}, {"kind", "kind"}, {"data", "data"}}};
    Members<names.size()> members(names);
    if (value.kind != JsonKind::Object)
        return Fault{400, "an entry must be an object with its term"};
    if (auto fault = members.read(value.raw, limits.jsonDepthMax))
        return fault;
    if (auto fault = members.counter(0, entry.term.value))
        return fault;
    entry.index = expected;
    if (!members.value(1).missing())
        if (auto fault = members.counter(1, entry.index.value))
            return fault;
    if (entry.index != expected)
        return Fault{400, "entries must follow prev_log_index without a gap"};
    std::string kind = "command";
    if (!members.value(2).missing())
        if (auto fault = members.text(2, limits.nameBytesMax, kind))
            return fault;
    if (kind != "command" && kind != "noop")
        return Fault{400, "an entry's kind must be command or noop"};
    entry.kind = kind == "noop" ? raft::EntryKind::NoOp : raft::EntryKind::Command;
    return readEntryData(members.value(3), entry.data);
}

std::optional<Fault> readEntries(const JsonValue& value, const HttpLimits& limits,
                                 node::JsonAppendRequest& append)
{
    if (value.missing())
        return std::nullopt;
    if (value.kind != JsonKind::Array)
        return Fault{400, "entries must be an array"};
    std::optional<Fault> fault;
    LogIndex next = append.prevLogIndex.next();
    forEachElement(value.raw, [&](const JsonValue& element) {
        raft::Entry entry;
        if (append.entries.size() == entriesMax)
            fault = Fault{413, "more than " + std::to_string(entriesMax) + " entries"};
        else
            fault = readEntry(element, next, limits, entry);
        append.entries.push_back(std::make_shared<const raft::Entry>(std::move(entry)));
        ++next;
        return !fault;
    });
    return fault;
}

std::optional<Fault> readAppend(const Request& request, const HttpLimits& limits,
                                node::JsonAppendRequest& append, Spelling& spelling)
{
    static constexpr std::array<Named, 6> names{{{"term", "term"},
                                                 {"leader_id", "leaderId"},
                                                 {"prev_log_index", "prevLogIndex"},
                                                 {"prev_log_term", "prevLogTerm"},
                                                 {"leader_commit", "leaderCommit"},
                                                 {"entries", "entries"}}};
    Members<names.size()> members(names);
    if (auto fault = members.read(request.body, limits.jsonDepthMax))
        return fault;
    spelling = members.spelling();
    if (auto fault = members.counter(0, append.term.value))
        return fault;
    if (auto fault = members.text(1, limits.nameBytesMax, append.leaderId))
        return fault;
    if (auto fault = members.counter(2, append.prevLogIndex.value))
        return fault;
    if (auto fault = members.counter(3, append.prevLogTerm.value))
        return fault;
    if (auto fault = members.counter(4, append.leaderCommit.value))
        return fault;
    return readEntries(members.value(5), limits, append);
}

} // namespace

void RequestVoteResource::handle(const Request& request, ReplyTo to)
{
    node::JsonVoteRequest vote;
    Spelling spelling{};
    if (const auto fault = readVote(request, limits_, vote, spelling)) {
        sink_.answer(to, faultResponse(*fault));
        return;
    }
    vote.clusterId = request.header(clusterIdHeader);
    vote.secret = request.header(clusterSecretHeader);
    queries_.ask<node::JsonVoteReply>(
        to, [&](auto answer) { gateway_.requestVote(std::move(vote), std::move(answer)); },
        [spelling](const node::JsonVoteReply& reply) {
            Response response;
            JsonWriter(response.body)
                .beginObject()
                .field("term", reply.term)
                .field(spelling == Spelling::Camel ? "voteGranted" : "vote_granted", reply.voteGranted)
                .endObject();
            return response;
        });
}

void AppendEntriesResource::handle(const Request& request, ReplyTo to)
{
    node::JsonAppendRequest append;
    Spelling spelling{};
    if (const auto fault = readAppend(request, limits_, append, spelling)) {
        sink_.answer(to, faultResponse(*fault));
        return;
    }
    append.clusterId = request.header(clusterIdHeader);
    append.secret = request.header(clusterSecretHeader);
    queries_.ask<node::JsonAppendReply>(
        to, [&](auto answer) { gateway_.appendEntries(std::move(append), std::move(answer)); },
        [spelling](const node::JsonAppendReply& reply) {
            Response response;
            JsonWriter(response.body)
                .beginObject()
                .field("term", reply.term)
                .field("success", reply.success)
                .field(spelling == Spelling::Camel ? "matchIndex" : "match_index", reply.matchIndex)
                .endObject();
            return response;
        });
}

} // namespace dsmsg::http

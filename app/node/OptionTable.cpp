// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/node/OptionTable.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>

namespace dsmsg::app {

namespace {

using Store = std::function<Result<void>(const std::string&, NodeSettings&)>;

Error invalid(std::string why)
{
    return {Error::Kind::Invalid, std::move(why)};
}

/// A whole number in [low, high].
Result<std::uint64_t> number(const std::string& text, std::uint64_t low, std::uint64_t high)
{
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, value);
    if (failure != std::errc{} || stop != end || value < low || value > high)
        return invalid("\"" + text + "\" is not a whole number from " + std::to_string(low) + " to " +
                       std::to_string(high));
    return value;
}

/// An option that is a whole number, stored by `assign`.
template <class Assign>
Store whole(std::uint64_t low, std::uint64_t high, Assign assign)
{
    return [=](const std::string& text, NodeSettings& settings) -> Result<void> {
        const auto value = number(text, low, high);
        if (!value)
            return value.error();
        assign(settings, *value);
        return {};
    };
}

/// A time in milliseconds, at least `low`.
template <class Assign>
Store milliseconds(std::uint64_t low, Assign assign)
{
    constexpr std::uint64_t dayMs = 24ull * 3600 * 1000;
    return whole(low, dayMs, [=](NodeSettings& s, std::uint64_t v) { assign(s, Milliseconds(v)); });
}

template <class Assign>
Store text(Assign assign)
{
    return [=](const std::string& value, NodeSettings& settings) -> Result<void> {
        assign(settings, value);
        return {};
    };
}

Result<void> storeId(const std::string& value, NodeSettings& settings)
{
    const bool plain = std::ranges::all_of(value, [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
    });
    if (value.empty() || value.size() > 64 || !plain)
        return invalid("\"" + value + "\" is not a node id: use 1 to 64 letters, digits, '-', '_' or '.'");
    settings.server.node.id = value;
    return {};
}

Result<void> storeMode(const std::string& value, NodeSettings& settings)
{
    if (value == "async")
        settings.server.node.mode = node::ReplicationMode::Async;
    else if (value == "sync_quorum")
        settings.server.node.mode = node::ReplicationMode::SyncQuorum;
    else
        return invalid("\"" + value + "\" is not a replication mode: use async or sync_quorum");
    return {};
}

Result<void> storeCorrection(const std::string& value, NodeSettings& settings)
{
    timesync::CorrectionMethod& method = settings.server.node.time.method;
    if (value == "offset")
        method = timesync::CorrectionMethod::Offset;
    else if (value == "drift_compensated")
        method = timesync::CorrectionMethod::DriftCompensated;
    else if (value == "hybrid")
        method = timesync::CorrectionMethod::Hybrid;
    else
        return invalid("\"" + value +
                       "\" is not a method of correction: use offset, drift_compensated or hybrid");
    return {};
}

Result<void> storeLevel(const std::string& value, NodeSettings& settings)
{
    if (value != "debug" && value != "info" && value != "warning" && value != "error")
        return invalid("\"" + value + "\" is not a log level: use debug, info, warning or error");
    settings.logLevel = value;
    return {};
}

Result<void> storeFormat(const std::string& value, NodeSettings& settings)
{
    if (value != "text" && value != "json")
        return invalid("\"" + value + "\" is not a log format: use text or json");
    settings.logFormat = value == "json" ? LogFormat::Json : LogFormat::Text;
    return {};
}

Result<void> storeFaultInjection(const std::string& value, NodeSettings& settings)
{
    if (value != "on" && value != "off")
        return invalid("\"" + value + "\" is neither on nor off");
    settings.server.node.faultInjection = value == "on";
    return {};
}

Result<void> storeOrigins(const std::string& value, NodeSettings& settings)
{
    settings.server.allowedOrigins.clear();
    std::size_t begin = 0;
    while (begin <= value.size()) {
        const std::size_t end = std::min(value.find(',', begin), value.size());
        if (end > begin)
            settings.server.allowedOrigins.push_back(value.substr(begin, end - begin));
        begin = end + 1;
    }
    return {};
}

void addIdentity(std::vector<OptionSpec>& all)
{
    all.push_back({"host", "ADDRESS", "127.0.0.1", "address to bind",
                   text([](NodeSettings& s, const std::string& v) { s.server.node.host = v; })});
    all.push_back({"port", "PORT", "", "port to bind (required; 0 takes a free one)",
                   whole(0, 65535, [](NodeSettings& s, std::uint64_t v) {
                       s.server.node.port = static_cast<std::uint16_t>(v);
                       s.portGiven = true;
                   })});
    all.push_back({"id", "ID", "", "node id, unique in the cluster (required)", storeId});
    all.push_back(
        {"join", "URL", "",
         "a node of the cluster that is to take this one in; instead of --peers, for a node that is added later",
         text([](NodeSettings& s, const std::string& v) { s.join = v; })});
    all.push_back({"peers", "URL,...", "", "base URLs of the other nodes, comma-separated",
                   text([](NodeSettings& s, const std::string& v) { s.peers = v; })});
    all.push_back({"advertise", "URL", "http://HOST:PORT",
                   "base URL under which the others and clients reach this node",
                   text([](NodeSettings& s, const std::string& v) { s.advertise = v; })});
    all.push_back({"data-dir", "DIRECTORY", "under $XDG_STATE_HOME/dsmsg",
                   "where this node keeps its databases", text([](NodeSettings& s, const std::string& v) {
                       s.server.node.dataDirectory = QString::fromStdString(v);
                   })});
    all.push_back({"cluster-secret-file", "FILE", "", "file whose first line the nodes prove to each other",
                   text([](NodeSettings& s, const std::string& v) { s.secretFile = v; })});
}

void addReplication(std::vector<OptionSpec>& all)
{
    all.push_back({"replication-mode", "MODE", "async",
                   "async: acknowledged before a majority has it; sync_quorum: after", storeMode});
    all.push_back({"quorum", "N", "2",
                   "least number of replicas for an acknowledgement: min(max(majority, N), voters)",
                   whole(1, 1000, [](NodeSettings& s, std::uint64_t v) {
                       s.server.node.quorum = static_cast<std::uint32_t>(v);
                   })});
    all.push_back({"write-timeout", "MS", "5000", "how long a write may wait for its quorum",
                   milliseconds(1, [](NodeSettings& s, Milliseconds v) { s.server.node.writeTimeout = v; })});
    all.push_back({"election-timeout-min", "MS", "300", "least time without a leader before a node campaigns",
                   milliseconds(10, [](NodeSettings& s, Milliseconds v) {
                       s.server.node.raft.electionTimeoutMin = v;
                   })});
    all.push_back({"election-timeout-max", "MS", "600", "greatest such time; each one is drawn at random",
                   milliseconds(11, [](NodeSettings& s, Milliseconds v) {
                       s.server.node.raft.electionTimeoutMax = v;
                   })});
    all.push_back(
        {"heartbeat-interval", "MS", "200", "between the leader's heartbeats",
         milliseconds(1, [](NodeSettings& s, Milliseconds v) { s.server.node.raft.heartbeatInterval = v; })});
    all.push_back({"peer-check-interval", "MS", "1000", "between pings on a peer link",
                   milliseconds(10, [](NodeSettings& s, Milliseconds v) { s.server.node.peers.ping = v; })});
    all.push_back(
        {"peer-down-after", "MS", "8000", "a peer counts as alive this long after its last sign of life",
         milliseconds(10, [](NodeSettings& s, Milliseconds v) { s.server.node.peers.aliveFor = v; })});
}

void addTime(std::vector<OptionSpec>& all)
{
    all.push_back(
        {"time-sync-interval", "MS", "30000", "between two rounds of clock synchronisation",
         milliseconds(1000, [](NodeSettings& s, Milliseconds v) { s.server.node.time.roundInterval = v; })});
    all.push_back(
        {"clock-drift-max", "PPM", "500",
         "greatest difference of two nodes' clock rates, in parts per million, on which bounds rest",
         whole(1, 100'000, [](NodeSettings& s, std::uint64_t v) {
             s.server.node.time.driftMaxPpm = static_cast<double>(v);
         })});
    all.push_back(
        {"time-correction", "METHOD", "hybrid",
         "how a client's timestamp is corrected: offset (by this node's offset to the cluster's time), "
         "drift_compensated (by that offset as it was then) or hybrid (both, weighed by their errors)",
         storeCorrection});
}

void addLimits(std::vector<OptionSpec>& all)
{
    constexpr std::uint64_t gigabyte = 1u << 30;
    const auto size = [&all](const char* name, const char* defaultText, const char* meaning, auto assign) {
        all.push_back({name, "N", defaultText, meaning, whole(1, gigabyte, assign)});
    };
    size("max-payload-bytes", "1048576", "greatest payload of a message",
         [](NodeSettings& s, std::uint64_t v) { s.server.http.payloadBytesMax = v; });
    size("max-body-bytes", "8388608", "greatest body of a request",
         [](NodeSettings& s, std::uint64_t v) { s.server.http.bodyBytesMax = v; });
    size("max-header-bytes", "16384", "greatest head of a request",
         [](NodeSettings& s, std::uint64_t v) { s.server.http.headerBytesMax = v; });
    size("max-connections", "from the limit on open files", "connections open at once",
         [](NodeSettings& s, std::uint64_t v) { s.server.acceptor.connectionsMax = v; });
    size("max-pending", "65536", "messages waiting for their acknowledgement at once",
         [](NodeSettings& s, std::uint64_t v) { s.server.http.pendingSubmissionsMax = v; });
    size("max-subscribers", "4096", "subscribers and long polls at once, of all kinds",
         [](NodeSettings& s, std::uint64_t v) { s.server.http.subscribersMax = v; });
    size("max-long-polls", "2048", "requests that wait for a message at once",
         [](NodeSettings& s, std::uint64_t v) { s.server.http.waitersMax = v; });
    all.push_back(
        {"stream-heartbeat", "MS", "15000", "a stream of events is silent no longer than this",
         milliseconds(8, [](NodeSettings& s, Milliseconds v) { s.server.http.heartbeatTime = v; })});
    all.push_back({"stream-stall-timeout", "MS", "30000",
                   "a stream whose client takes nothing is ended after this",
                   milliseconds(1, [](NodeSettings& s, Milliseconds v) { s.server.http.stallTimeMax = v; })});
    size("max-batch", "10000", "messages of one /send/batch or one frame of a WebSocket",
         [](NodeSettings& s, std::uint64_t v) { s.server.http.batchMessagesMax = v; });
    size("ws-window", "8192", "unanswered messages of one WebSocket",
         [](NodeSettings& s, std::uint64_t v) { s.server.http.wsWindow = v; });
    all.push_back({"idle-timeout", "MS", "60000", "a connection without traffic is closed after this",
                   milliseconds(1, [](NodeSettings& s, Milliseconds v) { s.server.http.idleTimeMax = v; })});
    all.push_back({"header-timeout", "MS", "10000", "time for a client to send a request's head",
                   milliseconds(1, [](NodeSettings& s, Milliseconds v) {
                       s.server.http.headerTimeMax = v;
                       s.server.acceptor.headerTimeMax = v;
                   })});
    constexpr std::uint64_t any = std::numeric_limits<std::int64_t>::max();
    all.push_back({"log-keep-bytes", "N", "1073741824",
                   "at least this many bytes of the log are kept, or --log-keep-messages, whichever is less",
                   whole(1, any, [](NodeSettings& s, std::uint64_t v) { s.server.node.logKept.bytes = v; })});
    all.push_back(
        {"log-keep-messages", "N", "1000000",
         "at least this many messages of the log are kept, or --log-keep-bytes, whichever is less",
         whole(1, any, [](NodeSettings& s, std::uint64_t v) { s.server.node.logKept.messages = v; })});
    all.push_back(
        {"scrub-interval", "MS", "1000",
         "between two checks of what is stored, each of about a megabyte of each database",
         milliseconds(1, [](NodeSettings& s, Milliseconds v) { s.server.node.scrubInterval = v; })});
    all.push_back(
        {"ordering-window", "MS", "5000", "how long a message waits for those that were sent before it",
         milliseconds(0, [](NodeSettings& s, Milliseconds v) { s.server.node.orderingWindow = v; })});
    all.push_back({"max-ordering-buffer", "N", "1000000",
                   "messages that may wait for their delivery; the leader delivers early beyond it",
                   whole(1, 100'000'000,
                         [](NodeSettings& s, std::uint64_t v) { s.server.node.orderingBufferMax = v; })});
    all.push_back(
        {"retention-interval", "MS", "1000", "between two looks for messages that retention or a ttl removes",
         milliseconds(1, [](NodeSettings& s, Milliseconds v) { s.server.node.retentionInterval = v; })});
    all.push_back({"disk-reserve-bytes", "N", "67108864", "below this much free space no writes are taken",
                   whole(0, std::numeric_limits<std::int64_t>::max(),
                         [](NodeSettings& s, std::uint64_t v) { s.server.node.diskReserveBytes = v; })});
}

void addOutput(std::vector<OptionSpec>& all)
{
    all.push_back(
        {"allow-origin", "ORIGIN,...", "every origin", "web origins that may read answers", storeOrigins});
    all.push_back({"fault-injection", "", "off",
                   "serves /faults, by which anybody who reaches the port can break this node on purpose",
                   storeFaultInjection});
    all.push_back({"log-level", "LEVEL", "info", "debug, info, warning or error", storeLevel});
    all.push_back({"log-format", "FORMAT", "text", "text or json", storeFormat});
}

std::vector<OptionSpec> makeTable()
{
    std::vector<OptionSpec> all;
    addIdentity(all);
    addReplication(all);
    addTime(all);
    addLimits(all);
    addOutput(all);
    return all;
}

} // namespace

const std::vector<OptionSpec>& optionTable()
{
    static const std::vector<OptionSpec> table = makeTable();
    return table;
}

const OptionSpec* findOption(const std::string& name)
{
    const auto found = std::ranges::find(optionTable(), name, &OptionSpec::name);
    return found == optionTable().end() ? nullptr : &*found;
}

std::string environmentName(const std::string& option)
{
    std::string name = "DSMSG_" + option;
    std::ranges::transform(name, name.begin(), [](char c) {
        return c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    });
    return name;
}

} // namespace dsmsg::app

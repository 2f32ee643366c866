// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/node/NodeCommandLine.h"

#include <toml++/toml.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>
#include <map>
#include <sstream>

#include "core/net/Urls.h"

namespace dsmsg::app {

namespace {

constexpr const char* configOption = "config";

Error wrong(const std::string& what)
{
    return {Error::Kind::Invalid, what};
}

std::string hyphenated(std::string name)
{
    std::ranges::replace(name, '_', '-');
    return name;
}

const OptionSpec* find(const std::string& name)
{
    const auto found = std::ranges::find(optionTable(), name, &OptionSpec::name);
    return found == optionTable().end() ? nullptr : &*found;
}

struct Given
{
    bool help = false;
    bool version = false;
    std::map<std::string, std::string> values;
};

Result<Given> parse(const QStringList& arguments)
{
    Given given;
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const std::string argument = arguments[i].toStdString();
        if (argument == "-h" || argument == "--help") {
            given.help = true;
            continue;
        }
        if (argument == "--version") {
            given.version = true;
            continue;
        }
        if (!argument.starts_with("--"))
            return wrong("unexpected argument \"" + argument + "\". Options start with --; see --help");
        const std::size_t equals = argument.find('=');
        const std::string name =
            hyphenated(argument.substr(2, equals == std::string::npos ? equals : equals - 2));
        if (name != configOption && find(name) == nullptr)
            return wrong("unknown option --" + name + "; see --help");
        if (given.values.contains(name))
            return wrong("--" + name + " is given twice");
        const OptionSpec* option = find(name);
        if (equals != std::string::npos)
            given.values[name] = argument.substr(equals + 1);
        else if (option != nullptr && option->placeholder.empty())
            given.values[name] = "on";
        else if (i + 1 < arguments.size())
            given.values[name] = arguments[++i].toStdString();
        else
            return wrong("--" + name + " needs a value");
    }
    return given;
}

Result<void> store(const OptionSpec& option, const std::string& value, const std::string& origin,
                   NodeSettings& settings)
{
    auto stored = option.store(value, settings);
    if (!stored)
        return wrong(origin + ": " + stored.error().text);
    return {};
}

Result<void> applyFile(const std::string& path, NodeSettings& settings)
{
    toml::table file;
    try {
        file = toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        return wrong("the configuration file " + path + ", line " +
                     std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
    }
    for (const auto& [key, value] : file) {
        const std::string name = hyphenated(std::string(key.str()));
        std::string origin = "the configuration file " + path;
        origin.append(", line ").append(std::to_string(key.source().begin.line)).append(", ").append(name);
        const OptionSpec* option = find(name);
        if (option == nullptr)
            return wrong(origin + ": there is no such option; see --help");
        std::string text;
        if (const auto string = value.value_exact<std::string>())
            text = *string;
        else if (const auto whole = value.value_exact<std::int64_t>())
            text = std::to_string(*whole);
        else
            return wrong(origin + ": the value must be a string or a whole number");
        if (auto stored = store(*option, text, origin, settings); !stored)
            return stored;
    }
    return {};
}

Result<void> readSecret(NodeSettings& settings)
{
    if (settings.secretFile.empty())
        return {};
    QFile file(QString::fromStdString(settings.secretFile));
    if (!file.open(QIODevice::ReadOnly))
        return wrong("--cluster-secret-file: cannot read " + settings.secretFile + ": " +
                     file.errorString().toStdString());
    settings.server.node.secret = file.readLine(4096).trimmed().toStdString();
    if (settings.server.node.secret.size() < 16)
        return wrong("--cluster-secret-file: the first line of " + settings.secretFile +
                     " must have at least 16 characters");
    return {};
}

/// Derives what depends on several options, and checks that they fit together.
Result<void> complete(NodeSettings& settings)
{
    node::NodeOptions& node = settings.server.node;
    if (node.id.empty())
        return wrong("--id is required: give this node a name that no other node of the cluster has");
    if (!settings.portGiven)
        return wrong("--port is required");
    if (node.host.empty())
        node.host = "127.0.0.1";
    if (node.raft.electionTimeoutMin >= node.raft.electionTimeoutMax)
        return wrong("--election-timeout-min must be less than --election-timeout-max");
    if (node.raft.heartbeatInterval >= node.raft.electionTimeoutMin)
        return wrong(
            "--heartbeat-interval must be less than --election-timeout-min, or followers would give up a healthy leader");
    auto peers = net::parseUrlList(settings.peers);
    if (!peers)
        return wrong("--peers: " + peers.error().text);
    node.peerUrls = std::move(*peers);
    if (!settings.join.empty()) {
        auto join = net::normaliseUrl(settings.join);
        if (!join)
            return wrong("--join: " + join.error().text);
        if (!node.peerUrls.empty())
            return wrong(
                "--join and --peers exclude each other: --peers is for the nodes that form a cluster, "
                "--join for one that is added to it");
        node.joinUrl = std::move(*join);
    }
    const bool anyAddress = node.host == "0.0.0.0" || node.host == "::";
    if (settings.advertise.empty() && anyAddress && !node.peerUrls.empty())
        return wrong("--host " + node.host + " needs --advertise: the other nodes cannot call that address");
    if (settings.advertise.empty() && node.port != 0) {
        const bool v6 = node.host.find(':') != std::string::npos;
        settings.advertise = (v6 ? "[" + node.host + "]" : node.host) + ":" + std::to_string(node.port);
    }
    if (!settings.advertise.empty()) {
        auto url = net::normaliseUrl(settings.advertise);
        if (!url)
            return wrong("--advertise: " + url.error().text);
        node.advertiseUrl = std::move(*url);
    }
    std::erase(node.peerUrls, node.advertiseUrl);
    if (node.dataDirectory.isEmpty()) {
        const QString state =
            qEnvironmentVariable("XDG_STATE_HOME", QDir::homePath() + QStringLiteral("/.local/state"));
        node.dataDirectory =
            state + QStringLiteral("/dsmsg/%1-%2").arg(QString::fromStdString(node.id)).arg(node.port);
    }
    return readSecret(settings);
}

} // namespace

Result<CommandLine> readCommandLine(const QStringList& arguments)
{
    auto given = parse(arguments);
    if (!given)
        return given.error();
    CommandLine line;
    line.help = given->help;
    line.version = given->version;
    if (line.help || line.version)
        return line;
    const auto config = given->values.find(configOption);
    const std::string configFile =
        config != given->values.end() ? config->second : qEnvironmentVariable("DSMSG_CONFIG").toStdString();
    if (!configFile.empty()) {
        if (auto applied = applyFile(configFile, line.settings); !applied)
            return applied.error();
    }
    for (const OptionSpec& option : optionTable()) {
        const std::string variable = environmentName(option.name);
        const auto argument = given->values.find(option.name);
        Result<void> stored;
        if (argument != given->values.end())
            stored = store(option, argument->second, "--" + option.name, line.settings);
        else if (qEnvironmentVariableIsSet(variable.c_str()))
            stored =
                store(option, qEnvironmentVariable(variable.c_str()).toStdString(), variable, line.settings);
        if (!stored)
            return stored.error();
    }
    if (auto completed = complete(line.settings); !completed)
        return completed.error();
    return line;
}

std::string helpText()
{
    std::ostringstream out;
    out << "Usage: dsmsg-node --id ID --port PORT [--peers URL,URL...] [options]\n\n"
           "Runs one node of a dsmsg cluster: Raft, storage and the HTTP API on one port.\n\n"
           "Options (each also with underscores, as DSMSG_NAME in the environment, and as a line of the --config file):\n";
    const auto row = [&out](const std::string& left, const std::string& meaning) {
        constexpr std::size_t column = 34;
        out << "  " << left << std::string(left.size() < column ? column - left.size() : 1, ' ') << meaning
            << "\n";
    };
    for (const OptionSpec& option : optionTable()) {
        const std::string suffix = option.defaultText.empty() ? "" : " [" + option.defaultText + "]";
        row("--" + option.name + " " + option.placeholder, option.meaning + suffix);
    }
    row("--config FILE", "TOML file with any of these options");
    row("--help, --version", "");
    out << "\nA three-node cluster on this machine (each in its own terminal):\n"
           "  dsmsg-node --id n1 --port 8000 --peers http://127.0.0.1:8001,http://127.0.0.1:8002 --replication-mode sync_quorum\n"
           "  dsmsg-node --id n2 --port 8001 --peers http://127.0.0.1:8000,http://127.0.0.1:8002 --replication-mode sync_quorum\n"
           "  dsmsg-node --id n3 --port 8002 --peers http://127.0.0.1:8000,http://127.0.0.1:8001 --replication-mode sync_quorum\n"
           "\nExit codes: 0 stopped on request, 1 could not start, 2 wrong usage, 3 storage failed while running.\n";
    return out.str();
}

} // namespace dsmsg::app

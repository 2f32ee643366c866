// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/node/NodeCommandLine.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <algorithm>
#include <map>
#include <sstream>

#include "app/node/ConfigFile.h"
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

struct Given
{
    bool help = false;
    bool version = false;
    bool check = false;
    bool example = false;
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
        if (argument == "--check-config") {
            given.check = true;
            continue;
        }
        if (argument == "--example-config") {
            given.example = true;
            continue;
        }
        if (!argument.starts_with("--"))
            return wrong("unexpected argument \"" + argument + "\". Options start with --; see --help");
        const std::size_t equals = argument.find('=');
        const std::string name =
            hyphenated(argument.substr(2, equals == std::string::npos ? equals : equals - 2));
        if (name != configOption && findOption(name) == nullptr)
            return wrong("unknown option --" + name + "; see --help");
        if (given.values.contains(name))
            return wrong("--" + name + " is given twice");
        const OptionSpec* option = findOption(name);
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

/// What is wrong with the options as they were given; each one in a line of its own.
class Problems
{
public:
    void add(const std::string& line) { text_ += (text_.empty() ? "" : "\n") + line; }
    void store(const OptionSpec& option, const std::string& value, const std::string& origin,
               NodeSettings& settings)
    {
        if (auto stored = option.store(value, settings); !stored)
            add(origin + ": " + stored.error().text);
    }
    bool none() const { return text_.empty(); }
    Error error() const { return wrong(text_); }

private:
    std::string text_;
};

void applyFile(const std::string& path, NodeSettings& settings, Problems& problems)
{
    const ConfigFile file = readConfigFile(path);
    for (const std::string& problem : file.problems)
        problems.add(problem);
    for (const ConfigLine& line : file.lines)
        problems.store(*line.option, line.value, line.origin + ", " + line.option->name, settings);
}

void applyEnvironmentAndArguments(const Given& given, NodeSettings& settings, Problems& problems)
{
    for (const OptionSpec& option : optionTable()) {
        const std::string variable = environmentName(option.name);
        const auto argument = given.values.find(option.name);
        if (argument != given.values.end())
            problems.store(option, argument->second, "--" + option.name, settings);
        else if (qEnvironmentVariableIsSet(variable.c_str()))
            problems.store(option, qEnvironmentVariable(variable.c_str()).toStdString(), variable, settings);
    }
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
    if (settings.advertise.empty() && anyAddress)
        return wrong("--host " + node.host +
                     " needs --advertise, a URL with this machine's name or address: other nodes, also such as "
                     "are added later, cannot call that one");
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
    line.check = given->check;
    line.example = given->example;
    if (line.help || line.version || line.example)
        return line;
    const auto config = given->values.find(configOption);
    const std::string configFile =
        config != given->values.end() ? config->second : qEnvironmentVariable("DSMSG_CONFIG").toStdString();
    Problems problems;
    if (!configFile.empty())
        applyFile(configFile, line.settings, problems);
    applyEnvironmentAndArguments(*given, line.settings, problems);
    // What depends on several options makes sense only once each of them does.
    if (problems.none()) {
        if (auto completed = complete(line.settings); !completed)
            problems.add(completed.error().text);
    }
    if (!problems.none())
        return problems.error();
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
    row("--check-config", "says everything that is wrong with the options and the file, starts nothing");
    row("--example-config", "prints a file with every option and its default");
    row("--help, --version", "");
    out << "\nA three-node cluster on this machine (each in its own terminal):\n"
           "  dsmsg-node --id n1 --port 8000 --peers http://127.0.0.1:8001,http://127.0.0.1:8002 --replication-mode sync_quorum\n"
           "  dsmsg-node --id n2 --port 8001 --peers http://127.0.0.1:8000,http://127.0.0.1:8002 --replication-mode sync_quorum\n"
           "  dsmsg-node --id n3 --port 8002 --peers http://127.0.0.1:8000,http://127.0.0.1:8001 --replication-mode sync_quorum\n"
           "\nExit codes: 0 stopped on request, 1 could not start, 2 wrong usage, 3 storage failed while running.\n";
    return out.str();
}

} // namespace dsmsg::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/Faults.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QString>

namespace dsmsg::node {

namespace {

enum class Value : std::uint8_t
{
    None,
    Optional,
    Required,
};

struct KindRule
{
    FaultKind kind;
    const char* name;
    bool ofLinks;
    Value value;
    double low;
    double high;
    const char* meaning; ///< of the value
};

constexpr double decadeSeconds = 315'360'000;
constexpr double terabytes = 1e15;

constexpr std::array<KindRule, 9> kindRules{{
    {FaultKind::Partition, "partition", true, Value::None, 0, 0, ""},
    {FaultKind::Delay, "delay", true, Value::Required, 1, 60'000, "milliseconds"},
    {FaultKind::Loss, "loss", true, Value::Required, 0, 1, "the part of the messages that is lost"},
    {FaultKind::Pause, "pause", false, Value::Optional, 0, 3600, "seconds"},
    {FaultKind::ClockOffset, "clock_offset", false, Value::Required, -decadeSeconds, decadeSeconds,
     "seconds"},
    {FaultKind::ClockDrift, "clock_drift", false, Value::Required, -500'000, 500'000, "parts per million"},
    {FaultKind::DiskFull, "disk_full", false, Value::Optional, 0, terabytes,
     "bytes that can still be written"},
    {FaultKind::DiskSlow, "disk_slow", false, Value::Required, 1, 60'000, "milliseconds of each sync"},
    {FaultKind::FsyncFail, "fsync_fail", false, Value::None, 0, 0, ""},
}};

const KindRule& ruleOf(FaultKind kind)
{
    return *std::ranges::find(kindRules, kind, &KindRule::kind);
}

Error invalid(const std::string& what)
{
    return {Error::Kind::Invalid, what};
}

std::string number(double value)
{
    return QString::number(value, 'g', 12).toStdString();
}

Result<void> checkValue(const KindRule& rule, const std::optional<double>& value)
{
    const std::string name = rule.name;
    if (!value) {
        return rule.value != Value::Required ? Result<void>()
                                             : invalid(name + " needs a value: " + rule.meaning);
    }
    if (rule.value == Value::None)
        return invalid(name + " takes no value");
    if (!std::isfinite(*value) || *value < rule.low || *value > rule.high)
        return invalid("the value of " + name + " is " + rule.meaning + ", from " + number(rule.low) +
                       " to " + number(rule.high));
    return {};
}

} // namespace

const char* toString(FaultKind kind)
{
    return ruleOf(kind).name;
}

std::optional<FaultKind> faultKindFrom(std::string_view name)
{
    const auto found = std::ranges::find(kindRules, name, &KindRule::name);
    return found == kindRules.end() ? std::nullopt : std::optional(found->kind);
}

const char* toString(net::Way way)
{
    switch (way) {
    case net::Way::In:
        return "in";
    case net::Way::Out:
        return "out";
    case net::Way::Both:
        break;
    }
    return "both";
}

std::optional<net::Way> wayFrom(std::string_view name)
{
    for (const net::Way way : {net::Way::In, net::Way::Out, net::Way::Both}) {
        if (name == toString(way))
            return way;
    }
    return std::nullopt;
}

Result<void> checkFault(const FaultOrder& order)
{
    const KindRule& rule = ruleOf(order.kind);
    constexpr std::size_t peersMax = 64;
    if (order.lasts <= Milliseconds(0) || order.lasts > faultLastsMax)
        return invalid("for_s must be more than 0 and at most 3600 seconds");
    if (!rule.ofLinks && !order.peers.empty())
        return invalid(std::string(rule.name) + " is a fault of this node and takes no peers");
    if (!rule.ofLinks && order.direction)
        return invalid(std::string(rule.name) + " is a fault of this node and takes no direction");
    if (order.peers.size() > peersMax)
        return invalid("peers has more than " + std::to_string(peersMax) + " names");
    return checkValue(rule, order.value);
}

std::string describe(const FaultOrder& order)
{
    std::string text = toString(order.kind);
    if (order.value)
        text += " " + number(*order.value);
    if (!ruleOf(order.kind).ofLinks)
        return text;
    std::string peers;
    for (const std::string& peer : order.peers)
        peers += (peers.empty() ? "" : ", ") + peer;
    return text + " of " + (peers.empty() ? "every peer" : peers) + " (" +
           toString(order.direction.value_or(net::Way::Both)) + ")";
}

std::vector<net::LinkRule> linkRules(const std::vector<ActiveFault>& faults)
{
    std::vector<net::LinkRule> rules;
    for (const auto& [id, order, remaining] : faults) {
        net::LinkRule rule{order.peers, order.direction.value_or(net::Way::Both)};
        if (order.kind == FaultKind::Partition)
            rule.cut = true;
        else if (order.kind == FaultKind::Delay)
            rule.delay = Milliseconds(static_cast<std::int64_t>(order.value.value_or(0)));
        else if (order.kind == FaultKind::Loss)
            rule.loss = order.value.value_or(0);
        else
            continue;
        rules.push_back(std::move(rule));
    }
    return rules;
}

} // namespace dsmsg::node

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/MetricsCheck.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace dsmsg::test {

namespace {

bool isName(std::string_view text)
{
    if (text.empty() || std::isdigit(static_cast<unsigned char>(text.front())))
        return false;
    for (const char c : text)
        if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_' && c != ':')
            return false;
    return true;
}

/// Where the label set that begins at `at` (a brace) ends; npos when it is malformed.
std::size_t endOfLabels(std::string_view line, std::size_t at)
{
    std::size_t i = at + 1;
    while (i < line.size() && line[i] != '}') {
        const std::size_t equals = line.find("=\"", i);
        if (equals == std::string_view::npos || !isName(line.substr(i, equals - i)))
            return std::string_view::npos;
        i = equals + 2;
        while (i < line.size() && line[i] != '"')
            i += line[i] == '\\' ? 2U : 1U;
        ++i;
        if (i < line.size() && line[i] == ',')
            ++i;
    }
    return i < line.size() ? i : std::string_view::npos;
}

double numberFrom(const std::string& text)
{
    return text == "+Inf" ? HUGE_VAL : std::atof(text.c_str());
}

} // namespace

MetricsText::MetricsText(std::string_view text)
{
    if (!text.ends_with('\n'))
        complain("the last line does not end", "");
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.starts_with('#'))
            readComment(line);
        else if (!line.empty())
            readSample(line);
    }
    checkHistograms();
}

void MetricsText::complain(std::string_view what, std::string_view line)
{
    problems_.append(what).append(": ").append(line).append("\n");
}

void MetricsText::readComment(std::string_view line)
{
    const bool help = line.starts_with("# HELP ");
    if (!help && !line.starts_with("# TYPE "))
        return complain("neither HELP nor TYPE", line);
    const std::string_view rest = line.substr(7);
    const std::string name(rest.substr(0, rest.find(' ')));
    const std::string_view text = rest.size() > name.size() ? rest.substr(name.size() + 1) : "";
    if (!isName(name) || text.empty())
        return complain("an empty comment", line);
    Family& family = families_[name];
    if (help ? std::exchange(family.help, true) : !family.type.empty())
        return complain("said twice", line);
    if (!help)
        family.type = text;
    if (!help && text != "counter" && text != "gauge" && text != "histogram")
        complain("an unknown type", line);
    if (!help && text == "counter" && !name.ends_with("_total"))
        complain("a counter that does not end in _total", line);
}

MetricsText::Family* MetricsText::familyOf(const std::string& name)
{
    const auto found = families_.find(name);
    if (found != families_.end())
        return &found->second;
    for (const std::string_view suffix : {"_bucket", "_sum", "_count"}) {
        if (!name.ends_with(suffix))
            continue;
        const auto base = families_.find(name.substr(0, name.size() - suffix.size()));
        if (base != families_.end() && base->second.type == "histogram")
            return &base->second;
    }
    return nullptr;
}

void MetricsText::readSample(std::string_view line)
{
    std::size_t end = line.find_first_of("{ ");
    const std::string name(line.substr(0, end));
    if (end != std::string_view::npos && line[end] == '{') {
        end = endOfLabels(line, end);
        end = end == std::string_view::npos ? end : end + 1;
    }
    if (!isName(name) || end == std::string_view::npos || end >= line.size() || line[end] != ' ')
        return complain("not a sample", line);
    const std::string key(line.substr(0, end));
    const std::string number(line.substr(end + 1));
    char* rest = nullptr;
    const double value = std::strtod(number.c_str(), &rest);
    if (number.empty() || *rest != '\0')
        return complain("not a number", line);
    if (!samples_.emplace(key, value).second)
        return complain("a sample that is there already", line);
    Family* family = familyOf(name);
    if (family == nullptr || !family->help || family->type.empty())
        return complain("a sample without HELP and TYPE before it", line);
    if (family->type != "histogram")
        return;
    if (name.ends_with("_count"))
        family->count = value;
    family->sum = family->sum || name.ends_with("_sum");
    const std::size_t limit = key.find("le=\"");
    if (name.ends_with("_bucket") && limit != std::string::npos)
        family->buckets.emplace_back(key.substr(limit + 4, key.find('"', limit + 4) - limit - 4), value);
}

void MetricsText::checkHistograms()
{
    for (const auto& [name, family] : families_) {
        if (family.type != "histogram")
            continue;
        if (family.buckets.empty() || family.buckets.back().first != "+Inf")
            complain("a histogram that does not end with +Inf", name);
        if (!family.sum || !family.count ||
            (!family.buckets.empty() && family.buckets.back().second != *family.count))
            complain("a histogram without its sum, or whose count is not that of +Inf", name);
        for (std::size_t i = 1; i < family.buckets.size(); ++i) {
            const auto& [limit, count] = family.buckets[i];
            if (count < family.buckets[i - 1].second ||
                numberFrom(limit) <= numberFrom(family.buckets[i - 1].first))
                complain("buckets that do not ascend", name);
        }
    }
}

std::optional<double> MetricsText::value(const std::string& sample) const
{
    const auto found = samples_.find(sample);
    return found == samples_.end() ? std::nullopt : std::optional(found->second);
}

} // namespace dsmsg::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/node/ConfigFile.h"

#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <sstream>

namespace dsmsg::app {

namespace {

bool isList(const OptionSpec& option)
{
    return option.placeholder.ends_with(",...");
}

bool isSwitch(const OptionSpec& option)
{
    return option.placeholder.empty();
}

bool isNumber(const OptionSpec& option)
{
    return option.placeholder == "PORT" || option.placeholder == "N" || option.placeholder == "MS" ||
           option.placeholder == "PPM";
}

std::optional<std::string> joined(const toml::array& array)
{
    std::string text;
    for (const toml::node& element : array) {
        const auto value = element.value_exact<std::string>();
        if (!value)
            return std::nullopt;
        text += (text.empty() ? "" : ",") + *value;
    }
    return text;
}

/// As it would stand on the command line; none: of a type that this option does not take.
std::optional<std::string> textOf(const OptionSpec& option, const toml::node& value)
{
    if (const auto string = value.value_exact<std::string>())
        return *string;
    if (const auto whole = value.value_exact<std::int64_t>())
        return std::to_string(*whole);
    if (const auto flag = value.value_exact<bool>(); flag && isSwitch(option))
        return *flag ? "on" : "off";
    if (const toml::array* array = value.as_array(); array != nullptr && isList(option))
        return joined(*array);
    return std::nullopt;
}

const char* typeWords(const OptionSpec& option)
{
    if (isSwitch(option))
        return "the value must be true or false";
    if (isList(option))
        return "the value must be a string or a list of strings";
    return isNumber(option) ? "the value must be a whole number" : "the value must be a string";
}

std::string exampleValue(const OptionSpec& option)
{
    if (isSwitch(option))
        return "false";
    if (isNumber(option) && !option.defaultText.empty() &&
        std::ranges::all_of(option.defaultText, [](unsigned char c) { return std::isdigit(c) != 0; }))
        return option.defaultText;
    if (isNumber(option))
        return option.placeholder == "PORT" ? "8000" : "1000";
    if (isList(option))
        return "[]";
    const bool isWords = option.defaultText.find(' ') != std::string::npos ||
                         option.defaultText.find(':') != std::string::npos;
    return "\"" + (isWords ? std::string() : option.defaultText) + "\"";
}

/// `text` in lines of a comment of at most `width` characters.
void comment(std::ostringstream& out, const std::string& text, std::size_t width)
{
    std::istringstream words(text);
    std::string line = "#";
    for (std::string word; words >> word;) {
        if (line.size() + 1 + word.size() > width) {
            out << line << "\n";
            line = "#";
        }
        line += " " + word;
    }
    out << line << "\n";
}

} // namespace

ConfigFile readConfigFile(const std::string& path)
{
    ConfigFile file;
    toml::table table;
    try {
        table = toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        if (error.source().begin.line == 0) {
            file.problems.push_back("the configuration file " + path +
                                    " cannot be read: correct --config, or what may read the file");
            return file;
        }
        file.problems.push_back("the configuration file " + path + ", line " +
                                std::to_string(error.source().begin.line) + ": " +
                                std::string(error.description()));
        return file;
    }
    for (const auto& [key, value] : table) {
        std::string name(key.str());
        std::ranges::replace(name, '_', '-');
        const std::string origin =
            "the configuration file " + path + ", line " + std::to_string(key.source().begin.line);
        const OptionSpec* option = findOption(name);
        if (option == nullptr) {
            file.problems.push_back(origin + ": there is no option " + name + "; see --help");
            continue;
        }
        if (auto text = textOf(*option, value))
            file.lines.push_back({option, std::move(*text), origin});
        else
            file.problems.push_back(origin + ", " + name + ": " + typeWords(*option));
    }
    return file;
}

std::string exampleConfig()
{
    constexpr std::size_t width = 110;
    std::ostringstream out;
    out << "# dsmsg-node: every option, with its default. An option on the command line (--write-timeout 3000) or in the\n"
           "# environment (DSMSG_WRITE_TIMEOUT=3000) wins over this file. Check a file with: dsmsg-node --config FILE --check-config\n";
    for (const OptionSpec& option : optionTable()) {
        out << "\n";
        const std::string suffix = option.defaultText.empty() ? "" : " [" + option.defaultText + "]";
        comment(out, option.meaning + suffix, width);
        out << "#" << option.name << " = " << exampleValue(option) << "\n";
    }
    return out.str();
}

} // namespace dsmsg::app

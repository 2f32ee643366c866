// SPDX-License-Identifier: GPL-3.0-or-later
//
// proc(5): the fields of /proc/self/stat are counted from behind the name, which may hold anything.
#include "core/http/ProcessFigures.h"

#include <charconv>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

namespace dsmsg::http {

namespace {

std::string contents(const char* path)
{
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find_first_of(" \n"));
        if (!word.empty())
            found.push_back(word);
        text.remove_prefix(word.size() == text.size() ? word.size() : word.size() + 1);
    }
    return found;
}

std::optional<std::uint64_t> number(std::string_view text)
{
    std::uint64_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    return parsed.ec == std::errc() ? std::optional(value) : std::nullopt;
}

/// When the machine was started.
std::optional<std::uint64_t> bootTime()
{
    const std::string stat = contents("/proc/stat");
    constexpr std::string_view name = "\nbtime ";
    const std::size_t at = stat.find(name);
    return at == std::string::npos ? std::nullopt : number(std::string_view(stat).substr(at + name.size()));
}

std::optional<std::uint64_t> openFiles()
{
    DIR* directory = opendir("/proc/self/fd");
    if (directory == nullptr)
        return std::nullopt;
    std::uint64_t count = 0;
    while (const dirent* entry = readdir(directory))
        count += entry->d_name[0] != '.' ? 1 : 0;
    closedir(directory);
    return count - 1; // the directory itself
}

} // namespace

ProcessFigures readProcessFigures()
{
    ProcessFigures figures;
    const std::string stat = contents("/proc/self/stat");
    const std::size_t name = stat.rfind(')');
    const auto fields = name == std::string::npos ? std::vector<std::string_view>{}
                                                  : words(std::string_view(stat).substr(name + 1));
    // Field 3 of proc(5), the state, is the first here.
    const auto field = [&](std::size_t n) {
        return n - 3 < fields.size() ? number(fields[n - 3]) : std::nullopt;
    };
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    if (const auto user = field(14), system = field(15); user && system)
        figures.cpuSeconds = static_cast<double>(*user + *system) / ticks;
    if (const auto started = field(22), boot = bootTime(); started && boot)
        figures.startTime = static_cast<double>(*boot) + static_cast<double>(*started) / ticks;
    figures.threads = field(20);
    figures.virtualBytes = field(23);
    if (const auto pages = field(24))
        figures.residentBytes = *pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    figures.openFiles = openFiles();
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        figures.openFilesMax = limit.rlim_cur;
    return figures;
}

} // namespace dsmsg::http

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/NodeCpu.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <sys/resource.h>
#include <unistd.h>

#include <QHostAddress>

namespace dsmsg::bench {

namespace {

namespace fs = std::filesystem;

/// Port by "socket:[inode]" of every socket that listens here (proc(5), /proc/net/tcp).
std::map<std::string, int> listeningSockets()
{
    std::map<std::string, int> found;
    for (const char* path : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        std::ifstream file(path);
        std::string line;
        std::getline(file, line);
        while (std::getline(file, line)) {
            std::istringstream words(line);
            std::string number, local, remote, state, queues, timer, retransmits, user, timeout, inode;
            words >> number >> local >> remote >> state >> queues >> timer >> retransmits >> user >>
                timeout >> inode;
            const std::size_t colon = local.rfind(':');
            if (state == "0A" && colon != std::string::npos)
                found["socket:[" + inode + ']'] = std::stoi(local.substr(colon + 1), nullptr, 16);
        }
    }
    return found;
}

/// The process that listens on each port, of those that we may look into.
std::map<int, int> listeners()
{
    const auto sockets = listeningSockets();
    std::map<int, int> pids;
    std::error_code ignored;
    for (fs::directory_iterator process("/proc", ignored), end; process != end; process.increment(ignored)) {
        const std::string name = process->path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos)
            continue;
        std::error_code forbidden;
        for (fs::directory_iterator file(process->path() / "fd", forbidden); !forbidden && file != end;
             file.increment(forbidden)) {
            std::error_code gone;
            const auto socket = sockets.find(fs::read_symlink(file->path(), gone).string());
            if (!gone && socket != sockets.end())
                pids[socket->second] = std::stoi(name);
        }
    }
    return pids;
}

} // namespace

std::vector<LocalProcess> localNodes(const QList<QUrl>& urls)
{
    std::vector<LocalProcess> found;
    const auto pids = listeners();
    for (const QUrl& url : urls) {
        const bool isHere = url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
        const auto pid = pids.find(url.port(80));
        if (isHere && pid != pids.end())
            found.push_back({url, pid->second});
    }
    return found;
}

std::optional<Duration> cpuTime(int pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    // The name in parentheses may hold anything; what follows it begins with field 3, the state.
    const std::size_t name = text.rfind(')');
    if (name == std::string::npos)
        return std::nullopt;
    std::istringstream words(text.substr(name + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field)
        words >> skipped;
    std::int64_t user = 0, system = 0;
    if (!(words >> user >> system))
        return std::nullopt;
    return Duration((user + system) * 1'000'000 / sysconf(_SC_CLK_TCK));
}

Duration ownCpuTime()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto micros = [](const timeval& t) { return Duration(t.tv_sec * 1'000'000 + t.tv_usec); };
    return micros(usage.ru_utime) + micros(usage.ru_stime);
}

} // namespace dsmsg::bench

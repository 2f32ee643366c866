// SPDX-License-Identifier: GPL-3.0-or-later
//
// A worker tells the parent over a pipe, in lines: "S seed" when it begins one, "R seed messages events
// simulated" and "C counts..." when it passed, "F text" for each line of a failure, "X" at the end of it. A
// worker that dies without an X died in an assertion; the seed is then run once more for the end of its
// trace.
#include "app/sim/Campaign.h"

#include <poll.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <iterator>
#include <memory>
#include <sstream>
#include <vector>

#include "tests/support/sim/World.h"

namespace dsmsg::sim {

namespace {

using Wall = std::chrono::steady_clock;
constexpr std::uint64_t seedsForFullCoverage = 500;

std::string replayCommand(const Arguments& arguments, std::uint64_t seed)
{
    std::string command = "dsmsg-sim --seeds " + std::to_string(seed) + ".." + std::to_string(seed);
    if (arguments.nodes)
        command += " --nodes " + std::to_string(*arguments.nodes);
    return command + " --trace";
}

WorldResult runSeed(const Arguments& arguments, std::uint64_t seed, std::ostream* trace)
{
    return World({.seed = seed, .nodes = arguments.nodes, .trace = trace}).run();
}

struct Totals
{
    std::uint64_t seeds = 0;
    std::uint64_t failed = 0;
    std::uint64_t messages = 0;
    std::uint64_t events = 0;
    std::uint64_t simulatedSeconds = 0;
    Coverage coverage;
};

/// Runs every `jobs`-th seed and writes the lines described above.
class Worker
{
public:
    Worker(const Arguments& arguments, unsigned number, Wall::time_point end, std::FILE* out)
        : arguments_(arguments)
        , number_(number)
        , end_(end)
        , out_(out)
    {
    }

    void run()
    {
        for (std::uint64_t seed = arguments_.firstSeed + number_; wanted(seed); seed += arguments_.jobs) {
            std::fprintf(out_, "S %llu\n", static_cast<unsigned long long>(seed));
            std::fflush(out_);
            const WorldResult result = runSeed(arguments_, seed, nullptr);
            if (result.violation)
                reportFailure(result);
            else
                reportSuccess(result);
            std::fflush(out_);
        }
    }

private:
    bool wanted(std::uint64_t seed) const
    {
        return seed <= arguments_.lastSeed || (arguments_.minutes && Wall::now() < end_);
    }

    void reportFailure(const WorldResult& result)
    {
        std::ostringstream text;
        text << "checker " << result.violation->checker << ": " << result.violation->what << '\n';
        for (const std::string& line : result.tail)
            text << "    " << line << '\n';
        std::istringstream lines(text.str());
        for (std::string line; std::getline(lines, line);)
            std::fprintf(out_, "F %s\n", line.c_str());
        std::fputs("X\n", out_);
    }

    void reportSuccess(const WorldResult& result)
    {
        std::fprintf(out_, "R %llu %llu %lld\nC", static_cast<unsigned long long>(result.messages),
                     static_cast<unsigned long long>(result.events),
                     static_cast<long long>(result.duration.count() / 1000000));
        for (std::size_t i = 0; i < kindCount; ++i)
            std::fprintf(out_, " %llu",
                         static_cast<unsigned long long>(result.coverage.count(static_cast<Kind>(i))));
        std::fputs("\n", out_);
    }

    const Arguments& arguments_;
    unsigned number_;
    Wall::time_point end_;
    std::FILE* out_;
};

/// A child process and the pipe it writes to.
struct Child
{
    pid_t process = -1;
    int output = -1;     ///< our end of its pipe; -1 once it is gone
    std::string pending; ///< the beginning of a line
    std::uint64_t seed = 0;
    bool running = false; ///< within a seed
    std::vector<std::string> failure;
};

template <class Work>
Child startChild(const Work& work)
{
    int ends[2];
    if (pipe(ends) != 0) {
        std::perror("dsmsg-sim: pipe");
        std::exit(2);
    }
    std::fflush(nullptr);
    Child child;
    child.process = fork();
    if (child.process == 0) {
        close(ends[0]);
        work(ends[1]);
        std::_Exit(0);
    }
    close(ends[1]);
    child.output = ends[0];
    return child;
}

/// The last lines of the trace of a seed whose run aborts.
std::vector<std::string> tailOfAbort(const Arguments& arguments, std::uint64_t seed)
{
    Child child = startChild([&](int out) {
        dup2(out, STDOUT_FILENO);
        std::cout << std::unitbuf;
        runSeed(arguments, seed, &std::cout);
    });
    std::deque<std::string> tail;
    std::FILE* lines = fdopen(child.output, "r");
    char* line = nullptr;
    std::size_t size = 0;
    for (ssize_t length = 0; (length = getline(&line, &size, lines)) > 0;) {
        tail.push_back("    " + std::string(line, static_cast<std::size_t>(length - 1)));
        if (tail.size() > Trace::keptLines)
            tail.pop_front();
    }
    std::free(line);
    std::fclose(lines);
    waitpid(child.process, nullptr, 0);
    return {tail.begin(), tail.end()};
}

void printFailure(const Arguments& arguments, std::uint64_t seed, const std::vector<std::string>& lines)
{
    std::cout << "\nFAILED seed " << seed << "\n  replay: " << replayCommand(arguments, seed) << '\n';
    for (const std::string& line : lines)
        std::cout << "  " << line << '\n';
    std::cout.flush();
}

void takeLine(const Arguments& arguments, Child& child, const std::string& line, Totals& totals)
{
    std::istringstream words(line.size() > 2 ? line.substr(2) : std::string());
    switch (line.front()) {
    case 'S':
        words >> child.seed;
        child.running = true;
        child.failure.clear();
        break;
    case 'R': {
        std::uint64_t messages = 0, events = 0, secs = 0;
        words >> messages >> events >> secs;
        totals.messages += messages;
        totals.events += events;
        totals.simulatedSeconds += secs;
        break;
    }
    case 'C':
        for (std::size_t i = 0; i < kindCount; ++i) {
            std::uint64_t count = 0;
            words >> count;
            totals.coverage.add(static_cast<Kind>(i), count);
        }
        ++totals.seeds;
        child.running = false;
        break;
    case 'F':
        child.failure.push_back(line.substr(2));
        break;
    default:
        ++totals.seeds;
        ++totals.failed;
        child.running = false;
        printFailure(arguments, child.seed, child.failure);
        break;
    }
}

/// Takes what a child has written; false when it is gone.
bool takeOutput(const Arguments& arguments, Child& child, Totals& totals)
{
    char buffer[16384];
    const ssize_t length = read(child.output, buffer, sizeof buffer);
    if (length <= 0)
        return false;
    child.pending.append(buffer, static_cast<std::size_t>(length));
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = child.pending.find('\n', begin)) != std::string::npos; begin = end + 1)
        takeLine(arguments, child, child.pending.substr(begin, end - begin), totals);
    child.pending.erase(0, begin);
    return true;
}

void buryChild(const Arguments& arguments, Child& child, Totals& totals)
{
    close(child.output);
    child.output = -1;
    waitpid(child.process, nullptr, 0);
    if (!child.running)
        return;
    ++totals.seeds;
    ++totals.failed;
    std::vector<std::string> lines{"an assertion ended the run (see standard error); the trace before it:"};
    std::ranges::move(tailOfAbort(arguments, child.seed), std::back_inserter(lines));
    printFailure(arguments, child.seed, lines);
}

/// Listens to all children until they are gone, or until the first failure when only that is asked for.
void listen(const Arguments& arguments, std::vector<Child>& children, Totals& totals)
{
    while (true) {
        std::vector<pollfd> ends;
        ends.reserve(children.size());
        for (const Child& child : children)
            ends.push_back({child.output, POLLIN, 0}); // a negative descriptor is ignored
        if (std::ranges::all_of(ends, [](const pollfd& end) { return end.fd < 0; }))
            return;
        poll(ends.data(), ends.size(), -1);
        for (std::size_t i = 0; i < children.size(); ++i) {
            if (ends[i].revents != 0 && !takeOutput(arguments, children[i], totals))
                buryChild(arguments, children[i], totals);
        }
        if (arguments.firstFailureOnly && totals.failed > 0) {
            for (const Child& child : children) {
                if (child.output >= 0)
                    kill(child.process, SIGKILL);
            }
            return;
        }
    }
}

int verdict(const Arguments& arguments, const Totals& totals)
{
    std::cout << totals.coverage.report();
    std::cout << totals.seeds << " seeds, " << totals.failed << " failed; " << totals.messages
              << " messages acknowledged, " << totals.events << " events, " << totals.simulatedSeconds
              << " simulated seconds\n";
    if (totals.failed > 0)
        return 1;
    const std::vector<Kind> missing = totals.coverage.missing();
    const bool enough = totals.seeds >= seedsForFullCoverage && !arguments.nodes;
    for (const Kind kind : missing)
        std::cout << "never happened: " << nameOf(kind) << '\n';
    return enough && !missing.empty() ? 3 : 0;
}

} // namespace

int runCampaign(const Arguments& arguments)
{
    const Wall::time_point end = Wall::now() + std::chrono::minutes(arguments.minutes.value_or(0));
    std::vector<Child> children;
    for (unsigned number = 0; number < arguments.jobs; ++number) {
        children.push_back(startChild([&](int out) {
            std::FILE* lines = fdopen(out, "w");
            Worker(arguments, number, end, lines).run();
            std::fclose(lines);
        }));
    }
    Totals totals;
    listen(arguments, children, totals);
    return verdict(arguments, totals);
}

int runTraced(const Arguments& arguments)
{
    const WorldResult result = runSeed(arguments, arguments.firstSeed, &std::cout);
    std::cout << result.events << " events, " << result.messages << " messages acknowledged, trace hash "
              << std::hex << result.traceHash << std::dec << '\n';
    if (!result.violation)
        return 0;
    std::cout << "FAILED checker " << result.violation->checker << ": " << result.violation->what << '\n';
    return 1;
}

} // namespace dsmsg::sim

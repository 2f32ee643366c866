// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sim/Arguments.h"

#include <charconv>
#include <string_view>

namespace dsmsg::sim {

namespace {

std::optional<std::uint64_t> number(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

Error wrong(std::string text)
{
    return Error{Error::Kind::Invalid, std::move(text) + " See dsmsg-sim --help."};
}

Result<void> takeSeeds(Arguments& arguments, std::string_view value)
{
    const std::size_t dots = value.find("..");
    const auto first = number(value.substr(0, dots));
    const auto last = dots == std::string_view::npos ? first : number(value.substr(dots + 2));
    if (!first || !last || *first > *last)
        return wrong("--seeds takes a range such as 1..500, or one seed.");
    arguments.firstSeed = *first;
    arguments.lastSeed = *last;
    return {};
}

Result<void> take(Arguments& arguments, std::string_view option, std::string_view value)
{
    if (option == "--seeds")
        return takeSeeds(arguments, value);
    const auto parsed = number(value);
    if (option == "--nodes") {
        if (parsed != 1u && parsed != 3u && parsed != 5u)
            return wrong("--nodes takes 1, 3 or 5.");
        arguments.nodes = static_cast<int>(*parsed);
    } else if (option == "--jobs") {
        if (!parsed || *parsed < 1 || *parsed > 1024)
            return wrong("--jobs takes a number of processes from 1 to 1024.");
        arguments.jobs = static_cast<unsigned>(*parsed);
    } else if (option == "--minutes") {
        if (!parsed || *parsed < 1 || *parsed > 100000)
            return wrong("--minutes takes a number from 1 to 100000.");
        arguments.minutes = static_cast<unsigned>(*parsed);
    } else {
        return wrong("There is no option " + std::string(option) + ".");
    }
    return {};
}

} // namespace

Result<Arguments> parseArguments(int argc, const char* const* argv)
{
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string_view option = argv[i];
        if (option == "--help" || option == "-h") {
            arguments.help = true;
        } else if (option == "--first") {
            arguments.firstFailureOnly = true;
        } else if (option == "--trace") {
            arguments.trace = true;
        } else if (i + 1 == argc) {
            return wrong("There is no option " + std::string(option) + ", or its value is missing.");
        } else if (auto taken = take(arguments, option, argv[++i]); !taken) {
            return taken.error();
        }
    }
    if (arguments.trace && arguments.firstSeed != arguments.lastSeed)
        return wrong("--trace follows a single seed: add --seeds N..N.");
    return arguments;
}

std::string helpText()
{
    return R"(dsmsg-sim: runs whole clusters of dsmsg's core in simulated time, breaks them in every way the
seed says, and checks after every event that nothing acknowledged is lost, doubled or out of order.

  --seeds A..B   seeds to run, both included (default 1..500)
  --nodes N      1, 3 or 5 nodes (default: drawn from each seed)
  --jobs N       processes that share the seeds (default 1)
  --minutes M    go on beyond B with further seeds until M minutes have passed
  --first        stop at the first seed that fails
  --trace        write every event of a single seed to standard output
  --help         this text

Examples
  dsmsg-sim
  dsmsg-sim --seeds 1..10000 --jobs 8
  dsmsg-sim --seeds 1..100 --jobs 4 --minutes 60
  dsmsg-sim --seeds 4711..4711 --trace | less

Exit codes
  0  every seed passed and every kind of fault occurred
  1  a seed failed; the command that replays it is printed
  2  the command line is wrong
  3  every seed passed, but some kind of fault or message never occurred in 500 seeds or more
)";
}

} // namespace dsmsg::sim

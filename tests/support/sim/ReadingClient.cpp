// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/ReadingClient.h"

#include <algorithm>
#include <memory>

namespace dsmsg::sim {

ReadingClient::ReadingClient(Lab& lab, const Options& options, Call call)
    : lab_(lab)
    , options_(options)
    , call_(std::move(call))
    , random_(lab.dice())
{
}

void ReadingClient::start()
{
    const Duration wait(random_.between(0, 2 * options_.pause.count() + 1));
    lab_.events.after(wait, [this] { next(); });
}

void ReadingClient::next()
{
    if (finishing_)
        return;
    const std::uint64_t draw = random_.below(10);
    if (draw < 6)
        begin(raft::ReadLevel::Linearizable, {});
    else if (draw < 7)
        begin(raft::ReadLevel::Leader, {});
    else if (draw < 9)
        begin(std::nullopt, seen_);
    else
        begin(std::nullopt, {});
    start();
}

void ReadingClient::finish()
{
    finishing_ = true;
    begin(raft::ReadLevel::Linearizable, {});
}

void ReadingClient::begin(std::optional<raft::ReadLevel> level, Seq minSeq)
{
    const ReadDemand demand{static_cast<std::uint64_t>(options_.number) * 1000000 + ++reads_, level, minSeq};
    lab_.judge.readBegun(demand);
    const int slot = static_cast<int>(random_.below(static_cast<std::uint64_t>(options_.nodes)));
    const auto answered = std::make_shared<bool>(false);
    call_(slot, demand, [this, answered, last = finishing_](std::optional<Seq> seq) {
        *answered = true;
        seen_ = std::max(seen_, seq.value_or(Seq{}));
        satisfied_ = satisfied_ || (last && seq);
    });
    lab_.events.after(Duration(random_.between(300000, 1500000)), [this, answered] {
        if (!*answered)
            lab_.coverage.seen(Kind::ReadTimeout);
        if (finishing_ && !satisfied_)
            begin(raft::ReadLevel::Linearizable, {});
    });
}

} // namespace dsmsg::sim

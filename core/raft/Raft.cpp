// SPDX-License-Identifier: GPL-3.0-or-later
//
// The public face: what the core answers without a step.
#include "core/raft/Core.h"

#include <algorithm>

namespace dsmsg::raft {

Raft::Raft(const Settings& settings, Identity identity, Restored restored, std::uint64_t seed, Instant now)
    : impl_(std::make_unique<Impl>(settings, std::move(identity), std::move(restored), seed, now))
{
}

Raft::~Raft() = default;

Ready Raft::step(Input input, Instant now)
{
    return impl_->step(std::move(input), now);
}

Instant Raft::deadline() const
{
    return impl_->deadline();
}

Status Raft::status(Instant now) const
{
    return impl_->status(now);
}

Role Raft::role() const
{
    return impl_->role;
}

Term Raft::term() const
{
    return impl_->term();
}

LogIndex Raft::durableIndex() const
{
    return impl_->durability.durableIndex();
}

ServerId Raft::leader() const
{
    return impl_->leaderId;
}

LogIndex Raft::commitIndex() const
{
    return impl_->commit;
}

ClusterId Raft::announcedCluster() const
{
    return impl_->settled ? impl_->config().cluster : ClusterId{};
}

const Configuration& Raft::configuration() const
{
    return impl_->config();
}

std::vector<std::string> Raft::memberUrls() const
{
    std::vector<std::string> urls;
    for (auto it = impl_->configurations.rbegin(); it != impl_->configurations.rend(); ++it) {
        for (const Member& member : it->second.members)
            urls.push_back(member.url);
        if (it->first <= impl_->commit)
            break;
    }
    std::ranges::sort(urls);
    urls.erase(std::unique(urls.begin(), urls.end()), urls.end());
    return urls;
}

std::uint64_t Raft::membersVersion() const
{
    return impl_->membersVersion;
}

bool Raft::serving() const
{
    return impl_->leads() && impl_->applied >= impl_->termStart;
}

bool Raft::handingOver() const
{
    return static_cast<bool>(impl_->transferTo);
}

bool Raft::configurationSettled() const
{
    return impl_->configurations.back().first <= impl_->commit && !impl_->config().joint();
}

LogIndex Raft::durableOn(std::size_t copies) const
{
    return reachedByCopies<LogIndex>(impl_->config(), copies,
                                     [this](ServerId s) { return impl_->matchOf(s); });
}

LogIndex Raft::matchIndex(ServerId server) const
{
    return impl_->matchOf(server);
}

std::vector<std::string> Raft::holders(LogIndex index) const
{
    std::vector<std::string> ids;
    for (const Member& member : impl_->config().members) {
        if (member.bound() && impl_->matchOf(member.server) >= index)
            ids.push_back(member.id);
    }
    return ids;
}

std::vector<EntryPtr> Raft::entries(LogIndex first, LogIndex last, std::size_t bytesMax) const
{
    return impl_->log.read(first, last, bytesMax);
}

Term Raft::termAt(LogIndex index) const
{
    return impl_->log.termAt(index);
}

} // namespace dsmsg::raft

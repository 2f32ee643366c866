// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/raft/Configuration.h"

#include <algorithm>

#include "core/base/Cbor.h"

namespace dsmsg::raft {

namespace {

constexpr std::uint64_t encodingVersion = 2; // 1 had no `replaces`

} // namespace

const Member* Configuration::find(ServerId server) const
{
    const auto found =
        std::ranges::find_if(members, [&](const Member& m) { return m.bound() && m.server == server; });
    return found == members.end() ? nullptr : &*found;
}

const Member* Configuration::findUrl(std::string_view url) const
{
    const auto found = std::ranges::find(members, url, &Member::url);
    return found == members.end() ? nullptr : &*found;
}

const Member* Configuration::findId(std::string_view id) const
{
    const auto found = std::ranges::find(members, id, &Member::id);
    return found == members.end() ? nullptr : &*found;
}

bool Configuration::isVoter(ServerId server) const
{
    if (!server)
        return false;
    const Member* member = find(server);
    return (member != nullptr && member->role == MemberRole::Voter) ||
           std::ranges::count(oldVoters, server) > 0;
}

std::size_t Configuration::voterSlots() const
{
    return static_cast<std::size_t>(std::ranges::count(members, MemberRole::Voter, &Member::role));
}

std::vector<ServerId> Configuration::others(ServerId self) const
{
    std::vector<ServerId> result;
    for (const Member& member : members) {
        if (member.bound() && member.server != self)
            result.push_back(member.server);
    }
    for (ServerId server : oldVoters) {
        if (server && server != self && std::ranges::count(result, server) == 0)
            result.push_back(server);
    }
    return result;
}

std::string encodeConfiguration(const Configuration& configuration)
{
    CborWriter writer;
    writer.array(4);
    writer.unsignedInteger(encodingVersion);
    writer.bytes(configuration.cluster.view());
    writer.array(configuration.members.size());
    for (const Member& member : configuration.members) {
        writer.array(5);
        writer.unsignedInteger(member.server.value);
        writer.text(member.id);
        writer.text(member.url);
        writer.unsignedInteger(static_cast<std::uint64_t>(member.role));
        writer.unsignedInteger(member.replaces.value);
    }
    writer.array(configuration.oldVoters.size());
    for (ServerId server : configuration.oldVoters)
        writer.unsignedInteger(server.value);
    return writer.take();
}

Result<Configuration> decodeConfiguration(std::string_view data)
{
    CborReader reader(data);
    Configuration configuration;
    const bool whole = reader.array() == 4;
    const std::uint64_t version = reader.unsignedInteger();
    if (!whole || version < 1 || version > encodingVersion)
        return Error{Error::Kind::Invalid,
                     "This configuration entry is damaged or was written by a newer version."};
    const std::string_view cluster = reader.bytes();
    if (cluster.size() != configuration.cluster.bytes.size())
        reader.fail();
    else
        std::ranges::copy(cluster, reinterpret_cast<char*>(configuration.cluster.bytes.data()));
    for (std::uint64_t n = reader.array(); n > 0 && reader.ok(); --n) {
        Member member;
        if (reader.array() != (version == 1 ? 4 : 5))
            reader.fail();
        member.server = ServerId(reader.unsignedInteger());
        member.id = reader.text();
        member.url = reader.text();
        const std::uint64_t role = reader.unsignedInteger();
        if (role > static_cast<std::uint64_t>(MemberRole::Joining))
            reader.fail();
        member.role = static_cast<MemberRole>(role);
        if (version > 1)
            member.replaces = ServerId(reader.unsignedInteger());
        configuration.members.push_back(std::move(member));
    }
    for (std::uint64_t n = reader.array(); n > 0 && reader.ok(); --n)
        configuration.oldVoters.emplace_back(reader.unsignedInteger());
    if (!reader.finished())
        return Error{Error::Kind::Invalid, "This configuration entry is damaged."};
    return configuration;
}

std::size_t majorityOf(std::size_t slots)
{
    return slots / 2 + 1;
}

std::size_t effectiveQuorum(std::size_t voters, std::size_t asked)
{
    return std::min(std::max(majorityOf(voters), asked), voters);
}

} // namespace dsmsg::raft

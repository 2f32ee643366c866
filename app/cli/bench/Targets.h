// SPDX-License-Identifier: GPL-3.0-or-later
//
// The nodes that the load may be sent to, and which of them leads as far as is known.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sys/socket.h>

#include "core/base/Result.h"

namespace dsmsg::bench {

struct Target
{
    std::string url;       ///< base URL, without a slash at the end
    std::string authority; ///< host:port
    sockaddr_storage address{};
    socklen_t addressLength = 0;
};

class Targets
{
public:
    static constexpr std::size_t targetsMax = 64;

    /// Resolves the name, which may block. Only http. The index of the target, a new one or the one that has
    /// this URL.
    Result<std::size_t> add(const std::string& url);

    const std::vector<Target>& all() const { return all_; }
    std::optional<std::size_t> leader() const { return leader_; }
    void setLeader(std::size_t target) { leader_ = target; }
    /// It does not lead, or cannot be reached.
    void failed(std::size_t target);
    /// The leader, else the nodes in turn.
    std::size_t choose();

private:
    std::vector<Target> all_;
    std::optional<std::size_t> leader_;
    std::size_t turn_ = 0;
};

} // namespace dsmsg::bench

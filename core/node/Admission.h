// SPDX-License-Identifier: GPL-3.0-or-later
//
// Foresees the seq of messages that an asynchronous leader acknowledges before they are applied (CORE.md, Seq
// and dedup): the applied ids, and those admitted since, in the order in which they will be applied. Right
// unless leadership is lost first, and then dropped. Belongs to the apply thread.
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/node/Proposals.h"

namespace dsmsg::node {

class Admission
{
public:
    explicit Admission(messaging::Store& store, messaging::MessageReader& reader)
        : store_(store)
        , reader_(reader)
    {
    }

    /// `ids` in the order in which they will be proposed.
    Result<std::vector<Foreseen>> admit(const std::vector<messaging::IdHash>& ids);
    /// Everything up to the store's last seq is applied: what was foreseen for it is fact now.
    void caughtUp();
    void drop();

private:
    struct HashOfId
    {
        std::size_t operator()(const messaging::IdHash& id) const noexcept
        {
            return std::hash<std::string_view>{}(id.view());
        }
    };
    Result<Foreseen> admitOne(const messaging::IdHash& id);

    messaging::Store& store_;
    messaging::MessageReader& reader_;
    std::unordered_map<messaging::IdHash, Seq, HashOfId> pending_;
    std::deque<std::pair<Seq, messaging::IdHash>> order_;
};

} // namespace dsmsg::node

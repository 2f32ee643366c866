// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/Admission.h"

namespace dsmsg::node {

Result<std::vector<Foreseen>> Admission::admit(const std::vector<messaging::IdHash>& ids)
{
    std::vector<Foreseen> all;
    all.reserve(ids.size());
    for (const messaging::IdHash& id : ids) {
        auto one = admitOne(id);
        if (!one)
            return one.error();
        all.push_back(std::move(*one));
    }
    return all;
}

Result<Foreseen> Admission::admitOne(const messaging::IdHash& id)
{
    if (const auto twin = pending_.find(id); twin != pending_.end())
        return Foreseen{twin->second, true, {}};
    auto known = store_.findId(id);
    if (!known)
        return known.error();
    if (known->has_value()) {
        auto first = reader_.bySeq(**known);
        if (!first)
            return first.error();
        return Foreseen{**known, true, std::move(*first)};
    }
    const Seq last = order_.empty() ? store_.applied().lastSeq : order_.back().first;
    const Seq seq = last.next();
    pending_.emplace(id, seq);
    order_.emplace_back(seq, id);
    return Foreseen{seq, false, {}};
}

void Admission::caughtUp()
{
    const Seq applied = store_.applied().lastSeq;
    while (!order_.empty() && order_.front().first <= applied) {
        pending_.erase(order_.front().second);
        order_.pop_front();
    }
}

void Admission::drop()
{
    pending_.clear();
    order_.clear();
}

} // namespace dsmsg::node

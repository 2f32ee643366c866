// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/AckLevels.h"

#include "core/http/Query.h"

namespace dsmsg::http {

std::optional<Fault> readAckLevel(std::string_view name, node::AckLevel& level)
{
    if (name == "leader")
        level = node::AckLevel::Leader;
    else if (name == "quorum")
        level = node::AckLevel::Quorum;
    else if (name == "all")
        level = node::AckLevel::All;
    else
        return Fault{400, "ack must be leader, quorum or all"};
    return std::nullopt;
}

std::optional<Fault> readAckParameter(const std::string& rawQuery, const HttpLimits& limits,
                                      node::AckLevel& level)
{
    if (rawQuery.empty())
        return std::nullopt;
    const auto query = Query::parse(rawQuery, limits.queryPairsMax);
    if (!query)
        return Fault{400, query.error().text};
    const auto ack = query->find("ack");
    return ack ? readAckLevel(*ack, level) : std::nullopt;
}

} // namespace dsmsg::http

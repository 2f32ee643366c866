// SPDX-License-Identifier: GPL-3.0-or-later
//
// The query part of a URL as name and value pairs, with %XX and '+' decoded. Not QUrlQuery: that leaves '+'
// alone, which every HTML form and many clients send for a space.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/Result.h"

namespace dsmsg::http {

/// %XX decoded, in a path, where '+' is a plus. Invalid: the result is not UTF-8.
Result<std::string> decodePercent(std::string_view raw);

class Query
{
public:
    /// Invalid: too many pairs, or a value that is not UTF-8 when decoded. Malformed %XX stay as they are.
    static Result<Query> parse(std::string_view raw, std::size_t pairsMax);

    /// The last value of that name; none when it is not there.
    std::optional<std::string_view> find(std::string_view name) const;

private:
    std::vector<std::pair<std::string, std::string>> pairs_;
};

} // namespace dsmsg::http

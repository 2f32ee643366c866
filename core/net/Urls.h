// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/Result.h"

namespace dsmsg::net {

/// scheme://host:port, lower case, default ports spelled out, no path: so that two spellings of one base URL
/// are one member. Only http is accepted; an error says what is wrong with the text.
Result<std::string> normaliseUrl(const std::string& text);

/// Comma-separated base URLs, normalised, sorted; empty parts are skipped, a repeated one is an error.
Result<std::vector<std::string>> parseUrlList(const std::string& text);

} // namespace dsmsg::net

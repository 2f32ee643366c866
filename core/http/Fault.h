// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace dsmsg::http {

/// Why a request is refused: the status of the answer and a sentence that says what to do.
struct Fault
{
    int status = 400;
    std::string reason;
};

} // namespace dsmsg::http

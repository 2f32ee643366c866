// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Assert.h"

#include <cstdio>
#include <cstdlib>

namespace dsmsg {

void assertionFailed(const char* expression, const char* file, int line, const char* why)
{
    std::fprintf(stderr,
                 "dsmsg: internal error: %s (%s:%d: %s). Stopping, so that nothing wrong is passed on.\n",
                 why, file, line, expression);
    std::abort();
}

} // namespace dsmsg

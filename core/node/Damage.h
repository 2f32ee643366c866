// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/Result.h"
#include "core/storage/DataDirectory.h"

namespace dsmsg::node {

/// Why a worker stops, in words. What turned out to be damaged is noted in the directory, so that the next
/// start sets it aside instead of trusting it (storage/Quarantine.h).
inline std::string reasonToStop(const storage::DataDirectory& directory, const Error& error)
{
    if (error.kind != Error::Kind::Corrupt)
        return error.text;
    const auto noted = directory.noteDamage(error.text);
    return noted ? error.text : error.text + " (and it could not be noted: " + noted.error().text + ")";
}

} // namespace dsmsg::node

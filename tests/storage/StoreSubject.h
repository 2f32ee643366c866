// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stores that the conformance suite runs on, each with a reader, and what its tests fill them with.
#pragma once

#include <memory>
#include <vector>

#include <QString>

#include "core/messaging/Store.h"

namespace dsmsg::storage::testing {

/// A store under test with a reader on it.
class Subject
{
public:
    virtual ~Subject() = default;
    virtual messaging::Store& store() = 0;
    virtual messaging::MessageReader& reader() = 0;
    /// Lets background work run.
    virtual void settle() {}
    /// A clean restart, of a store that can; references to store and reader are void.
    virtual void reopen() {}
};

/// `kind`: "memory" or "sqlite".
std::unique_ptr<Subject> makeSubject(const QString& kind);

/// Messages number `first` and on, from five senders to seven recipients.
std::vector<messaging::Message> streamOf(std::uint64_t first, std::uint64_t count);

/// Moves one chunk after the target's position through its encoding; true when it was the last.
bool moveChunk(messaging::Store& from, messaging::Store& to, std::size_t bytesMax);

} // namespace dsmsg::storage::testing

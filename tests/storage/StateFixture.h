// SPDX-License-Identifier: GPL-3.0-or-later
//
// A state store and a reader on it, filled with a known stream: message `n` gets seq n + 1, every hundredth
// goes to "rare".
#pragma once

#include <memory>

#include "core/storage/StateStore.h"
#include "tests/storage/StorageFixtures.h"

namespace dsmsg::storage::testing {

class StateFixture
{
public:
    explicit StateFixture(std::unique_ptr<Place> place = std::make_unique<Place>());

    Place& place() { return *place_; }
    StateStore& store() { return *store_; }
    messaging::MessageReader& reader() { return *reader_; }

    void close();
    /// A clean restart; the store must open.
    void reopen();
    /// Runs a statement on the closed database, as a stray tool would.
    void harm(const QString& sql);
    std::int64_t count(const char* sql);

    /// Applies messages [first, first + count) in entries of `batch`.
    Result<void> apply(std::uint64_t first, std::uint64_t count, std::uint64_t batch);
    void settle(); ///< all background work
    /// QVERIFYs that the store holds messages [0, count), each found by page, by id and by recipient.
    void verify(std::uint64_t count);

private:
    std::unique_ptr<Place> place_;
    std::unique_ptr<StateStore> store_;
    std::unique_ptr<messaging::MessageReader> reader_;
};

} // namespace dsmsg::storage::testing

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stores that the conformance suite runs on, each with a reader, and what its tests fill them with.
#pragma once

#include <memory>
#include <vector>

#include <QObject>
#include <QString>

#include "core/messaging/StateMachine.h"

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

/// Runs every test function on each kind of store, empty at its beginning.
class StoreTest : public QObject
{
    Q_OBJECT

protected:
    /// The next entry, in term 3.
    std::vector<messaging::AppliedMessage> apply(const std::vector<messaging::Message>& messages,
                                                 UnixTime watermark = {});

    std::unique_ptr<Subject> subject_;
    std::unique_ptr<messaging::StateMachine> machine_;
    std::uint64_t index_ = 0; ///< of the last entry applied

protected Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();
};

} // namespace dsmsg::storage::testing

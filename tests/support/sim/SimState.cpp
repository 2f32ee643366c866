// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/SimState.h"

namespace dsmsg::sim {

void SimState::changed()
{
    view_.applied = store_.applied();
    view_.cursors = store_.cursors();
}

void SimState::checkpoint()
{
    store_.checkpoint();
    view_.durable = store_.durable().index;
}

void SimState::cutPower()
{
    store_.cutPower();
    builder_.reset(); // gone with the process
    if (staged_)
        staged_->cutPower();
    changed();
}

SimState::Stored SimState::stage(std::uint64_t position, std::string_view chunk)
{
    // A first piece where more is staged: this leader's state does not continue what another's began.
    if (position == 0 && !chunk.empty())
        discard();
    const std::uint64_t reached = staged_ ? staged_->applied().lastSeq.value : 0;
    if (chunk.empty() || position != reached)
        return {reached, {}};
    const auto decoded = messaging::decodeChunk(chunk);
    const bool repeated = decoded && view_.staged && decoded->segments.empty() && decoded->finished &&
                          decoded->finished->index == view_.staged;
    if (repeated)
        return {reached, view_.staged};
    if (!staged_)
        staged_ = std::make_unique<testing::MemoryStore>();
    if (!builder_)
        builder_.emplace(*staged_);
    view_.staged = {};
    if (!decoded || !builder_->add(*decoded)) {
        discard();
        return {};
    }
    if (decoded->finished) {
        staged_->checkpoint();
        view_.staged = staged_->applied().index;
    }
    return {staged_->applied().lastSeq.value, view_.staged};
}

void SimState::discard()
{
    builder_.reset();
    staged_.reset();
    view_.staged = {};
}

bool SimState::install(LogIndex index)
{
    if (!staged_ || view_.staged != index)
        return false;
    builder_.reset();
    store_ = std::move(*staged_);
    staged_.reset();
    view_.staged = {};
    view_.durable = index;
    changed();
    return true;
}

bool SimState::completeInstall(LogIndex base)
{
    return store_.applied().index >= base || install(base);
}

} // namespace dsmsg::sim

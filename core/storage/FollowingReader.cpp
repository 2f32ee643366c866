// SPDX-License-Identifier: GPL-3.0-or-later
//
// A reader that follows the state in use: an installed snapshot is another file, which each reader opens at
// its next call, in its own thread. An answer from the file before is as good as any that is a moment old;
// only when the file went away during the call is the call made again.
#include "core/storage/StateStore.h"

namespace dsmsg::storage {

namespace {

class FollowingReader final : public messaging::MessageReader
{
public:
    explicit FollowingReader(const DataDirectory& directory)
        : directory_(directory)
    {
    }

    Result<void> follow()
    {
        return onCurrent([](messaging::MessageReader&) { return Result<void>(); });
    }
    Result<messaging::Page> page(const messaging::PageQuery& query) override
    {
        return onCurrent([&](messaging::MessageReader& reader) { return reader.page(query); });
    }
    Result<messaging::DeliveryPage> deliveries(const messaging::DeliveryQuery& query) override
    {
        return onCurrent([&](messaging::MessageReader& reader) { return reader.deliveries(query); });
    }
    Result<std::optional<messaging::StoredMessage>> bySeq(Seq seq) override
    {
        return onCurrent([&](messaging::MessageReader& reader) { return reader.bySeq(seq); });
    }
    Result<messaging::AppliedState> applied() override
    {
        return onCurrent([](messaging::MessageReader& reader) { return reader.applied(); });
    }
    Result<std::optional<Seq>> cursor(const std::string& recipient) override
    {
        return onCurrent([&](messaging::MessageReader& reader) { return reader.cursor(recipient); });
    }
    Result<messaging::InboxSummary> inboxes(std::size_t limit) override
    {
        return onCurrent([&](messaging::MessageReader& reader) { return reader.inboxes(limit); });
    }

private:
    Result<void> open(LogIndex index)
    {
        if (reader_ && opened_ == index)
            return {};
        reader_.reset();
        auto reader = openMessageReader(directory_.stateFile(index));
        if (!reader)
            return reader.error();
        reader_ = std::move(*reader);
        opened_ = index;
        return {};
    }

    /// Ends: each round but the last means that a snapshot was installed meanwhile.
    template <class Call>
    auto onCurrent(const Call& call) -> decltype(call(std::declval<messaging::MessageReader&>()))
    {
        while (true) {
            const LogIndex index = directory_.stateIndex();
            auto opened = open(index);
            if (opened) {
                auto result = call(*reader_);
                if (index == directory_.stateIndex())
                    return result;
            } else if (index == directory_.stateIndex()) {
                return opened.error();
            }
        }
    }

    const DataDirectory& directory_;
    LogIndex opened_;
    std::unique_ptr<messaging::MessageReader> reader_;
};

} // namespace

Result<std::unique_ptr<messaging::MessageReader>> openMessageReader(const DataDirectory& directory)
{
    auto reader = std::make_unique<FollowingReader>(directory);
    if (auto opened = reader->follow(); !opened)
        return opened.error();
    return std::unique_ptr<messaging::MessageReader>(std::move(reader));
}

} // namespace dsmsg::storage

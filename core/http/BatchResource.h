// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/http/DraftReader.h"
#include "core/http/WriteResource.h"

namespace dsmsg::http {

/// POST /send/batch: many messages in one request, each with a result of its own, in their order. Not atomic:
/// some may be taken and others not.
class BatchResource final : public Resource, private OutcomeReceiver
{
public:
    explicit BatchResource(WriteParts parts)
        : parts_(parts)
    {
    }
    Methods methods() const override { return Methods::Post; }
    void handle(const Request& request, ReplyTo to) override;

private:
    /// One request whose results are still coming, in whatever order.
    struct Group
    {
        ReplyTo to;
        std::string query;                                       ///< for a redirect
        std::string text;                                        ///< results, as they came
        std::vector<std::pair<std::size_t, std::size_t>> slices; ///< of `text`, begin and size, by message
        std::size_t missing = 0;
        std::size_t accepted = 0;
        std::size_t refused = 0;   ///< nothing was appended, for want of a leader, room or disk
        std::size_t diskFull = 0;  ///< of those
        std::size_t undecided = 0; ///< may be in the log all the same
        std::string leaderUrl;     ///< of the leader that took them, else of the one that would
    };

    void settled(const Settled& one) override;
    static void count(Group& group, const Verdict& verdict);
    template <class Write>
    static void addResult(Group& group, std::size_t position, Write write);
    void finishIfComplete(std::uint64_t number);
    static Response answerTo(const Group& group);

    WriteParts parts_;
    SlotTable<Group> groups_;
};

} // namespace dsmsg::http

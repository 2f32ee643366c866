// SPDX-License-Identifier: GPL-3.0-or-later
//
// What happens, as log lines and as events for observers.
#include <algorithm>

#include <QLoggingCategory>

#include "core/node/EventWords.h"
#include "core/node/RaftDriver.h"

Q_DECLARE_LOGGING_CATEGORY(lcRaft)

namespace dsmsg::node {

void RaftDriver::logEvents(const std::vector<raft::Event>& events)
{
    for (const raft::Event& event : events) {
        const raft::Member* member = raft_.configuration().find(event.peer);
        // One that joins has not heard the members' names yet.
        const std::string who = member != nullptr ? member->id : "a node not known by name yet";
        EventWords words = wordsOf(event, who);
        switch (words.severity) {
        case Severity::Debug:
            qCDebug(lcRaft, "%s", words.text.c_str());
            break;
        case Severity::Info:
            qCInfo(lcRaft, "%s", words.text.c_str());
            break;
        case Severity::Warning:
            qCWarning(lcRaft, "%s", words.text.c_str());
            break;
        }
        ObservedEvent observed = eventNow(words.kind, std::move(words.text));
        observed.term = event.term;
        observed.index = event.index;
        observed.peer = member != nullptr ? member->id : std::string{};
        observed.cause = event.cause;
        observer_.happened(std::move(observed), event.kind);
    }
}

ObservedEvent RaftDriver::eventNow(std::string_view kind, std::string text)
{
    ObservedEvent event;
    event.clusterTime = timekeeper_.clusterNow();
    event.bound = timekeeper_.bound();
    event.at = clock_.now();
    event.kind = kind;
    event.term = raft_.term();
    event.text = std::move(text);
    return event;
}

/// What is in force now and was not, and what is not any more.
void RaftDriver::noteFaults(const std::vector<ActiveFault>& before)
{
    const auto has = [](const std::vector<ActiveFault>& faults, std::uint64_t id) {
        return std::ranges::count(faults, id, &ActiveFault::id) > 0;
    };
    const auto note = [this](std::string_view kind, const ActiveFault& fault, const char* what) {
        ObservedEvent event = eventNow(kind, what + describe(fault.order) + ".");
        event.cause = "fault " + std::to_string(fault.id);
        observer_.happened(std::move(event));
    };
    for (const ActiveFault& fault : before) {
        if (!has(faults_, fault.id))
            note("fault_off", fault, "Healed: ");
    }
    for (const ActiveFault& fault : faults_) {
        if (!has(before, fault.id))
            note("fault_on", fault, "Injected: ");
    }
}

} // namespace dsmsg::node

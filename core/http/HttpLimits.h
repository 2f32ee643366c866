// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every bound of the HTTP side in one place, with the defaults of CORE.md ("Defaults of size"). Whatever a
// client can make grow has a line here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "core/base/Clock.h"

namespace dsmsg::http {

struct HttpLimits
{
    std::size_t headerBytesMax = 16 * 1024; ///< request line and header fields together; beyond: 431
    std::size_t headerFieldsMax = 100;      ///< number of header fields; beyond: 431
    std::size_t bodyBytesMax = 8u << 20;    ///< beyond: 413, before the body is read
    std::size_t payloadBytesMax = 1u << 20; ///< of one message; beyond: 413
    std::size_t nameBytesMax = 256;         ///< msg_id, sender, recipient; beyond: 400
    std::size_t queryPairsMax = 32;         ///< parameters of one query; beyond: 400
    std::size_t pipelinedMax = 64;          ///< requests of one connection in flight; beyond: not read yet
    std::size_t writeBufferBytesMax = 1u
                                      << 20; ///< answers a client has not taken; beyond: not read any further
    std::size_t batchMessagesMax = 10'000;   ///< of one /send/batch or one pub frame; beyond: 413
    std::size_t pendingSubmissionsMax = 65536;         ///< of all connections; beyond: 503 with Retry-After
    std::size_t pendingSubmissionBytesMax = 64u << 20; ///< payload of all of them; beyond: same
    std::size_t pendingQueriesMax = 1024;              ///< status and raft questions to the node; beyond: 503
    std::uint32_t pageMax = 1000;                      ///< messages of one page
    std::size_t pageBytesMax = 16u << 20;         ///< a page's body ends after the message that passes this
    std::size_t subscribersMax = 4096;            ///< of /events, /ws and long polls together; beyond: 503
    std::size_t waitersMax = 2048;                ///< long polls that wait; beyond: 503
    std::size_t feedMessagesMax = 8192;           ///< recent messages kept for subscribers, for each order
    std::size_t feedBytesMax = 8u << 20;          ///< same, bytes
    std::size_t streamBufferBytesMax = 64 * 1024; ///< written and not taken by a subscriber; beyond, it waits
    std::size_t wsWindow = 8192;                  ///< unanswered messages of a WebSocket; beyond: rejected
    std::size_t wsWindowBytesMax = 16u << 20;     ///< payload of those, unless it is one alone; same
    std::size_t wsFrameBytesMax = 8u << 20;       ///< one message of a WebSocket; beyond: closed, 1009
    std::size_t wsWriteBufferBytesMax = 8u << 20; ///< written and not taken by a WebSocket; beyond: cut off
    std::size_t wsSubscriptionsMax = 64;          ///< of one WebSocket; beyond: refused
    std::uint64_t wsCreditMax = 1u << 20;         ///< of one subscription; what is given beyond is forgotten
    std::size_t observersMax = 64;                ///< of /observe; beyond: 503
    std::size_t observedEventsMax = 500; ///< events that an observer gets at once; the rest a moment later
    std::size_t historyRowsMax = 2000;   ///< rows of one answer of /observe/history
    std::uint32_t jsonDepthMax = 256;    ///< nesting; beyond: 400
    Milliseconds headerTimeMax =
        std::chrono::seconds(10); ///< from a request's first byte to the end of its head
    Milliseconds bodyTimeMax = std::chrono::seconds(60); ///< from the end of the head to the end of the body
    Milliseconds readTimeMax = std::chrono::seconds(5);  ///< a read waits no longer to be as fresh as asked
    Milliseconds idleTimeMax = std::chrono::seconds(60); ///< without a byte in either direction
    Milliseconds waitMax = std::chrono::seconds(60);     ///< of a long poll
    Milliseconds heartbeatTime = std::chrono::seconds(15); ///< a stream is silent no longer than this
    Milliseconds stallTimeMax =
        std::chrono::seconds(30); ///< a stream whose client takes nothing is ended after this
    Milliseconds feedTurnMax =
        std::chrono::milliseconds(4);                       ///< serving subscribers before others have a turn
    Milliseconds wsPingInterval = std::chrono::seconds(10); ///< a WebSocket that is silent is asked
    Milliseconds wsSilenceMax = std::chrono::seconds(30);   ///< and cut off when nothing comes
    Milliseconds lingerTimeMax =
        std::chrono::seconds(2); ///< a refused client may go on sending before the reset
};

} // namespace dsmsg::http

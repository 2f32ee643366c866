// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is wrong with a node's links at the moment, for fault lab and torture: pure decisions, so that a test
// sees them without a socket, and the queue of frames that a slow link still holds. A cut stops every frame
// of a link, pings included, so that both sides notice; delay and loss meet Raft's messages and the exchanges
// of time. The faults are one node's: it drops what it sends and what it receives, and the peer cannot tell
// that from a cable.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Ids.h"
#include "core/base/Random.h"
#include "core/net/Frame.h"

namespace dsmsg::net {

enum class Way : std::uint8_t
{
    In = 1,
    Out = 2,
    Both = 3,
};

/// The other end of a link, by both its names. The id is empty until the peer was met.
struct PeerName
{
    std::string url;
    std::string id;
};

struct LinkRule
{
    std::vector<std::string> peers; ///< URLs or ids; empty: every peer
    Way way = Way::Both;
    bool cut = false;
    Milliseconds delay{0}; ///< of every message, on top of the link's own
    double loss = 0;       ///< the part of the messages that vanishes, 0 to 1
};

class LinkFaults
{
public:
    explicit LinkFaults(std::uint64_t seed)
        : random_(seed)
    {
    }

    void set(std::vector<LinkRule> rules) { rules_ = std::move(rules); }
    bool any() const { return !rules_.empty(); }
    /// Whether no frame passes; `way` is In or Out.
    bool cuts(Way way, const PeerName& peer) const;
    /// How much longer a message takes; none when it is lost.
    std::optional<Milliseconds> fate(Way way, const PeerName& peer);

private:
    std::vector<LinkRule> rules_;
    Random random_;
};

/// Frames on their way over slow links, in order of arrival.
class HeldFrames
{
public:
    struct Held
    {
        Way way = Way::Out; ///< In: received from `peer`, not yet delivered
        ServerId peer;
        Frame frame;
    };

    /// A frame beyond the bound is lost, as on a link whose buffers are full.
    void hold(Instant due, Held frame);
    std::vector<Held> takeDue(Instant now);
    std::optional<Instant> next() const;

private:
    std::multimap<Instant, Held> frames_; ///< equal times keep their order
};

} // namespace dsmsg::net

// SPDX-License-Identifier: GPL-3.0-or-later
//
// What goes through a hub and may be made late or lost on the way by an injected fault: Raft's messages and
// the exchanges of time. A time is read before a slow way out and behind a slow way in, so that a slow
// direction looks to an exchange as it would on a slow cable.
#include <algorithm>

#include <QTimer>

#include "core/net/PeerLinks.h"

namespace dsmsg::net {

void PeerHub::give(ServerId to, const PeerName& peer, Frame frame)
{
    if (passes(Way::Out, peer, to, frame))
        transmit(to, frame);
}

void PeerHub::transmit(ServerId to, const Frame& frame)
{
    if (std::holds_alternative<TimeReply>(frame)) {
        if (IncomingLink* link = linkFrom(to))
            link->send(frame);
    } else if (OutgoingLink* link = linkTo(to)) {
        link->send(frame);
    }
}

bool PeerHub::passes(Way way, const PeerName& peer, ServerId server, Frame& frame)
{
    if (!faults_.any())
        return true;
    const auto delay = faults_.fate(way, peer);
    if (delay && *delay > Milliseconds(0)) {
        held_.hold(clock_.now() + *delay, {way, server, std::move(frame)});
        awaitHeld();
    }
    return delay == Milliseconds(0);
}

void PeerHub::releaseHeld()
{
    for (HeldFrames::Held& held : held_.takeDue(clock_.now())) {
        if (held.way == Way::In)
            take(held.peer, std::move(held.frame), clock_.now());
        else
            transmit(held.peer, held.frame);
    }
    awaitHeld();
}

void PeerHub::awaitHeld()
{
    if (const auto next = held_.next())
        heldTimer_->start(std::chrono::ceil<Milliseconds>(std::max(*next - clock_.now(), Duration::zero())));
}

void PeerHub::arrived(ServerId from, const PeerName& peer, Frame frame, Instant now)
{
    if (passes(Way::In, peer, from, frame))
        take(from, std::move(frame), now);
}

void PeerHub::take(ServerId from, Frame frame, Instant now)
{
    if (auto* message = std::get_if<raft::Message>(&frame)) {
        if (callbacks_.received)
            callbacks_.received(from, std::move(*message));
    } else if (const auto* probe = std::get_if<TimeProbe>(&frame)) {
        if (IncomingLink* link = linkFrom(from))
            give(from, link->name(), TimeReply{probe->number, now, clock_.now(), clockMark_});
    } else if (const auto* reply = std::get_if<TimeReply>(&frame)) {
        OutgoingLink* link = linkTo(from);
        const auto sent = link != nullptr ? link->probedAt(reply->number) : std::nullopt;
        if (sent && callbacks_.timeTold)
            callbacks_.timeTold(from, {*sent, now, *reply});
    }
}

} // namespace dsmsg::net

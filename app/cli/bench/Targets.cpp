// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/Targets.h"

#include <cstring>

#include <netdb.h>

#include <QUrl>

#include "core/base/Assert.h"

namespace dsmsg::bench {

Result<std::size_t> Targets::add(const std::string& url)
{
    const QUrl parsed(QString::fromStdString(url));
    if (parsed.scheme() != QLatin1String("http") || parsed.host().isEmpty())
        return Error{Error::Kind::Invalid, "bench speaks http only, not " + url + '.'};
    const std::string host = parsed.host().toStdString();
    const std::string port = std::to_string(parsed.port(80));
    const std::string authority =
        (host.find(':') == std::string::npos ? host : '[' + host + ']') + ':' + port;
    for (std::size_t i = 0; i < all_.size(); ++i) {
        if (all_[i].authority == authority)
            return i;
    }
    if (all_.size() == targetsMax)
        return Error{Error::Kind::Busy, "more than 64 nodes; give those that matter with --node."};
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int failure = getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
    if (failure != 0)
        return Error{Error::Kind::NotFound, authority + " has no address: " + gai_strerror(failure) + '.'};
    Target target{.url = "http://" + authority, .authority = authority};
    std::memcpy(&target.address, found->ai_addr, found->ai_addrlen);
    target.addressLength = found->ai_addrlen;
    freeaddrinfo(found);
    all_.push_back(std::move(target));
    return all_.size() - 1;
}

void Targets::failed(std::size_t target)
{
    if (leader_ == target)
        leader_.reset();
    if (turn_ % all_.size() == target)
        ++turn_;
}

std::size_t Targets::choose()
{
    DSMSG_ASSERT(!all_.empty(), "the load has somewhere to go");
    return leader_ ? *leader_ : turn_ % all_.size();
}

} // namespace dsmsg::bench

// SPDX-License-Identifier: GPL-3.0-or-later
//
// POST /send or /send/batch over a kept connection, one request at a time. Reads just as much of an answer as
// the load needs: the status, the length, the leader's address, the outcomes.
#pragma once

#include "app/cli/bench/Protocol.h"

namespace dsmsg::bench {

class HttpProtocol final : public Protocol
{
public:
    /// `batch` messages at most in one request; 1 uses /send. `format` outlives this.
    HttpProtocol(const MessageFormat& format, std::size_t batch);

    std::string greeting(const std::string& authority) override;
    std::size_t room() const override { return underWay_ > 0 ? 0 : batch_; }
    void write(std::string& out, std::uint64_t first, std::span<const Task> tasks) override;
    bool read(std::string_view in, std::size_t& taken, Incoming& incoming, std::string& out) override;

private:
    void readAnswer(int status, std::string_view head, std::string_view body, Incoming& incoming) const;
    void readResults(std::string_view body, Incoming& incoming) const;

    const MessageFormat& format_;
    const std::size_t batch_;
    std::string head_; ///< of every request, up to the length
    std::uint64_t first_ = 0;
    std::size_t underWay_ = 0; ///< messages of the request that is not answered yet
};

/// The value of a header, by its lower-case name; empty when it is not there.
std::string_view headerValue(std::string_view head, std::string_view name);

} // namespace dsmsg::bench

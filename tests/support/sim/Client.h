// SPDX-License-Identifier: GPL-3.0-or-later
//
// A client as the contract wants it: sends to any node, follows redirects, repeats under the same id until it
// is answered, and sometimes repeats what was answered long ago.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/Random.h"
#include "core/messaging/Message.h"
#include "tests/support/sim/Lab.h"
#include "tests/support/sim/SimProcess.h"

namespace dsmsg::sim {

class Client
{
public:
    struct Options
    {
        int number = 0;
        int nodes = 3;
        Duration pause = std::chrono::milliseconds(100); ///< mean time between new messages
        std::uint32_t atOnceMax = 8;                     ///< messages without an answer
        std::uint32_t payloadBytesMax = 200;
    };
    /// Brings a request to a node and its reply back, or not.
    using Call = std::function<void(int slot, const Request&, Answer)>;

    Client(Lab& lab, const Options& options, Call call);

    void start();
    /// No new messages; those under way go on until they are answered.
    void finish() { finishing_ = true; }
    void sendOne();

    std::size_t open() const { return open_; }
    std::size_t acknowledged() const { return acknowledged_; }

private:
    struct Operation
    {
        Request request;
        std::uint32_t attempt = 0;
        std::optional<Seq> seq; ///< once acknowledged
        bool done = false;
    };
    void next();
    void begin(std::size_t operation);
    void attempt(std::size_t operation, int slot);
    void answered(std::size_t operation, std::uint32_t attempt, const Reply& reply);
    void repeat(std::size_t operation, Duration after, int slot);
    Request compose();

    Lab& lab_;
    Options options_;
    Call call_;
    Random random_;
    std::vector<Operation> operations_;
    std::size_t open_ = 0;
    std::size_t acknowledged_ = 0;
    bool finishing_ = false;
};

} // namespace dsmsg::sim

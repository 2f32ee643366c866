// SPDX-License-Identifier: GPL-3.0-or-later
//
// The framer sees a connection in whatever pieces the network makes of it. Two readings of one connection
// that differ are how requests are smuggled, so the property is that there is only one reading.
#include <string>
#include <vector>

#include "core/base/Assert.h"
#include "core/base/Hash.h"
#include "core/base/Random.h"
#include "core/http/RequestFramer.h"
#include "tests/fuzz/Targets.h"

namespace dsmsg::fuzz {

namespace {

struct Framed
{
    std::string head;
    std::string body;
    std::string origin;
    bool keepAlive = true;
    bool expectsContinue = false;
    bool isHead = false;
    bool operator==(const Framed&) const = default;
};

struct Reading
{
    std::vector<Framed> requests;
    int refusal = 0; ///< the status; 0: nothing was refused
    bool operator==(const Reading&) const = default;
};

/// Small, so that an input of a few kilobytes reaches every one of them.
http::HttpLimits smallLimits()
{
    http::HttpLimits limits;
    limits.headerBytesMax = 512;
    limits.headerFieldsMax = 8;
    limits.bodyBytesMax = 1500;
    return limits;
}

class Connection
{
public:
    void receive(std::string_view bytes)
    {
        buffer_.compact();
        buffer_.append(bytes);
        while (reading_.refusal == 0 && takeOne()) {
        }
        const std::size_t most = limits_.headerBytesMax + limits_.bodyBytesMax + bytes.size() + 1026;
        DSMSG_ASSERT(reading_.refusal != 0 || buffer_.size() <= most, "a request is kept beyond its limits");
    }
    const Reading& reading() const { return reading_; }

private:
    /// False: more bytes are needed, or nothing more can be understood.
    bool takeOne()
    {
        const auto step = framer_.advance(buffer_);
        if (step == http::RequestFramer::Step::Refused) {
            reading_.refusal = framer_.fault().status;
            DSMSG_ASSERT(reading_.refusal >= 400 && !framer_.fault().reason.empty(),
                         "a refusal gives no reason");
            DSMSG_ASSERT(!framer_.keepAlive(), "a connection goes on after a refusal");
        }
        if (step != http::RequestFramer::Step::Complete)
            return false;
        const std::string_view body = framer_.body(buffer_);
        DSMSG_ASSERT(body.size() <= limits_.bodyBytesMax, "a body is larger than allowed");
        DSMSG_ASSERT(framer_.head().ends_with("\r\n\r\n"), "a head has no end");
        reading_.requests.push_back({framer_.head(), std::string(body), framer_.origin(), framer_.keepAlive(),
                                     framer_.expectsContinue(), framer_.isHead()});
        framer_.next(buffer_);
        return true;
    }

    const http::HttpLimits limits_ = smallLimits();
    http::RequestFramer framer_{limits_};
    http::InputBuffer buffer_;
    Reading reading_;
};

} // namespace

void httpFraming(std::string_view input)
{
    Connection whole;
    whole.receive(input);
    Connection bytewise;
    for (const char& byte : input)
        bytewise.receive({&byte, 1});
    Connection pieces;
    Random random(crc32(input));
    for (std::string_view rest = input; !rest.empty();) {
        const std::size_t size = 1 + random.below(rest.size());
        pieces.receive(rest.substr(0, size));
        rest.remove_prefix(size);
    }
    DSMSG_ASSERT(whole.reading() == bytewise.reading(), "a byte at a time is framed in another way");
    DSMSG_ASSERT(whole.reading() == pieces.reading(), "pieces are framed in another way than the whole");
}

} // namespace dsmsg::fuzz

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes the chunked transfer coding apart (RFC 9112 section 7.1). Extensions and trailers are read past and
// dropped.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/http/Fault.h"
#include "core/http/HttpLimits.h"
#include "core/http/InputBuffer.h"

namespace dsmsg::http {

class ChunkedBody
{
public:
    /// `limits` must outlive this object.
    explicit ChunkedBody(const HttpLimits& limits)
        : limits_(limits)
    {
    }

    enum class Step : std::uint8_t
    {
        NeedMore,
        Complete,
        Refused
    };
    /// Consumes what it decoded.
    Step advance(InputBuffer& input);
    void reset();

    std::string_view body() const { return body_; }
    const Fault& fault() const { return fault_; }

private:
    enum class Stage : std::uint8_t
    {
        Size,
        Data,
        DataEnd,
        Trailer,
        Complete
    };

    Step refuse(int status, std::string reason);
    bool takeLine(InputBuffer& input, std::string& line);
    Step readSize(const std::string& line);

    const HttpLimits& limits_;
    Stage stage_ = Stage::Size;
    std::size_t left_ = 0; ///< of the current chunk
    std::size_t trailerBytes_ = 0;
    std::string body_;
    Fault fault_;
};

} // namespace dsmsg::http

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bytes of a connection that were read and not used yet: appended at the end, consumed at the front,
// contiguous.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dsmsg::http {

class InputBuffer
{
public:
    std::string_view view() const { return std::string_view(bytes_).substr(begin_); }
    std::size_t size() const { return bytes_.size() - begin_; }
    bool empty() const { return size() == 0; }

    void append(std::string_view more) { bytes_.append(more); }

    /// Invalidates views only when everything is consumed or the next append() comes.
    void consume(std::size_t count)
    {
        begin_ += count;
        if (begin_ < bytes_.size())
            return;
        begin_ = 0;
        bytes_.clear();
        if (bytes_.capacity() > keptCapacity)
            bytes_ = std::string();
    }

    /// Moves what is left to the front, once, before more is read.
    void compact()
    {
        bytes_.erase(0, begin_);
        begin_ = 0;
    }

private:
    static constexpr std::size_t keptCapacity = 64 * 1024; ///< a large request must not hold memory for ever

    std::string bytes_;
    std::size_t begin_ = 0;
};

} // namespace dsmsg::http

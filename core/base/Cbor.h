// SPDX-License-Identifier: GPL-3.0-or-later
//
// CBOR (RFC 8949) as the project uses it: definite-length arrays and maps, numbers, byte and text strings,
// booleans and null. A thin pair over libcbor's streaming interface: the writer appends to one string, the
// reader walks a buffer without copying. The reader trusts nothing: it checks each header and each length
// against the buffer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dsmsg {

class CborWriter
{
public:
    /// `reserve` in bytes.
    explicit CborWriter(std::size_t reserve = 256) { out_.reserve(reserve); }

    void array(std::size_t count);
    void integer(std::int64_t value);
    void unsignedInteger(std::uint64_t value);
    void bytes(std::string_view value);
    void text(std::string_view value); ///< must be UTF-8
    void boolean(bool value);
    void null();

    const std::string& buffer() const { return out_; }
    std::string take() { return std::move(out_); }

private:
    using Encode = std::size_t(std::uint64_t, unsigned char*, std::size_t);
    void head(std::uint64_t value, Encode* encode);

    std::string out_;
};

/// Reads items in order. After the first mismatch `ok()` is false for good, and every read returns an empty
/// value.
class CborReader
{
public:
    /// `data` must outlive the reader and every view it returned.
    explicit CborReader(std::string_view data)
        : data_(data)
    {
    }

    /// What the next item is. Invalid: nothing is left, it is damaged, or of a kind that is not used here.
    enum class Kind : std::uint8_t
    {
        Invalid,
        Unsigned,
        Negative,
        Real,
        Bytes,
        Text,
        Array,
        Map,
        Boolean,
        Null
    };
    Kind peek();

    std::uint64_t array(); ///< the count of items that follow
    std::uint64_t map();   ///< the count of pairs that follow
    double number();       ///< an integer or a floating-point number of any size
    std::int64_t integer();
    std::uint64_t unsignedInteger();
    std::string_view bytes();
    std::string_view text(); ///< not checked to be UTF-8
    bool boolean();
    bool skipNull(); ///< true and consumed when the next item is null
    /// Passes over the next item with all that is in it. Bad when it nests deeper than `depthMax`.
    void skip(std::uint32_t depthMax);

    bool ok() const { return ok_; }
    /// True when everything was read without error and nothing is left over.
    bool finished() const { return ok_ && position_ == data_.size(); }
    std::size_t position() const { return position_; }
    /// Marks the input bad, for a caller that found a value out of its range.
    void fail() { ok_ = false; }

private:
    struct Item;
    Item next();

    std::string_view data_;
    std::size_t position_ = 0;
    bool ok_ = true;
};

} // namespace dsmsg

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Cbor.h"

#include <cbor.h>

#include <limits>

namespace dsmsg {

// --- writing ---

void CborWriter::head(std::uint64_t value, Encode* encode)
{
    unsigned char buffer[9];
    const std::size_t length = encode(value, buffer, sizeof buffer);
    out_.append(reinterpret_cast<const char*>(buffer), length);
}

void CborWriter::array(std::size_t count)
{
    head(count,
         [](std::uint64_t v, unsigned char* b, std::size_t n) { return cbor_encode_array_start(v, b, n); });
}

void CborWriter::integer(std::int64_t value)
{
    if (value >= 0)
        return unsignedInteger(static_cast<std::uint64_t>(value));
    head(static_cast<std::uint64_t>(-(value + 1)),
         [](std::uint64_t v, unsigned char* b, std::size_t n) { return cbor_encode_negint(v, b, n); });
}

void CborWriter::unsignedInteger(std::uint64_t value)
{
    head(value, [](std::uint64_t v, unsigned char* b, std::size_t n) { return cbor_encode_uint(v, b, n); });
}

void CborWriter::bytes(std::string_view value)
{
    head(value.size(), [](std::uint64_t v, unsigned char* b, std::size_t n) {
        return cbor_encode_bytestring_start(v, b, n);
    });
    out_.append(value);
}

void CborWriter::text(std::string_view value)
{
    head(value.size(),
         [](std::uint64_t v, unsigned char* b, std::size_t n) { return cbor_encode_string_start(v, b, n); });
    out_.append(value);
}

void CborWriter::boolean(bool value)
{
    head(value ? 1 : 0,
         [](std::uint64_t v, unsigned char* b, std::size_t n) { return cbor_encode_bool(v != 0, b, n); });
}

void CborWriter::null()
{
    head(0, [](std::uint64_t, unsigned char* b, std::size_t n) { return cbor_encode_null(b, n); });
}

// --- reading ---

struct CborReader::Item
{
    using Kind = CborReader::Kind;
    Kind kind = Kind::Invalid;
    std::uint64_t number = 0; ///< value, count, or 0/1
    double real = 0;
    std::string_view string;
};

namespace {

template <class Item>
cbor_callbacks makeCallbacks()
{
    using Kind = typename Item::Kind;
    const auto set = [](void* context, Kind kind, std::uint64_t number) {
        auto* item = static_cast<Item*>(context);
        item->kind = kind;
        item->number = number;
    };
    static constexpr auto store = set;
    cbor_callbacks callbacks = cbor_empty_callbacks;
    callbacks.uint8 = [](void* c, std::uint8_t v) { store(c, Kind::Unsigned, v); };
    callbacks.uint16 = [](void* c, std::uint16_t v) { store(c, Kind::Unsigned, v); };
    callbacks.uint32 = [](void* c, std::uint32_t v) { store(c, Kind::Unsigned, v); };
    callbacks.uint64 = [](void* c, std::uint64_t v) { store(c, Kind::Unsigned, v); };
    callbacks.negint8 = [](void* c, std::uint8_t v) { store(c, Kind::Negative, v); };
    callbacks.negint16 = [](void* c, std::uint16_t v) { store(c, Kind::Negative, v); };
    callbacks.negint32 = [](void* c, std::uint32_t v) { store(c, Kind::Negative, v); };
    callbacks.negint64 = [](void* c, std::uint64_t v) { store(c, Kind::Negative, v); };
    callbacks.array_start = [](void* c, auto count) { store(c, Kind::Array, count); };
    callbacks.map_start = [](void* c, auto count) { store(c, Kind::Map, count); };
    static constexpr auto storeReal = [](void* c, double v) {
        store(c, Kind::Real, 0);
        static_cast<Item*>(c)->real = v;
    };
    callbacks.float2 = [](void* c, float v) { storeReal(c, v); };
    callbacks.float4 = [](void* c, float v) { storeReal(c, v); };
    callbacks.float8 = [](void* c, double v) { storeReal(c, v); };
    callbacks.boolean = [](void* c, bool v) { store(c, Kind::Boolean, v ? 1 : 0); };
    callbacks.null = [](void* c) { store(c, Kind::Null, 0); };
    callbacks.byte_string = [](void* c, cbor_data data, auto length) {
        store(c, Kind::Bytes, length);
        static_cast<Item*>(c)->string = {reinterpret_cast<const char*>(data),
                                         static_cast<std::size_t>(length)};
    };
    callbacks.string = [](void* c, cbor_data data, auto length) {
        store(c, Kind::Text, length);
        static_cast<Item*>(c)->string = {reinterpret_cast<const char*>(data),
                                         static_cast<std::size_t>(length)};
    };
    return callbacks;
}

} // namespace

CborReader::Item CborReader::next()
{
    static const cbor_callbacks callbacks = makeCallbacks<Item>();
    Item item;
    if (!ok_)
        return item;
    const auto* source = reinterpret_cast<const unsigned char*>(data_.data()) + position_;
    const cbor_decoder_result result =
        cbor_stream_decode(source, data_.size() - position_, &callbacks, &item);
    if (result.status != CBOR_DECODER_FINISHED || item.kind == Item::Kind::Invalid) {
        ok_ = false;
        return {};
    }
    position_ += result.read;
    return item;
}

std::uint64_t CborReader::array()
{
    const Item item = next();
    // An array cannot have more items than bytes that follow: a false count must not make anybody reserve
    // memory.
    if (item.kind != Item::Kind::Array || item.number > data_.size() - position_)
        ok_ = false;
    return ok_ ? item.number : 0;
}

std::uint64_t CborReader::map()
{
    const Item item = next();
    if (item.kind != Item::Kind::Map || item.number > (data_.size() - position_) / 2)
        ok_ = false;
    return ok_ ? item.number : 0;
}

double CborReader::number()
{
    const Item item = next();
    switch (item.kind) {
    case Item::Kind::Unsigned:
        return static_cast<double>(item.number);
    case Item::Kind::Negative:
        return -1.0 - static_cast<double>(item.number);
    case Item::Kind::Real:
        return item.real;
    default:
        ok_ = false;
        return 0;
    }
}

CborReader::Kind CborReader::peek()
{
    const std::size_t before = position_;
    const bool wasOk = ok_;
    const Kind kind = next().kind;
    position_ = before;
    ok_ = wasOk;
    return kind;
}

void CborReader::skip(std::uint32_t depthMax)
{
    const Item item = next();
    const bool container = item.kind == Item::Kind::Array || item.kind == Item::Kind::Map;
    if (!container)
        return;
    if (depthMax == 0 || item.number > data_.size() - position_)
        ok_ = false;
    const std::uint64_t items = item.kind == Item::Kind::Map ? 2 * item.number : item.number;
    for (std::uint64_t i = 0; i < items && ok_; ++i)
        skip(depthMax - 1);
}

std::int64_t CborReader::integer()
{
    const Item item = next();
    const bool fits = item.number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (fits && item.kind == Item::Kind::Unsigned)
        return static_cast<std::int64_t>(item.number);
    if (fits && item.kind == Item::Kind::Negative)
        return -static_cast<std::int64_t>(item.number) - 1;
    ok_ = false;
    return 0;
}

std::uint64_t CborReader::unsignedInteger()
{
    const Item item = next();
    if (item.kind != Item::Kind::Unsigned)
        ok_ = false;
    return ok_ ? item.number : 0;
}

std::string_view CborReader::bytes()
{
    const Item item = next();
    if (item.kind != Item::Kind::Bytes)
        ok_ = false;
    return ok_ ? item.string : std::string_view{};
}

std::string_view CborReader::text()
{
    const Item item = next();
    if (item.kind != Item::Kind::Text)
        ok_ = false;
    return ok_ ? item.string : std::string_view{};
}

bool CborReader::boolean()
{
    const Item item = next();
    if (item.kind != Item::Kind::Boolean)
        ok_ = false;
    return ok_ && item.number != 0;
}

bool CborReader::skipNull()
{
    if (peek() != Kind::Null)
        return false;
    next();
    return true;
}

} // namespace dsmsg

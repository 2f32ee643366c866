// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an operation that may fail in operation returns. Programmer errors assert instead; nothing throws
// across a layer.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "core/base/Assert.h"

namespace dsmsg {

/// What went wrong, for the code that must decide (`kind`) and for the person who reads it (`text`).
struct Error
{
    enum class Kind
    {
        Invalid, ///< the input is malformed; retrying the same is useless
        NotFound,
        Busy,     ///< a bound was reached; retry later
        DiskFull, ///< no space; the one storage failure that is retried
        Io,       ///< a read, write, commit or sync failed; the node must stop writing
        Corrupt,  ///< what was read back is not what was written
        Refused,  ///< belongs to another node, cluster or version, or is locked by another process
    };
    Kind kind = Kind::Invalid;
    std::string text; ///< one sentence or two: what happened and what to do
};

template <class T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : state_(std::in_place_index<0>, std::move(value))
    {
    } // NOLINT(google-explicit-constructor)
    Result(Error error)
        : state_(std::in_place_index<1>, std::move(error))
    {
    } // NOLINT(google-explicit-constructor)

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() &
    {
        DSMSG_ASSERT(ok(), "value() of a failed Result");
        return *std::get_if<0>(&state_);
    }
    const T& value() const&
    {
        DSMSG_ASSERT(ok(), "value() of a failed Result");
        return *std::get_if<0>(&state_);
    }
    T&& value() && { return std::move(value()); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const
    {
        DSMSG_ASSERT(state_.index() == 1, "error() of a successful Result");
        return *std::get_if<1>(&state_);
    }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error)
        : error_(std::move(error))
    {
    } // NOLINT(google-explicit-constructor)

    bool ok() const { return !error_.has_value(); }
    explicit operator bool() const { return ok(); }
    const Error& error() const
    {
        DSMSG_ASSERT(!ok(), "error() of a successful Result");
        return *error_;
    }

private:
    std::optional<Error> error_;
};

} // namespace dsmsg

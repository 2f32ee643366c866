// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a route is made of: a resource says which methods it takes and answers now or later, by number.
#pragma once

#include <string_view>

#include "core/http/Request.h"
#include "core/http/Response.h"

namespace dsmsg::http {

/// Where answers go. Outlives every resource.
class AnswerSink
{
public:
    virtual ~AnswerSink() = default;
    /// At most once per request; dropped when the client has left.
    virtual void answer(ReplyTo to, Response response) = 0;
};

class Resource
{
public:
    virtual ~Resource() = default;
    /// "GET" includes HEAD.
    enum class Methods : std::uint8_t
    {
        Get,
        Post,
        GetPostDelete
    };
    virtual Methods methods() const = 0;
    /// Called in the HTTP thread with a method that methods() allows (HEAD arrives as Get). Answers exactly
    /// once, within the call or later.
    virtual void handle(const Request& request, ReplyTo to) = 0;
};

/// A resource that needs nothing but `Parts`: references to what outlives it.
template <class Parts, Resource::Methods taken>
class ResourceOf : public Resource
{
public:
    explicit ResourceOf(Parts parts)
        : parts_(parts)
    {
    }
    Methods methods() const final { return taken; }

protected:
    Parts parts_;
};

} // namespace dsmsg::http

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Path to resource; and the answers that need no resource: OPTIONS, unknown path, wrong method.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/http/Resource.h"

namespace dsmsg::http {

class Router
{
public:
    /// `sink` must outlive the router.
    explicit Router(AnswerSink& sink)
        : sink_(sink)
    {
    }

    /// `path` may hold {} for one segment, which is percent-decoded after the path was taken apart: a name
    /// with a slash is a name.
    void add(std::string path, std::unique_ptr<Resource> resource);
    void dispatch(const Request& request, ReplyTo to);

private:
    struct Found
    {
        Resource* resource = nullptr;
        std::string_view segment; ///< as sent
    };
    Found find(const Request& request) const;

    AnswerSink& sink_;
    std::vector<std::pair<std::string, std::unique_ptr<Resource>>> routes_; ///< a dozen: a scan beats hashing
};

} // namespace dsmsg::http

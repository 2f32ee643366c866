// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/Router.h"

#include "core/http/Query.h"

namespace dsmsg::http {

namespace {

bool allows(Resource::Methods methods, Method method)
{
    const bool get = method == Method::Get || method == Method::Head;
    switch (methods) {
    case Resource::Methods::Get:
        return get;
    case Resource::Methods::Post:
        return method == Method::Post;
    case Resource::Methods::GetPostDelete:
        break;
    }
    return get || method == Method::Post || method == Method::Delete;
}

Response wrongMethod(Resource::Methods methods)
{
    switch (methods) {
    case Resource::Methods::Get: {
        Response response = faultResponse({405, "use GET here"});
        response.allow = "GET, HEAD, OPTIONS";
        return response;
    }
    case Resource::Methods::Post: {
        Response response = faultResponse({405, "use POST here"});
        response.allow = "POST, OPTIONS";
        return response;
    }
    case Resource::Methods::GetPostDelete:
        break;
    }
    Response response = faultResponse({405, "use GET, POST or DELETE here"});
    response.allow = "GET, HEAD, POST, DELETE, OPTIONS";
    return response;
}

/// What `path` has in place of the {} at `gap`; empty: it is another path.
std::string_view segmentIn(std::string_view path, std::string_view pattern, std::size_t gap)
{
    const std::string_view before = pattern.substr(0, gap);
    const std::string_view after = pattern.substr(gap + 2);
    if (path.size() < before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
        return {};
    path.remove_prefix(before.size());
    path.remove_suffix(after.size());
    return path.find('/') == std::string_view::npos ? path : std::string_view();
}

} // namespace

void Router::add(std::string path, std::unique_ptr<Resource> resource)
{
    routes_.emplace_back(std::move(path), std::move(resource));
}

Router::Found Router::find(const Request& request) const
{
    for (const auto& [known, resource] : routes_) {
        const std::size_t gap = known.find("{}");
        if (gap == std::string::npos) {
            if (known == request.path)
                return {resource.get(), {}};
        } else if (const auto segment = segmentIn(request.rawPath, known, gap); !segment.empty()) {
            return {resource.get(), segment};
        }
    }
    return {};
}

void Router::dispatch(const Request& request, ReplyTo to)
{
    if (request.method == Method::Options) {
        sink_.answer(to, Response{.status = 204});
        return;
    }
    const auto [resource, segment] = find(request);
    if (!resource) {
        sink_.answer(to, faultResponse({404, "there is nothing at " + request.path}));
        return;
    }
    if (!allows(resource->methods(), request.method)) {
        sink_.answer(to, wrongMethod(resource->methods()));
        return;
    }
    if (segment.empty())
        return resource->handle(request, to);
    Request named = request;
    auto decoded = decodePercent(segment);
    if (!decoded)
        return sink_.answer(to, faultResponse({400, decoded.error().text}));
    named.segment = std::move(*decoded);
    resource->handle(named, to);
}

} // namespace dsmsg::http

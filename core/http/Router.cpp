// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/Router.h"

namespace dsmsg::http {

namespace {

bool allows(Resource::Methods methods, Method method)
{
    if (methods == Resource::Methods::Get)
        return method == Method::Get || method == Method::Head;
    return method == Method::Post;
}

} // namespace

void Router::add(std::string path, std::unique_ptr<Resource> resource)
{
    routes_.emplace_back(std::move(path), std::move(resource));
}

Resource* Router::find(std::string_view path) const
{
    for (const auto& [known, resource] : routes_)
        if (known == path)
            return resource.get();
    return nullptr;
}

void Router::dispatch(const Request& request, ReplyTo to)
{
    if (request.method == Method::Options) {
        sink_.answer(to, Response{.status = 204});
        return;
    }
    Resource* resource = find(request.path);
    if (!resource) {
        sink_.answer(to, faultResponse({404, "there is nothing at " + request.path}));
        return;
    }
    if (!allows(resource->methods(), request.method)) {
        const bool get = resource->methods() == Resource::Methods::Get;
        Response response = faultResponse({405, get ? "use GET here" : "use POST here"});
        response.allow = get ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
        sink_.answer(to, std::move(response));
        return;
    }
    resource->handle(request, to);
}

} // namespace dsmsg::http

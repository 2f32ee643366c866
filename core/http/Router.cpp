// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/Router.h"

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
        sink_.answer(to, wrongMethod(resource->methods()));
        return;
    }
    resource->handle(request, to);
}

} // namespace dsmsg::http

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/JsonText.h"

namespace dsmsg::client {

namespace json = simdjson::ondemand;

QByteArray rawValue(json::value value)
{
    json::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS)
        return {};
    std::string_view raw;
    if (type == json::json_type::object) {
        json::object inner;
        if (value.get_object().get(inner) != simdjson::SUCCESS ||
            inner.raw_json().get(raw) != simdjson::SUCCESS)
            return {};
    } else if (type == json::json_type::array) {
        json::array inner;
        if (value.get_array().get(inner) != simdjson::SUCCESS ||
            inner.raw_json().get(raw) != simdjson::SUCCESS)
            return {};
    } else {
        raw = value.raw_json_token();
    }
    return bytesOf(raw).trimmed();
}

} // namespace dsmsg::client

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/Query.h"

#include <QByteArrayView>
#include <algorithm>

namespace dsmsg::http {

namespace {

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::string decode(std::string_view raw, char space = '+')
{
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == space) {
            out += ' ';
        } else if (raw[i] == '%' && i + 2 < raw.size() && hexValue(raw[i + 1]) >= 0 &&
                   hexValue(raw[i + 2]) >= 0) {
            out += static_cast<char>(hexValue(raw[i + 1]) * 16 + hexValue(raw[i + 2]));
            i += 2;
        } else {
            out += raw[i];
        }
    }
    return out;
}

bool isUtf8(const std::string& text)
{
    return QByteArrayView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8();
}

} // namespace

Result<std::string> decodePercent(std::string_view raw)
{
    std::string text = decode(raw, ' ');
    if (!isUtf8(text))
        return Error{Error::Kind::Invalid, "a name in the path is not UTF-8"};
    return text;
}

Result<Query> Query::parse(std::string_view raw, std::size_t pairsMax)
{
    Query query;
    while (!raw.empty()) {
        const std::string_view pair = raw.substr(0, raw.find('&'));
        raw.remove_prefix(std::min(pair.size() + 1, raw.size()));
        if (pair.empty())
            continue;
        if (query.pairs_.size() == pairsMax)
            return Error{Error::Kind::Invalid, "more than " + std::to_string(pairsMax) + " query parameters"};
        const std::size_t equals = std::min(pair.find('='), pair.size());
        std::string value = decode(pair.substr(std::min(equals + 1, pair.size())));
        if (!isUtf8(value))
            return Error{Error::Kind::Invalid, "a query parameter is not UTF-8"};
        query.pairs_.emplace_back(decode(pair.substr(0, equals)), std::move(value));
    }
    return query;
}

std::optional<std::string_view> Query::find(std::string_view name) const
{
    const auto last = std::find_if(pairs_.rbegin(), pairs_.rend(),
                                   [&](const auto& pair) { return std::string_view(pair.first) == name; });
    return last != pairs_.rend() ? std::optional<std::string_view>(last->second) : std::nullopt;
}

} // namespace dsmsg::http

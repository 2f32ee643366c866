// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/http/JsonOracle.h"

#include <simdjson.h>

namespace dsmsg::test {

struct JsonOracle::Impl
{
    simdjson::dom::parser parser;
};

JsonOracle::JsonOracle()
    : impl_(std::make_unique<Impl>())
{
}

JsonOracle::~JsonOracle() = default;

JsonOracle::Opinion JsonOracle::judge(const std::string& document)
{
    simdjson::dom::element root;
    const simdjson::error_code error = impl_->parser.parse(document).get(root);
    if (error == simdjson::NUMBER_ERROR || error == simdjson::STRING_ERROR)
        return Opinion::Undecided;
    return error == simdjson::SUCCESS && root.is_object() ? Opinion::Object : Opinion::Refused;
}

} // namespace dsmsg::test

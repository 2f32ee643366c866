// SPDX-License-Identifier: GPL-3.0-or-later
//
// simdjson's opinion of a document, in a file of its own: moc does not get through simdjson's header.
#pragma once

#include <memory>
#include <string>

namespace dsmsg::test {

class JsonOracle
{
public:
    enum class Opinion
    {
        Object,
        Refused,
        Undecided, ///< a number beyond a double or half a surrogate pair, which simdjson refuses and a
                   ///< payload may hold
    };
    JsonOracle();
    ~JsonOracle();
    Opinion judge(const std::string& document);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace dsmsg::test

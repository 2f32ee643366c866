// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/MessageFormat.h"

namespace dsmsg::bench {

const std::string MessageFormat::sender = "bench";

MessageFormat::MessageFormat(const std::string& run, std::size_t payloadBytes)
    : head_(R"({"sender":")" + sender + R"(","recipient":"all","msg_id":")" + run + '-')
    , tail_(R"(","payload":")" + std::string(payloadBytes, 'x') + R"("})")
{
}

void MessageFormat::append(std::string& out, std::uint64_t number) const
{
    out += head_;
    const std::size_t at = out.size();
    out.append(digits, '0');
    for (std::size_t i = digits; i > 0 && number > 0; --i, number /= 10)
        out[at + i - 1] = static_cast<char>('0' + number % 10);
    out += tail_;
}

} // namespace dsmsg::bench

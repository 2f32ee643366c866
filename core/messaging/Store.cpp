// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messaging/Store.h"

namespace dsmsg::messaging {

IdHash hashMessageId(std::string_view msgId)
{
    return blake2s128({msgId});
}

} // namespace dsmsg::messaging

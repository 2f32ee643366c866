// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messaging/Message.h"

namespace dsmsg::messaging {

IdHash hashMessageId(std::string_view msgId)
{
    return blake2s128({msgId});
}

const char* toString(CorrectionMethod method)
{
    switch (method) {
    case CorrectionMethod::Offset:
        return "offset";
    case CorrectionMethod::DriftCompensated:
        return "drift_compensated";
    case CorrectionMethod::Hybrid:
        break;
    }
    return "hybrid";
}

} // namespace dsmsg::messaging

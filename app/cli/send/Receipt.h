// SPDX-License-Identifier: GPL-3.0-or-later
//
// What became of one message: in words, as JSON, and as an exit code.
#pragma once

#include "app/cli/ExitCode.h"
#include "core/client/Types.h"

namespace dsmsg::cli {

ExitCode exitCodeOf(const client::SendResult& result);
/// "seq 12, on disk at n1, n3 (term 2, index 7), id m"; of one that is stored.
QString receiptInWords(const client::SendResult& result);
/// What went wrong and what to do; of one that is not acknowledged.
QString failureInWords(const client::SendResult& result);
/// One line: the node's own answer when acknowledged, else {status, outcome, msg_id, reason, attempts, seq?}.
QByteArray resultJson(const client::SendResult& result);

} // namespace dsmsg::cli

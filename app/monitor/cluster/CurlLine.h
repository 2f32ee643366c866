// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request as a line for a shell: what is shown beside a control does exactly what the control does.
#pragma once

#include <QString>

#include "core/client/Http.h"

namespace dsmsg::monitor {

/// `word` as one word of a POSIX shell; quoted only where it has to be.
QString shellQuoted(const QString& word);
/// Routes that change the cluster want to be sure that no web page sent the request (API.md, "Browsers").
bool steersCluster(const QUrl& url);
QString curlLine(const client::HttpRequest& request);

} // namespace dsmsg::monitor

// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads messages from a file: NDJSON (as `dsmsg send` takes it), a JSON list, or CSV with a line of names.
// One bad line spoils only itself. Meant for another thread: it takes as long as the file is.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include <QString>

#include "core/client/Types.h"

namespace dsmsg::monitor {

struct ImportedDraft
{
    int line = 0; ///< in the file, from 1
    client::Draft draft;
};

struct BadLine
{
    int line = 0;
    QString text; ///< what is wrong with it
};

struct ImportedFile
{
    QString format;  ///< "NDJSON", "JSON" or "CSV"
    QString problem; ///< why nothing could be read; "" when something was
    std::vector<ImportedDraft> drafts;
    QList<BadLine> bad; ///< the first of them
    qsizetype badCount = 0;
    QString digest; ///< of the contents, 12 characters: the same file has the same
};

struct ImportLimits
{
    qint64 bytes = 64 << 20;
    std::size_t drafts = 200'000;
    qsizetype badLines = 1000;
};

/// `progress` hears shares of 1 now and then; `cancelled` is looked at as often.
ImportedFile readImport(const QString& path, const ImportLimits& limits,
                        const std::function<void(double)>& progress, const std::atomic<bool>& cancelled);

} // namespace dsmsg::monitor

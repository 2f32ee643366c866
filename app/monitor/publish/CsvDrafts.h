// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the columns of a CSV file mean. `sender`, `recipient`, `msg_id`, `ts`, `ttl` are what they are called;
// `payload` is a text, `payload_json` a JSON value. With neither, all other columns together are the payload,
// as an object of texts: so any table can be sent.
#pragma once

#include "app/monitor/publish/CsvReader.h"
#include "core/base/Result.h"
#include "core/client/Types.h"

namespace dsmsg::monitor {

class CsvDrafts
{
public:
    /// The names of the columns, in order. An error when there would be no payload.
    static Result<CsvDrafts> of(const QStringList& names);
    Result<client::Draft> read(const CsvReader::Row& row) const;

private:
    QStringList names_;
    bool hasPayload_ = false; ///< a column of its own
};

} // namespace dsmsg::monitor

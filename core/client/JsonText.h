// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading JSON without changing it: values come out as the text they are in the document. Inside the library
// only; simdjson is no part of its interface.
#pragma once

#include <string_view>

#include <QByteArray>
#include <QString>
#include <simdjson.h>

namespace dsmsg::client {

inline QByteArray bytesOf(std::string_view view)
{
    return {view.data(), qsizetype(view.size())};
}

/// The text of any value as it stands in the document; empty when it is malformed.
QByteArray rawValue(simdjson::ondemand::value value);

} // namespace dsmsg::client

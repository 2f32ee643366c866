// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs `dsmsg` to its end, as a script would, while the fake nodes of the calling thread answer.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "FakeNode.h"

namespace dsmsg::test {

struct Ran
{
    int code = -1; ///< -1: it crashed, or did not end within 30 s
    QString out;
    QString err;
};

/// `nodes`: what DSMSG_NODES holds; none: it is not set.
Ran run(const QStringList& arguments, const QByteArray& input = {}, const QString& nodes = {});
/// A command line without quotes.
QStringList words(const char* text);
FakeNode::Script always(const FakeReply& reply);

} // namespace dsmsg::test

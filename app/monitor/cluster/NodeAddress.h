// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person types to name nodes: "127.0.0.1:8000", "http://a:8000, b:8001".
#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace dsmsg::monitor {

struct NodeAddresses
{
    QList<QUrl> urls; ///< base URLs with a port
    QString problem;  ///< what is wrong and what to do; empty: nothing
};

NodeAddresses readAddresses(const QString& text);

} // namespace dsmsg::monitor

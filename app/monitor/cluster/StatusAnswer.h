// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an answer to GET /status says of who answered: a node that we can watch, or why not and what to do.
// Off the GUI thread.
#pragma once

#include <optional>

#include <QJsonObject>
#include <QString>

#include "app/monitor/cluster/NodeState.h"
#include "core/client/Http.h"

namespace dsmsg::monitor {

struct StatusAnswer
{
    NodeState::Link link = NodeState::Link::Silent; ///< Live: it is a node of ours
    QString problem;                                ///< in words; empty when Live
    QJsonObject status;                             ///< empty unless Live
    Sample sample;                                  ///< what `status` says
    bool live() const { return link == NodeState::Link::Live; }
};

StatusAnswer readStatusAnswer(const client::HttpReply& reply);

} // namespace dsmsg::monitor

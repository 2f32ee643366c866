// SPDX-License-Identifier: GPL-3.0-or-later
//
// One question to every node at once, for subcommands that show the nodes side by side. A node that does not
// answer is a row like the others: what is missing is the point of looking.
#pragma once

#include <functional>

#include <QJsonObject>

#include "app/cli/Console.h"
#include "core/client/Client.h"

namespace dsmsg::cli {

struct NodeAnswer
{
    QUrl url;
    bool answered = false;
    QByteArray body; ///< when it answered: a JSON object
    QString problem; ///< when it did not

    /// Empty when the body is no JSON object.
    QJsonObject object() const;
    /// host:port
    QString address() const;
};

/// One attempt each, within the attempt limit; `done` is called once, in this thread, with an answer for each
/// of the client's endpoints in their order. `client` outlives that.
void askEachNode(client::Client& client, const client::Call::Request& request,
                 std::function<void(QList<NodeAnswer>)> done);

/// Prints one line of JSON a node: {url, answered, answer} or {url, answered, reason}.
void printJson(const QList<NodeAnswer>& answers);

/// Prints the table, with a row that says so and the reason below it for each node that did not answer.
/// `columns` come behind the address, and `row` gives their cells.
void printTable(const QList<NodeAnswer>& answers, const QList<Table::Column>& columns,
                const std::function<QList<Table::Cell>(const QJsonObject&)>& row);

/// Seconds as milliseconds with microseconds behind the point; "unknown" for what is no number.
QString milliseconds(const QJsonValue& seconds);

} // namespace dsmsg::cli

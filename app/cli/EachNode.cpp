// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/EachNode.h"

#include <memory>

#include <QJsonDocument>

namespace dsmsg::cli {

QJsonObject NodeAnswer::object() const
{
    return QJsonDocument::fromJson(body).object();
}

QString NodeAnswer::address() const
{
    return url.toString(QUrl::RemoveScheme).mid(2);
}

void askEachNode(client::Client& client, const client::Call::Request& request,
                 std::function<void(QList<NodeAnswer>)> done)
{
    struct Asked
    {
        QList<NodeAnswer> answers;
        qsizetype missing = 0;
        std::function<void(QList<NodeAnswer>)> done;
    };
    const auto asked = std::make_shared<Asked>();
    asked->missing = client.endpoints().size();
    asked->done = std::move(done);
    for (const QUrl& url : client.endpoints()) {
        const qsizetype at = asked->answers.size();
        asked->answers.append({url, false, {}, {}});
        client.requestFrom(url, request, [asked, at](const Result<QByteArray>& body) {
            NodeAnswer& answer = asked->answers[at];
            answer.body = body ? *body : QByteArray();
            answer.answered = !answer.object().isEmpty();
            if (!body)
                answer.problem = QString::fromStdString(body.error().text);
            else if (!answer.answered)
                answer.problem = answer.address() + QLatin1String(": the answer is not a dsmsg node's");
            if (--asked->missing == 0)
                asked->done(asked->answers);
        });
    }
}

void printJson(const QList<NodeAnswer>& answers)
{
    for (const NodeAnswer& answer : answers) {
        QByteArray line = "{\"url\":" + client::jsonString(answer.url.toString());
        // A newline inside JSON is only ever between tokens, so a blank says the same on one line.
        if (answer.answered)
            line += ",\"answered\":true,\"answer\":" +
                    QByteArray(answer.body).replace('\n', ' ').replace('\r', ' ').trimmed();
        else
            line += ",\"answered\":false,\"reason\":" + client::jsonString(answer.problem);
        print(line + '}');
    }
}

void printTable(const QList<NodeAnswer>& answers, const QList<Table::Column>& columns,
                const std::function<QList<Table::Cell>(const QJsonObject&)>& row)
{
    Table table(QList<Table::Column>{{QStringLiteral("address")}} + columns);
    QStringList remarks;
    for (const NodeAnswer& answer : answers) {
        if (answer.answered) {
            table.addRow(QList<Table::Cell>{{answer.address()}} + row(answer.object()));
        } else {
            table.addRow({{answer.address()}, {QStringLiteral("no answer"), Style::Bad}});
            remarks.append(answer.problem);
        }
    }
    print(table.lines().join(QLatin1Char('\n')));
    for (const QString& remark : std::as_const(remarks))
        print(styled(printable(remark), Style::Faint));
}

QString milliseconds(const QJsonValue& seconds)
{
    return seconds.isDouble() ? QString::number(seconds.toDouble() * 1000, 'f', 3) + QLatin1String(" ms")
                              : QStringLiteral("unknown");
}

} // namespace dsmsg::cli

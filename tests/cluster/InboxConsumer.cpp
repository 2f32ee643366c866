// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small consumer that is meant to be killed: reads the inbox of a recipient in pages, writes the seq of
// every message to its output as if that were its work, acknowledges the page, and writes that too. One line
// each, one write() each, so that whoever kills it knows how far it came.
//
// Usage: inbox_consumer RECIPIENT LIMIT URL...
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <unistd.h>
#include <vector>

#include "tests/support/process/HttpClient.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{8000};

void say(const char* what, qint64 seq)
{
    const QByteArray line = QByteArray(what) + ' ' + QByteArray::number(seq) + '\n';
    if (write(STDOUT_FILENO, line.constData(), static_cast<std::size_t>(line.size())) != line.size())
        _exit(1);
}

/// Follows a redirect as any client does; 0 when there was no answer.
int acknowledge(const QString& url, const QByteArray& target, const QByteArray& body)
{
    HttpReply reply = HttpClient(url).post(target, body, patience);
    if (reply.status == 307)
        reply = HttpClient(reply.json()[QLatin1String("leader_url")].toString()).post(target, body, patience);
    return reply.status;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QByteArray inbox = "/inbox/" + arguments.value(1).toUtf8();
    const QStringList urls = arguments.mid(3);
    for (qsizetype turn = getpid();; ++turn) { // another node each time
        const QString& url = urls.at(turn % urls.size());
        const HttpReply page =
            HttpClient(url).get(inbox + "?wait=0.2&limit=" + arguments.value(2).toUtf8(), patience);
        if (page.status != 200)
            continue;
        const QJsonObject json = page.json();
        for (const auto& message : json[QLatin1String("messages")].toArray())
            say("message", message.toObject()[QLatin1String("seq")].toInteger());
        const qint64 next = json[QLatin1String("next")].toInteger();
        if (next > json[QLatin1String("cursor")].toInteger() &&
            acknowledge(url, inbox + "/ack", "{\"seq\":" + QByteArray::number(next) + "}") == 200)
            say("acknowledged", next);
    }
}

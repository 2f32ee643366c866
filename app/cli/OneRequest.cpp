// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/OneRequest.h"

#include <QCoreApplication>

#include "app/cli/Console.h"
#include "app/cli/ExitCode.h"

namespace dsmsg::cli {

int runOneRequest(client::Client& client, const client::Call::Request& request, client::Client::To to,
                  const std::function<void(const QByteArray&)>& show)
{
    client.request(request, to, [&show](const Result<QByteArray>& answer) {
        if (answer) {
            show(*answer);
            return QCoreApplication::exit(ExitCode::Ok);
        }
        complain(printable(QString::fromStdString(answer.error().text)));
        QCoreApplication::exit(exitCodeOf(answer.error()));
    });
    return QCoreApplication::exec();
}

} // namespace dsmsg::cli

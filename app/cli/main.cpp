// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg`, the command-line client: chooses the subcommand and hands over.
#include <clocale>
#include <cstring>

#include <langinfo.h>

#include <QCoreApplication>

#include "app/cli/Commands.h"
#include "app/cli/Console.h"

using namespace dsmsg::cli;

namespace {

struct Command
{
    const char* name;
    const char* summary;
    int (*run)(const QStringList&);
};

constexpr Command commands[] = {
    {"send", "send a message", runSend},
    {"messages", "read messages", runMessages},
    {"status", "show the nodes: roles, terms, how far each is", runStatus},
    {"soak", "load a cluster, then check on every node that nothing was lost or doubled", runSoak},
    {"cluster", "show and change the members, hand over leadership", runCluster},
    {"time", "show how far the nodes' clocks agree, compare them now, correct a timestamp", runTime},
    {"ordering", "show what waits for its delivery, deliver it now", runOrdering},
    {"backup", "write the state of a running cluster into one file", runBackup},
    {"verify", "check a stopped node's data directory, or a backup, from end to end", runVerify},
    {"restore", "make a data directory from a backup, for a new cluster of one node", runRestore},
    {"recover", "make a lone survivor the only member of a new cluster", runRecover},
};

QString help()
{
    QString page = QStringLiteral("usage: dsmsg COMMAND [OPTIONS]\n\n"
                                  "The command-line client of dsmsg, a fault-tolerant messaging system.\n\n");
    for (const Command& command : commands)
        page += QStringLiteral("  %1  %2\n")
                    .arg(QLatin1String(command.name), -10)
                    .arg(QLatin1String(command.summary));
    return page +
           QStringLiteral(
               "\n"
               "dsmsg COMMAND --help explains a command. All that ask a cluster take --node; DSMSG_NODES is its default.\n\n"
               "Exit codes: 0 done; 1 refused; 2 wrong usage; 3 no usable answer in time, nothing was stored;\n"
               "4 undecided: the message may be stored, send it again with the same --id;\n"
               "5 stored on a majority, but on fewer nodes than the cluster's --quorum asks for.");
}

/// Without a UTF-8 locale, as in a container, Qt would complain on every start and arguments would be
/// misread.
void useUtf8()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

} // namespace

int main(int argc, char* argv[])
{
    useUtf8();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("dsmsg"));
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString name = arguments.value(0);
    if (name == QLatin1String("--version")) {
        print(QByteArrayLiteral("dsmsg " DSMSG_VERSION));
        return ExitCode::Ok;
    }
    if (name == QLatin1String("--help") || name == QLatin1String("-h") || name == QLatin1String("help")) {
        print(help());
        return ExitCode::Ok;
    }
    for (const Command& command : commands) {
        if (name == QLatin1String(command.name))
            return command.run(arguments.mid(1));
    }
    complain(name.isEmpty() ? QStringLiteral("no command given. See: dsmsg --help")
                            : QStringLiteral("no command '%1'. See: dsmsg --help").arg(printable(name)));
    return ExitCode::Usage;
}

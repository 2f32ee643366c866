// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg`, the command-line client: chooses the subcommand and hands over.
#include <clocale>
#include <cstring>

#include <langinfo.h>

#include <QCoreApplication>

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/Suggest.h"

using namespace dsmsg::cli;

namespace {

QStringList commandNames()
{
    QStringList names{QStringLiteral("help")};
    for (const Command* command : commands())
        names.append(QLatin1String(command->name));
    return names;
}

QString help()
{
    QString page = QStringLiteral("usage: dsmsg COMMAND [OPTIONS]\n\n"
                                  "The command-line client of dsmsg, a fault-tolerant messaging system.\n\n");
    for (const Command* command : commands())
        page += QStringLiteral("  %1  %2\n")
                    .arg(QLatin1String(command->name), -10)
                    .arg(QLatin1String(command->summary));
    return page +
           QStringLiteral(
               "\n"
               "dsmsg COMMAND --help explains a command. All that ask a cluster take --node; DSMSG_NODES is its default.\n\n"
               "Exit codes (dsmsg help exit-codes):\n") +
           exitCodesPage();
}

/// `known`: what might have been meant.
int unknownCommand(const QString& name, const QStringList& known)
{
    const QString hint = didYouMean(name, known);
    complain(QStringLiteral("no command '%1'%2 See: dsmsg --help")
                 .arg(printable(name), hint.isEmpty() ? QStringLiteral(".") : hint));
    return ExitCode::Usage;
}

/// `dsmsg help [COMMAND|exit-codes [--json]]`.
int runHelp(const QStringList& words)
{
    const QString topic = words.value(0);
    if (topic.isEmpty() || topic == QLatin1String("--help")) {
        print(help());
        return ExitCode::Ok;
    }
    if (topic == QLatin1String("exit-codes")) {
        words.contains(QLatin1String("--json")) ? print(exitCodesJson()) : print(exitCodesPage());
        return ExitCode::Ok;
    }
    const Command* command = findCommand(topic);
    if (command == nullptr)
        return unknownCommand(topic, commandNames() + QStringList{QStringLiteral("exit-codes")});
    return command->commandLine().parse({QStringLiteral("--help")}).value_or(ExitCode::Ok);
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
    if (name == QLatin1String("--help") || name == QLatin1String("-h"))
        return runHelp({});
    if (name == QLatin1String("help"))
        return runHelp(arguments.mid(1));
    if (name.isEmpty()) {
        complain(QStringLiteral("no command given. See: dsmsg --help"));
        return ExitCode::Usage;
    }
    const Command* command = findCommand(name);
    if (command == nullptr)
        return unknownCommand(name, commandNames());
    CommandLine line = command->commandLine();
    if (const auto done = line.parse(arguments.mid(1)))
        return *done;
    return command->run(line);
}

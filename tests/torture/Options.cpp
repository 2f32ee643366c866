// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/torture/Options.h"

#include <QCommandLineParser>

#include "core/base/Random.h"

namespace dsmsg::torture {

namespace {

Error wrong(const QString& what)
{
    return {Error::Kind::Invalid, what.toStdString()};
}

const QCommandLineOption minutesOption{QStringLiteral("minutes"), QStringLiteral("How long to break things."),
                                       QStringLiteral("N"), QStringLiteral("1")};
const QCommandLineOption seedOption{QStringLiteral("seed"),
                                    QStringLiteral("Of the order of faults; random without it."),
                                    QStringLiteral("S")};
const QCommandLineOption nodesOption{QStringLiteral("nodes"), QStringLiteral("3 or 5."),
                                     QStringLiteral("3|5"), QStringLiteral("3")};
const QCommandLineOption clientsOption{QStringLiteral("clients"), QStringLiteral("Sending at once."),
                                       QStringLiteral("N"), QStringLiteral("8")};
const QCommandLineOption expectLossOption{QStringLiteral("expect-loss"),
                                          QStringLiteral("Succeed only if something acknowledged was lost.")};
const QCommandLineOption nodeOption{QStringLiteral("node"), QStringLiteral("The node program to torture."),
                                    QStringLiteral("PROGRAM")};

} // namespace

Result<Options> readOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({minutesOption, seedOption, nodesOption, clientsOption, expectLossOption, nodeOption});
    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    if (parser.isSet(QStringLiteral("help")))
        return wrong(parser.helpText());
    Options options;
    bool minutesFine = false;
    bool nodesFine = false;
    bool clientsFine = false;
    bool seedFine = true;
    options.minutes = parser.value(minutesOption).toDouble(&minutesFine);
    options.nodes = parser.value(nodesOption).toInt(&nodesFine);
    options.clients = parser.value(clientsOption).toInt(&clientsFine);
    options.seed = parser.isSet(seedOption) ? parser.value(seedOption).toULongLong(&seedFine)
                                            : systemSeed() % 1'000'000'000;
    options.expectLoss = parser.isSet(expectLossOption);
    options.program = parser.value(nodeOption);
    if (!minutesFine || !(options.minutes > 0) || options.minutes > 24 * 60)
        return wrong(QStringLiteral("--minutes takes a number up to 1440"));
    if (!nodesFine || (options.nodes != 3 && options.nodes != 5))
        return wrong(QStringLiteral("--nodes takes 3 or 5"));
    if (!clientsFine || options.clients < 1 || options.clients > 200)
        return wrong(QStringLiteral("--clients takes a number from 1 to 200"));
    if (!seedFine)
        return wrong(QStringLiteral("--seed takes a whole number"));
    return options;
}

QString commandOf(const Options& options)
{
    QString command = QStringLiteral("dsmsg-torture --minutes %1 --seed %2 --nodes %3 --clients %4")
                          .arg(options.minutes)
                          .arg(options.seed)
                          .arg(options.nodes)
                          .arg(options.clients);
    if (options.expectLoss)
        command += QStringLiteral(" --expect-loss");
    if (!options.program.isEmpty())
        command += QStringLiteral(" --node ") + options.program;
    return command;
}

} // namespace dsmsg::torture

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/CommandLine.h"

#include <algorithm>

#include "app/cli/Console.h"
#include "app/cli/ExitCode.h"
#include "app/cli/Suggest.h"

namespace dsmsg::cli {

namespace {

const QString defaultNodes = QStringLiteral("http://127.0.0.1:8000,8001,8002");

/// The option as it is typed.
QString typed(const CommandLine::Option& option)
{
    return CommandLine::dashed(option.name) +
           (option.value.isEmpty() ? QString() : QLatin1Char(' ') + option.value);
}

} // namespace

CommandLine::CommandLine(Page page, QList<Option> own, Subject subject)
    : page_(std::move(page))
    , options_(std::move(own))
{
    if (subject == Subject::Cluster)
        options_ += {
            {QStringLiteral("node"), QStringLiteral("URL[,URL...]"),
             QStringLiteral("nodes to ask; also host:port or a port. Default: $DSMSG_NODES, else ") +
                 defaultNodes},
            {QStringLiteral("timeout"), QStringLiteral("SECONDS"),
             QStringLiteral("give up after this long (20)")},
        };
    if (subject != Subject::Nothing)
        options_ +=
            {{QStringLiteral("json"), QString(), QStringLiteral("JSON on stdout, one object a line")}};
    options_ += {{QStringLiteral("help"), QString(), QStringLiteral("this page")}};
    for (const Option& option : std::as_const(options_))
        parser_.addOption(QCommandLineOption(option.name, option.text, option.value));
}

std::optional<int> CommandLine::parse(const QStringList& arguments)
{
    // QCommandLineParser knows no short help unless it may write the page itself.
    if (arguments.contains(QLatin1String("-h")) || arguments.contains(QLatin1String("--help"))) {
        print(help());
        return ExitCode::Ok;
    }
    if (!parser_.parse(QStringList{QStringLiteral("dsmsg")} + arguments)) {
        QString what = parser_.errorText();
        if (what.endsWith(QLatin1Char('.')))
            what.chop(1);
        const QString unknown = parser_.unknownOptionNames().value(0);
        return wrongUsage(what + didYouMean(unknown, optionNames(), QStringLiteral("--")));
    }
    for (const Option& option : std::as_const(options_)) {
        // Qt 6.8 complains when one without a value is asked for it.
        if (option.choices.isEmpty() || !parser_.isSet(option.name))
            continue;
        const QString given = parser_.value(option.name);
        if (option.choices.contains(given, Qt::CaseInsensitive))
            continue;
        return wrongUsage(QStringLiteral("--%1 is %2, not '%3'%4")
                              .arg(option.name, option.choices.join(QLatin1String(" or ")), printable(given),
                                   didYouMean(given, option.choices)));
    }
    return std::nullopt;
}

QString CommandLine::dashed(const QString& option)
{
    return (option.size() == 1 ? QLatin1String("-") : QLatin1String("--")) + option;
}

QStringList CommandLine::optionNames() const
{
    QStringList names;
    for (const Option& option : options_)
        names.append(option.name);
    return names;
}

QString CommandLine::choice(const char* option, const char* otherwise) const
{
    return isSet(option) ? text(option).toLower() : QString::fromLatin1(otherwise);
}

QString CommandLine::help() const
{
    QString page = QStringLiteral("usage: dsmsg %1 %2\n\n%3\n\n").arg(page_.name, page_.synopsis, page_.text);
    for (const Option& option : options_)
        page += QStringLiteral("  %1  %2\n").arg(typed(option), -22).arg(option.text);
    return page + QStringLiteral("\nExamples:\n") + page_.examples;
}

int CommandLine::wrongUsage(const QString& what) const
{
    const QString end = what.endsWith(QLatin1Char('?')) ? QString() : QStringLiteral(".");
    complain(QStringLiteral("%1: %2%3 See: dsmsg %1 --help").arg(page_.name, what, end));
    return ExitCode::Usage;
}

int CommandLine::wrongAction() const
{
    const QStringList words = positional();
    const QString typed = words.value(0);
    return wrongUsage(QStringLiteral("unknown or incomplete action '%1'%2")
                          .arg(printable(words.join(QLatin1Char(' '))),
                               page_.actions.contains(typed) ? QString() : didYouMean(typed, page_.actions)));
}

std::optional<quint64> CommandLine::number(const char* option, quint64 otherwise, quint64 least,
                                           quint64 greatest) const
{
    if (!isSet(option))
        return otherwise;
    bool isNumber = false;
    const quint64 value = text(option).toULongLong(&isNumber);
    if (isNumber && value >= least && value <= greatest)
        return value;
    wrongUsage(QStringLiteral("%1 takes a whole number from %2 to %3, not '%4'")
                   .arg(dashed(QLatin1String(option)))
                   .arg(least)
                   .arg(greatest)
                   .arg(text(option)));
    return std::nullopt;
}

std::optional<Milliseconds> CommandLine::seconds(const char* option, Milliseconds otherwise) const
{
    if (!isSet(option))
        return otherwise;
    bool isNumber = false;
    const double value = text(option).toDouble(&isNumber);
    if (isNumber && value >= 0 && value <= 3600)
        return Milliseconds(qint64(value * 1000));
    wrongUsage(QStringLiteral("--%1 takes seconds from 0 to 3600, not '%2'")
                   .arg(QLatin1String(option), text(option)));
    return std::nullopt;
}

std::optional<client::Client::Options> CommandLine::clientOptions() const
{
    QString nodes = isSet("node") ? text("node") : qEnvironmentVariable("DSMSG_NODES");
    if (nodes.isEmpty() && !isSet("node"))
        nodes = defaultNodes;
    auto endpoints = client::parseEndpoints(nodes);
    if (!endpoints) {
        wrongUsage(QString::fromStdString(endpoints.error().text));
        return std::nullopt;
    }
    client::Client::Options options;
    const auto total = seconds("timeout", options.limits.total);
    if (!total)
        return std::nullopt;
    options.endpoints = *endpoints;
    options.limits.total = *total;
    options.limits.attempt = std::min(options.limits.attempt, std::max(*total, Milliseconds(1)));
    options.seed = systemSeed();
    options.clock.enabled = false; // what sends messages of its own measures when it starts
    return options;
}

} // namespace dsmsg::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/app/CommandLine.h"

#include <QCommandLineParser>

namespace dsmsg::monitor {

namespace {

/// In English, as the other programs: it is read before there is a language.
QString words(const char* text)
{
    return QString::fromUtf8(text);
}

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription(words(
        "Shows a dsmsg cluster, sends to it, and breaks it on purpose. Without options it opens where it was "
        "left; the first time it offers to start a cluster on this computer or to connect to one.\n\n"
        "Exit codes: 0 closed, 1 could not start, 2 wrong usage, 3 there is no display."));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto add = [&](const char* name, const QString& text, const char* value) {
        parser.addOption({QString::fromLatin1(name), text, QString::fromLatin1(value)});
    };
    add("connect", words("Base URLs of nodes, separated by commas. One is enough: the others are found."),
        "urls");
    add("embedded", words("Start a cluster of 1, 3 or 5 nodes inside this program and connect to it."), "n");
    add("page",
        words("Open this page: overview, raft, messages, publish, timeline, clocks, ordering, faults, nodes, "
              "settings."),
        "name");
    add("theme", words("light, dark, contrast or system, for this run."), "name");
    add("language", words("en or de, for this run."), "code");
    add("size", words("Size of the window, for example 1280x800."), "WxH");
    add("grab", words("Write a picture of the window to this file and end."), "file");
    add("after", words("... after so many seconds; 2 if not given."), "s");
    add("screenshots",
        words(
            "Write a picture of every page and state, and an index.html, into this directory and end. Needs no "
            "display. Exit code 1 when a picture has a defect."),
        "dir");
    add("only", words("... of pictures whose name matches this regular expression."), "regex");
    add("record",
        words("Write pictures of the fault lab while it breaks a cluster into this directory and end."),
        "dir");
}

const QStringList& pageNames()
{
    static const QStringList names{QStringLiteral("overview"), QStringLiteral("raft"),
                                   QStringLiteral("messages"), QStringLiteral("publish"),
                                   QStringLiteral("timeline"), QStringLiteral("clocks"),
                                   QStringLiteral("ordering"), QStringLiteral("faults"),
                                   QStringLiteral("nodes"),    QStringLiteral("settings")};
    return names;
}

/// "" or what is wrong with the option's value.
QString notOneOf(const QCommandLineParser& parser, const char* option, const QStringList& allowed)
{
    const QString value = parser.value(QString::fromLatin1(option));
    if (!parser.isSet(QString::fromLatin1(option)) || allowed.contains(value))
        return {};
    return words("--%1 is '%2', but must be one of: %3.")
        .arg(QString::fromLatin1(option), value, allowed.join(QStringLiteral(", ")));
}

QString readSize(const QString& text, QSize& size)
{
    const QStringList parts = text.split(QLatin1Char('x'));
    size = parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
    if (size.width() >= 400 && size.height() >= 300 && size.width() <= 16384 && size.height() <= 16384)
        return {};
    return words("--size is '%1', but must be WIDTHxHEIGHT, at least 400x300.").arg(text);
}

QString readValues(const QCommandLineParser& parser, CommandLine& line)
{
    line.connectTo = parser.value(QStringLiteral("connect"));
    line.page = parser.value(QStringLiteral("page"));
    line.theme = parser.value(QStringLiteral("theme"));
    line.language = parser.value(QStringLiteral("language"));
    line.grab = parser.value(QStringLiteral("grab"));
    line.screenshots = parser.value(QStringLiteral("screenshots"));
    line.record = parser.value(QStringLiteral("record"));
    line.only = parser.value(QStringLiteral("only"));
    line.embedded = parser.value(QStringLiteral("embedded")).toInt();
    bool isNumber = true;
    if (parser.isSet(QStringLiteral("after")))
        line.afterS = parser.value(QStringLiteral("after")).toDouble(&isNumber);
    QString wrong = notOneOf(parser, "page", pageNames());
    if (wrong.isEmpty())
        wrong = notOneOf(parser, "theme",
                         {QStringLiteral("light"), QStringLiteral("dark"), QStringLiteral("contrast"),
                          QStringLiteral("system")});
    if (wrong.isEmpty())
        wrong = notOneOf(parser, "language", {QStringLiteral("en"), QStringLiteral("de")});
    if (wrong.isEmpty())
        wrong = notOneOf(parser, "embedded", {QStringLiteral("1"), QStringLiteral("3"), QStringLiteral("5")});
    if (wrong.isEmpty() && parser.isSet(QStringLiteral("size")))
        wrong = readSize(parser.value(QStringLiteral("size")), line.size);
    if (wrong.isEmpty() && !(isNumber && line.afterS >= 0 && line.afterS <= 3600))
        wrong = words("--after must be a number of seconds from 0 to 3600.");
    if (wrong.isEmpty() && line.embedded != 0 && !line.connectTo.isEmpty())
        wrong = words("--embedded and --connect exclude each other.");
    return wrong;
}

} // namespace

std::optional<EarlyEnd> readCommandLine(const QStringList& arguments, CommandLine& line)
{
    QCommandLineParser parser;
    describe(parser);
    const QString hint =
        QLatin1Char(' ') + words("Try %1 --help.").arg(arguments.value(0)) + QLatin1Char('\n');
    if (!parser.parse(arguments))
        return EarlyEnd{2, parser.errorText() + hint};
    if (parser.isSet(QStringLiteral("help")) || parser.isSet(QStringLiteral("help-all")))
        return EarlyEnd{0, parser.helpText()};
    if (parser.isSet(QStringLiteral("version")))
        return EarlyEnd{0, QStringLiteral("dsmsg-monitor " DSMSG_VERSION "\n")};
    if (!parser.positionalArguments().isEmpty())
        return EarlyEnd{2, words("What is '%1'?").arg(parser.positionalArguments().constFirst()) + hint};
    if (const QString wrong = readValues(parser, line); !wrong.isEmpty())
        return EarlyEnd{2, wrong + hint};
    return std::nullopt;
}

} // namespace dsmsg::monitor

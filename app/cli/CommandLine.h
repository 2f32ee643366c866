// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command line of one subcommand: what all of them share (--node, --timeout, --json, --help) and a help
// page with examples, which QCommandLineParser has no place for. A wrong command line is one line that says
// what is wrong.
#pragma once

#include <optional>

#include <QCommandLineParser>

#include "core/client/Client.h"

namespace dsmsg::cli {

class CommandLine
{
public:
    /// What the arguments are that are no options.
    enum class Operand
    {
        Text,
        Path
    };
    struct Page
    {
        QString name;
        QString synopsis; ///< what follows the name
        QString text;
        QString examples;
        QStringList actions{}; ///< when the first argument is one of a few words
        Operand operand = Operand::Text;
    };
    struct Option
    {
        QString name;
        QString value; ///< name of its value; empty for a switch. DIR and FILE are paths
        QString text;
        QStringList choices{}; ///< when only these are right
    };

    /// What a subcommand works on.
    enum class Subject
    {
        Cluster,   ///< asked over the network
        Directory, ///< files, while no node uses them
        Nothing    ///< only --help is shared
    };

    /// Adds the shared options behind `own`.
    CommandLine(Page page, QList<Option> own, Subject subject = Subject::Cluster);

    /// The exit code when there is nothing more to do: help was printed, or the command line is wrong and was
    /// complained of. Afterwards the value of an option with choices is one of them, in any case of letters.
    std::optional<int> parse(const QStringList& arguments);

    bool isSet(const char* option) const { return parser_.isSet(QLatin1String(option)); }
    QString text(const char* option) const { return parser_.value(QLatin1String(option)); }
    /// All values of an option that may be given several times.
    QStringList texts(const char* option) const { return parser_.values(QLatin1String(option)); }
    /// The value of an option with choices; `otherwise` when it is not given.
    QString choice(const char* option, const char* otherwise) const;
    QStringList positional() const { return parser_.positionalArguments(); }

    /// A whole number in [least, greatest]; `otherwise` when the option is not given. Complains and returns
    /// nothing when it is something else.
    std::optional<quint64> number(const char* option, quint64 otherwise, quint64 least,
                                  quint64 greatest) const;
    /// A duration given in seconds, fractions allowed, up to an hour.
    std::optional<Milliseconds> seconds(const char* option, Milliseconds otherwise) const;

    /// The nodes and the time limit as given; complains and returns nothing when they are wrong.
    std::optional<client::Client::Options> clientOptions() const;

    /// As it is typed: one letter behind one dash, words behind two.
    static QString dashed(const QString& option);

    /// Complains about the usage of this subcommand; the exit code for it.
    int wrongUsage(const QString& what) const;
    /// The same of an action that is unknown, or has too few or too many words behind it.
    int wrongAction() const;

    const Page& page() const { return page_; }
    /// Its own and the shared ones.
    const QList<Option>& options() const { return options_; }

private:
    QString help() const;
    QStringList optionNames() const;

    Page page_;
    QList<Option> options_;
    QCommandLineParser parser_;
};

} // namespace dsmsg::cli

// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg completion`: completions for bash, zsh and fish, written from the same tables as the help pages, so
// that a new option is completed without anybody thinking of it. The scripts hold everything: completing
// starts no program.
#include <functional>

#include "app/cli/Commands.h"
#include "app/cli/Console.h"

namespace dsmsg::cli {

namespace {

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("completion"),
         QStringLiteral("SHELL"),
         QStringLiteral("Prints a script that completes commands, options and their values in SHELL."),
         QStringLiteral("  source <(dsmsg completion bash)                                # in ~/.bashrc\n"
                        "  dsmsg completion zsh > \"${fpath[1]}/_dsmsg\"\n"
                        "  dsmsg completion fish > ~/.config/fish/completions/dsmsg.fish"),
         {QStringLiteral("bash"), QStringLiteral("zsh"), QStringLiteral("fish")}},
        {}, CommandLine::Subject::Nothing);
}

bool isDirectory(const CommandLine::Option& option)
{
    return option.value == QLatin1String("DIR");
}

bool isFile(const CommandLine::Option& option)
{
    return option.value == QLatin1String("FILE");
}

/// `line` is only read inside `each`.
void forEachCommand(const std::function<void(const Command&, const CommandLine&)>& each)
{
    for (const Command* command : commands())
        each(*command, command->commandLine());
}

QString name(const Command& command)
{
    return QLatin1String(command.name);
}

/// In single quotes, for bash and zsh.
QString quoted(QString text)
{
    return QLatin1Char('\'') + text.replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
}

/// The same for fish, which knows two escapes inside single quotes.
QString fishQuoted(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('\''), QLatin1String("\\'"));
    return QLatin1Char('\'') + text + QLatin1Char('\'');
}

QString bashKind(const CommandLine::Option& option)
{
    if (!option.choices.isEmpty())
        return QStringLiteral("kind=words words=") + quoted(option.choices.join(QLatin1Char(' ')));
    return isDirectory(option) ? QStringLiteral("kind=directories")
           : isFile(option)    ? QStringLiteral("kind=files")
                               : QStringLiteral("kind=nothing");
}

QString bash()
{
    QStringList names;
    QString values, tables;
    forEachCommand([&](const Command& command, const CommandLine& line) {
        names.append(name(command));
        QStringList options;
        for (const CommandLine::Option& option : line.options()) {
            options.append(CommandLine::dashed(option.name));
            if (!option.value.isEmpty())
                values += QStringLiteral("        '%1 %2') %3 ;;\n")
                              .arg(name(command), CommandLine::dashed(option.name), bashKind(option));
        }
        const bool takesPath = line.page().operand == CommandLine::Operand::Path;
        tables += QStringLiteral("        %1)\n            options=%2\n            %3 ;;\n")
                      .arg(name(command), quoted(options.join(QLatin1Char(' '))),
                           takesPath ? QStringLiteral("kind=files")
                                     : QStringLiteral("kind=words words=") +
                                           quoted(line.page().actions.join(QLatin1Char(' '))));
    });
    return QStringLiteral(
               "# bash completion for dsmsg, made by: dsmsg completion bash\n"
               "_dsmsg()\n{\n"
               "    local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} kind='' words='' options=''\n"
               "    COMPREPLY=()\n"
               "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
               "        mapfile -t COMPREPLY < <(compgen -W %1 -- \"$current\")\n"
               "        return\n"
               "    fi\n"
               "    case \"$command ${COMP_WORDS[COMP_CWORD - 1]}\" in\n%2    esac\n"
               "    if [ -z \"$kind\" ]; then\n"
               "        case \"$command\" in\n%3        help) kind=words words=%4 ;;\n        esac\n"
               "        # Actions are the first word; an option may stand anywhere.\n"
               "        [ \"$kind\" != words ] || [ \"$COMP_CWORD\" -eq 2 ] || words=''\n"
               "        [[ $current != -* ]] || kind=words words=$options\n"
               "    fi\n"
               "    case \"$kind\" in\n"
               "        words) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\") ;;\n"
               "        files) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$current\") ;;\n"
               "        directories) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- \"$current\") ;;\n"
               "    esac\n"
               "}\n"
               "complete -F _dsmsg dsmsg")
        .arg(quoted((names + QStringList{QStringLiteral("help")}).join(QLatin1Char(' '))), values, tables,
             quoted((names + QStringList{QStringLiteral("exit-codes")}).join(QLatin1Char(' '))));
}

/// One specification of zsh's _arguments; colons and brackets mean something there.
QString zshSpecification(const CommandLine::Option& option)
{
    QString text = option.text;
    text.replace(QLatin1Char('['), QLatin1Char('(')).replace(QLatin1Char(']'), QLatin1Char(')'));
    QString value;
    if (!option.value.isEmpty()) {
        const QString action =
            !option.choices.isEmpty()
                ? QLatin1Char('(') + option.choices.join(QLatin1Char(' ')) + QLatin1Char(')')
            : isDirectory(option) ? QStringLiteral("_files -/")
            : isFile(option)      ? QStringLiteral("_files")
                                  : QStringLiteral(" ");
        value = QStringLiteral(":%1:%2").arg(
            QString(option.value).remove(QLatin1Char('[')).remove(QLatin1Char(']')), action);
    }
    return quoted(QStringLiteral("%1[%2]%3").arg(CommandLine::dashed(option.name), text, value));
}

QString zsh()
{
    QString list, cases;
    forEachCommand([&](const Command& command, const CommandLine& line) {
        list += QStringLiteral("        %1\n")
                    .arg(quoted(name(command) + QLatin1Char(':') + QLatin1String(command.summary)));
        QStringList specifications;
        for (const CommandLine::Option& option : line.options())
            specifications.append(zshSpecification(option));
        if (!line.page().actions.isEmpty())
            specifications.append(
                quoted(QStringLiteral("1:action:(%1)").arg(line.page().actions.join(QLatin1Char(' ')))));
        else if (line.page().operand == CommandLine::Operand::Path)
            specifications.append(QStringLiteral("'*:path:_files'"));
        cases += QStringLiteral("        %1) _arguments \\\n            %2 ;;\n")
                     .arg(name(command), specifications.join(QLatin1String(" \\\n            ")));
    });
    return QStringLiteral("#compdef dsmsg\n"
                          "# zsh completion for dsmsg, made by: dsmsg completion zsh\n"
                          "_dsmsg()\n{\n"
                          "    local -a commands\n"
                          "    commands=(\n%1    )\n"
                          "    if (( CURRENT == 2 )); then\n"
                          "        _describe -t commands command commands\n"
                          "        return\n"
                          "    fi\n"
                          "    local command=$words[2]\n"
                          "    shift words\n"
                          "    (( CURRENT-- ))\n"
                          "    case $command in\n%2    esac\n"
                          "}\n"
                          "if [ \"$funcstack[1]\" = _dsmsg ]; then\n"
                          "    _dsmsg \"$@\"\n"
                          "else\n"
                          "    compdef _dsmsg dsmsg\n"
                          "fi")
        .arg(list, cases);
}

QString fish()
{
    QString script = QStringLiteral("# fish completion for dsmsg, made by: dsmsg completion fish\n"
                                    "complete -c dsmsg -f\n");
    forEachCommand([&](const Command& command, const CommandLine& line) {
        script += QStringLiteral("complete -c dsmsg -n __fish_use_subcommand -a %1 -d %2\n")
                      .arg(name(command), fishQuoted(QLatin1String(command.summary)));
        const QString when =
            QStringLiteral("complete -c dsmsg -n '__fish_seen_subcommand_from %1'").arg(name(command));
        for (const CommandLine::Option& option : line.options()) {
            script += when + (option.name.size() == 1 ? QLatin1String(" -s ") : QLatin1String(" -l ")) +
                      option.name;
            if (isFile(option) || isDirectory(option))
                script += QLatin1String(" -r -F");
            else if (!option.value.isEmpty())
                script += QLatin1String(" -x");
            if (!option.choices.isEmpty())
                script += QLatin1String(" -a ") + fishQuoted(option.choices.join(QLatin1Char(' ')));
            script += QLatin1String(" -d ") + fishQuoted(option.text) + QLatin1Char('\n');
        }
        if (!line.page().actions.isEmpty())
            script += when + QLatin1String(" -a ") + fishQuoted(line.page().actions.join(QLatin1Char(' '))) +
                      QLatin1Char('\n');
        else if (line.page().operand == CommandLine::Operand::Path)
            script += when + QLatin1String(" -F\n");
    });
    return script.trimmed();
}

int run(const CommandLine& line)
{
    const QStringList words = line.positional();
    if (words.size() != 1 || !line.page().actions.contains(words.first()))
        return line.wrongAction();
    const QString shell = words.first();
    print(shell == QLatin1String("bash") ? bash() : shell == QLatin1String("zsh") ? zsh() : fish());
    return ExitCode::Ok;
}

} // namespace

const Command completionCommand{"completion", "print completions for bash, zsh or fish", commandLine, run};

} // namespace dsmsg::cli

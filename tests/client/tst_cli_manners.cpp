// SPDX-License-Identifier: GPL-3.0-or-later
//
// What all commands of `dsmsg` have in common: hints for slips, one table of exit codes, help pages, and
// completions that the shells accept and that complete.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "RunCli.h"

using namespace dsmsg::test;

namespace {

/// What completing this command line in bash offers; its last word is the one under the cursor.
QStringList completedInBash(const QString& script, const QStringList& typed)
{
    const QString source =
        QStringLiteral("source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _dsmsg; "
                       "printf '%s\\n' \"${COMPREPLY[@]}\"");
    QProcess bash;
    bash.start(QStringLiteral("bash"), QStringList{QStringLiteral("-c"), source, script} + typed);
    bash.waitForFinished();
    return QString::fromUtf8(bash.readAllStandardOutput()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

QStringList commandsInHelp()
{
    QStringList names;
    bool inList = false;
    const QStringList lines = run({QStringLiteral("--help")}).out.split(QLatin1Char('\n'));
    for (const QString& line : lines) {
        if (line.startsWith(QLatin1String("  send ")))
            inList = true;
        if (line.isEmpty())
            inList = false;
        if (inList)
            names.append(line.trimmed().section(QLatin1Char(' '), 0, 0));
    }
    return names;
}

} // namespace

class TestCliManners : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSlipGetsAHint_data()
    {
        QTest::addColumn<QString>("hint");
        QTest::newRow("sned") << "'send'";
        QTest::newRow("stat") << "'status'";
        QTest::newRow("status --rol leader") << "'--role'";
        QTest::newRow("status --role leadr") << "'leader'";
        QTest::newRow("messages --order delviery") << "'delivery'";
        QTest::newRow("cluster memebrs") << "'members'";
        QTest::newRow("time snyc") << "'sync'";
        QTest::newRow("help exit-code") << "'exit-codes'";
    }

    void aSlipGetsAHint()
    {
        QFETCH(QString, hint);
        const Ran ran = run(words(QTest::currentDataTag()));
        QCOMPARE(ran.code, 2);
        QVERIFY2(ran.err.contains(QLatin1String("did you mean ") + hint), qPrintable(ran.err));
        QCOMPARE(ran.err.count(QLatin1Char('\n')), 1);
    }

    void whatIsNearNothingGetsNoHint()
    {
        for (const char* line : {"frobnicate", "status --xyzzy", "cluster zz"})
            QVERIFY2(!run(words(line)).err.contains(QLatin1String("did you mean")), line);
    }

    void everyCommandExplainsItselfWithExamples()
    {
        const QStringList names = commandsInHelp();
        QVERIFY(names.size() > 10);
        for (const QString& name : names) {
            const Ran help = run({QStringLiteral("help"), name});
            QCOMPARE(help.code, 0);
            QCOMPARE(help.out, run({name, QStringLiteral("--help")}).out);
            const QString examples = help.out.section(QStringLiteral("\nExamples:\n"), 1);
            QVERIFY2(examples.trimmed().count(QLatin1Char('\n')) >= 1, qPrintable(name));
        }
    }

    // The table, its JSON and the documentation say the same.
    void exitCodesAreOneTable()
    {
        const QJsonArray codes =
            QJsonDocument::fromJson(run(words("help exit-codes --json")).out.toUtf8()).array();
        QVERIFY(codes.size() >= 6);
        const QString table = run(words("help exit-codes")).out;
        QFile page(QStringLiteral(DSMSG_CLI_PAGE));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString documented = QString::fromUtf8(page.readAll());
        for (const QJsonValue& value : codes) {
            const QString meaning = value.toObject().value(QLatin1String("meaning")).toString();
            const int code = value.toObject().value(QLatin1String("code")).toInt();
            QVERIFY(table.contains(meaning));
            const QString row = QStringLiteral("| %1 | `%2` | %3 |")
                                    .arg(code)
                                    .arg(value.toObject().value(QLatin1String("name")).toString(), meaning);
            QVERIFY2(documented.contains(row), qPrintable(row));
        }
    }

    void everyCommandIsDocumented()
    {
        QFile page(QStringLiteral(DSMSG_CLI_PAGE));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString documented = QString::fromUtf8(page.readAll());
        for (const QString& name : commandsInHelp())
            QVERIFY2(documented.contains(QStringLiteral("`dsmsg %1").arg(name)), qPrintable(name));
    }

    void shellsAcceptTheirCompletions_data()
    {
        QTest::addColumn<QString>("shell");
        for (const char* shell : {"bash", "zsh", "fish"})
            QTest::newRow(shell) << QString::fromLatin1(shell);
    }

    void shellsAcceptTheirCompletions()
    {
        QFETCH(QString, shell);
        const Ran ran = run({QStringLiteral("completion"), shell});
        QCOMPARE(ran.code, 0);
        for (const QString& name : commandsInHelp())
            QVERIFY2(ran.out.contains(name), qPrintable(name));
        if (QStandardPaths::findExecutable(shell).isEmpty())
            QSKIP("this shell is not installed");
        QTemporaryDir folder;
        QFile script(folder.filePath(QStringLiteral("script")));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write(ran.out.toUtf8());
        script.close();
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(shell, {QStringLiteral("-n"), script.fileName()});
        QVERIFY(process.waitForFinished());
        const QByteArray said = process.readAll();
        QVERIFY2(process.exitCode() == 0 && said.isEmpty(), said);
    }

    void bashCompletes()
    {
        QTemporaryDir folder;
        QFile script(folder.filePath(QStringLiteral("dsmsg.bash")));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write(run(words("completion bash")).out.toUtf8());
        script.close();
        const auto offers = [&](const char* line) { return completedInBash(script.fileName(), words(line)); };

        QCOMPARE(offers("dsmsg sta"), QStringList{QStringLiteral("status")});
        QCOMPARE(offers("dsmsg status --role "), words("leader follower candidate"));
        QCOMPARE(offers("dsmsg status --role f"), QStringList{QStringLiteral("follower")});
        QCOMPARE(offers("dsmsg send --ti"), QStringList{QStringLiteral("--timeout")});
        QVERIFY(offers("dsmsg cluster ").contains(QLatin1String("transfer")));
        QVERIFY(offers("dsmsg cluster transfer ").isEmpty());
        QVERIFY(offers("dsmsg ").contains(QLatin1String("help")));
        QVERIFY(offers("dsmsg help exit").contains(QLatin1String("exit-codes")));
        QVERIFY(offers("dsmsg send --to ").isEmpty());
        QVERIFY(offers(qPrintable(QStringLiteral("dsmsg verify %1/ds").arg(folder.path())))
                    .contains(script.fileName()));
    }
};

QTEST_GUILESS_MAIN(TestCliManners)
#include "tst_cli_manners.moc"

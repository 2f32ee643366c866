// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command line says what it understood, and what it did not, before there is a window.
#include <QTest>

#include "app/monitor/app/CommandLine.h"

using namespace dsmsg::monitor;

class TestCommandLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAllOptions()
    {
        CommandLine line;
        const auto end = readCommandLine(
            QStringLiteral(
                "dsmsg-monitor --connect http://a:1,b:2 --page raft --theme dark --language de --size "
                "900x600 --grab f.png --after 0.5")
                .split(QLatin1Char(' ')),
            line);
        QVERIFY(!end);
        QCOMPARE(line.connectTo, QStringLiteral("http://a:1,b:2"));
        QCOMPARE(line.page, QStringLiteral("raft"));
        QCOMPARE(line.theme, QStringLiteral("dark"));
        QCOMPARE(line.language, QStringLiteral("de"));
        QCOMPARE(line.size, QSize(900, 600));
        QCOMPARE(line.grab, QStringLiteral("f.png"));
        QCOMPARE(line.afterS, 0.5);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* arguments, const char* named) {
            QTest::newRow(arguments) << QString::fromLatin1(arguments) << QString::fromLatin1(named);
        };
        row("--page nowhere", "nowhere");
        row("--theme pink", "pink");
        row("--language fr", "fr");
        row("--embedded 2", "'2'");
        row("--size 12", "'12'");
        row("--size 10x10", "400x300");
        row("--after soon", "--after");
        row("--embedded 3 --connect a:1", "exclude");
        row("--nonsense", "nonsense");
        row("stray", "stray");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, arguments);
        QFETCH(QString, named);
        CommandLine line;
        const auto end = readCommandLine(
            QStringList(QStringLiteral("dsmsg-monitor")) + arguments.split(QLatin1Char(' ')), line);
        QVERIFY(end);
        QCOMPARE(end->exitCode, 2);
        QVERIFY2(end->text.contains(named), qPrintable(end->text));
        QVERIFY2(end->text.contains(QStringLiteral("--help")), qPrintable(end->text));
    }

    void helpAndVersionEndWell()
    {
        CommandLine line;
        const auto help = readCommandLine({QStringLiteral("dsmsg-monitor"), QStringLiteral("--help")}, line);
        QVERIFY(help && help->exitCode == 0);
        for (const char* option : {"--connect", "--embedded", "--page", "--theme", "--size"})
            QVERIFY2(help->text.contains(QLatin1String(option)), option);
        const auto version =
            readCommandLine({QStringLiteral("dsmsg-monitor"), QStringLiteral("--version")}, line);
        QVERIFY(version && version->exitCode == 0 && version->text.contains(QStringLiteral(DSMSG_VERSION)));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"

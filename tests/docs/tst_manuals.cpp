// SPDX-License-Identifier: GPL-3.0-or-later
//
// docs/INSTALL.md, OPERATIONS.md and TROUBLESHOOTING.md speak of what programs say, and somebody searches
// them for it: what stands between “ and ” is said by the sources in these words, with … for what differs.
// Every metric and every category of the log is explained, and none that does not exist.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <algorithm>

#include "tests/support/process/ClusterTest.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

QString read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString manual(const char* name)
{
    return read(QStringLiteral(DSMSG_SOURCES "/docs/") + QLatin1String(name));
}

/// Of what is built: the texts of every program, literals that follow each other as one.
QString sources()
{
    static const QRegularExpression seam(QStringLiteral("\"\\s*\n\\s*\""));
    QString all;
    for (const char* folder : {"core", "app", "qml"}) {
        QDirIterator files(QStringLiteral(DSMSG_SOURCES "/") + QLatin1String(folder),
                           {QStringLiteral("*.cpp"), QStringLiteral("*.h"), QStringLiteral("*.qml")},
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            all += read(files.next())
                       .replace(seam, QString())
                       .replace(QStringLiteral("\\\""), QStringLiteral("\""));
    }
    return all;
}

QSet<QString> matches(const QString& text, const char* pattern)
{
    QSet<QString> found;
    auto all = QRegularExpression(QString::fromUtf8(pattern)).globalMatch(text);
    while (all.hasNext())
        found.insert(all.next().captured(1));
    return found;
}

/// The parts of the manual's quotations that nobody says.
QStringList unsaid(const QString& document, const QString& said)
{
    QStringList wrong;
    for (const QString& quotation : matches(document, "“([^”]+)”")) {
        for (const QString& part : quotation.simplified().split(QChar(0x2026), Qt::SkipEmptyParts)) {
            if (!said.contains(part.trimmed()))
                wrong.append(part.trimmed());
        }
    }
    return wrong;
}

QStringList sorted(const QSet<QString>& names)
{
    QStringList list(names.cbegin(), names.cend());
    list.sort();
    return list;
}

} // namespace

class TestManuals : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsQuotedIsSaid_data()
    {
        QTest::addColumn<int>("least");
        QTest::newRow("OPERATIONS.md") << 15;
        QTest::newRow("TROUBLESHOOTING.md") << 15;
    }
    void whatIsQuotedIsSaid()
    {
        QFETCH(const int, least);
        const QString document = manual(QTest::currentDataTag());
        QVERIFY(matches(document, "“([^”]+)”").size() >= least);
        QCOMPARE(unsaid(document, sources()), QStringList());
    }

    void whatNobodySaysIsFound()
    {
        const QString said = QStringLiteral("\"cannot listen on \" + host + \" port \"");
        QCOMPARE(unsaid(QStringLiteral("“cannot listen on\n… port …”"), said), QStringList());
        QCOMPARE(unsaid(QStringLiteral("“cannot listen to …”"), said),
                 QStringList{QStringLiteral("cannot listen to")});
    }

    void everyMetricIsExplained()
    {
        QVERIFY(startCluster({.nodes = 1}));
        const QString told =
            QString::fromUtf8(cluster().client(0).http().get("/metrics", Milliseconds(5000)).body);
        const QSet<QString> metrics = matches(told, "# TYPE (\\w+)");
        QVERIFY(metrics.size() > 50);
        QCOMPARE(sorted(matches(manual("OPERATIONS.md"), "`((?:dsmsg|process)_\\w+)`")), sorted(metrics));
    }

    void everyCategoryOfTheLogIsExplained()
    {
        const QSet<QString> categories =
            matches(sources(), "Q_LOGGING_CATEGORY\\(\\w+, \"(dsmsg\\.[^\"]+)\"");
        QVERIFY(categories.size() > 5);
        QCOMPARE(sorted(matches(manual("OPERATIONS.md"), "`(dsmsg\\.(?!rules)[a-z.]+)`")),
                 sorted(categories));
    }
};

QTEST_GUILESS_MAIN(TestManuals)
#include "tst_manuals.moc"

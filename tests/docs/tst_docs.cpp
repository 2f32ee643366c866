// SPDX-License-Identifier: GPL-3.0-or-later
//
// docs/API.md and docs/TUTORIAL.md are sessions with a cluster: their commands are run one after another
// against real nodes, and answer as they say. 8000 in them is whoever leads at that moment, 8001 and 8002
// follow.
#include <QFile>
#include <QProcess>
#include <QUrl>

#include "tests/docs/Examples.h"
#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

QString read(const QString& name)
{
    QFile file(QStringLiteral(DSMSG_DOCS "/") + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// A document's host and port, and the real ones.
struct Place
{
    QString written;
    QString real;
};

QString replaced(QString text, const QList<Place>& places, QString Place::*from, QString Place::*to)
{
    for (const Place& place : places)
        text.replace(place.*from, place.*to);
    return text;
}

QString outputOf(const QString& command)
{
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("no_proxy"), QStringLiteral("*"));
    environment.insert(QStringLiteral("PATH"),
                       QStringLiteral(DSMSG_PROGRAMS ":") + environment.value(QStringLiteral("PATH")));
    shell.setProcessEnvironment(environment);
    shell.start(QStringLiteral("bash"), {QStringLiteral("-c"), command});
    return shell.waitForFinished(20'000) ? QString::fromUtf8(shell.readAllStandardOutput())
                                         : QStringLiteral("no answer within 20 s");
}

} // namespace

class TestDocs : public ClusterTest
{
    Q_OBJECT

private:
    QList<Place> places(int leader)
    {
        QList<Place> found{{QStringLiteral("127.0.0.1:8000"), QUrl(cluster().url(leader)).authority()}};
        for (const int follower : cluster().othersThan(leader))
            found << Place{QStringLiteral("127.0.0.1:800%1").arg(found.size()),
                           QUrl(cluster().url(follower)).authority()};
        for (qsizetype n = 0; n < 3; ++n) // alone in the status
            found << Place{QStringLiteral("\"port\":800%1").arg(n),
                           QStringLiteral("\"port\":") + found[n].real.section(QLatin1Char(':'), 1)};
        return found;
    }

private Q_SLOTS:
    void everyExampleAnswersAsItSays_data()
    {
        QTest::addColumn<int>("least");
        QTest::newRow("API.md") << 40;
        QTest::newRow("TUTORIAL.md") << 12;
    }
    void everyExampleAnswersAsItSays()
    {
        QFETCH(const int, least);
        const QString document = QString::fromUtf8(QTest::currentDataTag());
        const auto examples = readExamples(read(document));
        QVERIFY(examples.size() >= std::size_t(least));
        QVERIFY(startCluster(breakable()));
        qputenv("DSMSG_NODES", cluster().urls().join(QLatin1Char(',')).toUtf8());
        for (const Example& example : examples) {
            const int leader = cluster().awaitLeader();
            QVERIFY(leader >= 0);
            const QList<Place> there = places(leader);
            const QString command = replaced(example.command, there, &Place::written, &Place::real);
            QString output;
            // Followers and clocks are a moment behind; a wrong example stays wrong.
            const bool good = await(Milliseconds(5'000), [&] {
                output = replaced(outputOf(command), there, &Place::real, &Place::written);
                return isAsPromised(example.output, output);
            });
            QVERIFY2(good, qPrintable(QStringLiteral("%1:%2: %3\nanswered\n%4")
                                          .arg(document)
                                          .arg(example.line)
                                          .arg(example.command, output)));
        }
    }

    void promisesAreCompared()
    {
        const QString dots = QString(QChar(0x2026));
        QVERIFY(isAsPromised({QStringLiteral("a") + dots + QStringLiteral("c")}, QStringLiteral("abbc\n")));
        QVERIFY(!isAsPromised({QStringLiteral("a") + dots + QStringLiteral("c")}, QStringLiteral("abb")));
        QVERIFY(isAsPromised({QStringLiteral("a"), dots, QStringLiteral("c")},
                             QStringLiteral("a\r\nb\r\n\r\nc")));
        QVERIFY(!isAsPromised({QStringLiteral("a")}, QStringLiteral("a\nb")));
        QVERIFY(!isAsPromised({}, QStringLiteral("a")));
    }
};

QTEST_GUILESS_MAIN(TestDocs)
#include "tst_docs.moc"

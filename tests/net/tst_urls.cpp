// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two spellings of one base URL are one member, and a text that is none is refused with the reason.
#include <QTest>

#include "core/net/Urls.h"

using namespace dsmsg;
using namespace dsmsg::net;

class TestUrls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void spellingsAreNormalised_data()
    {
        QTest::addColumn<std::string>("given");
        QTest::addColumn<std::string>("normal");
        const auto row = [](const char* given, const char* normal) {
            QTest::newRow(given) << std::string(given) << std::string(normal);
        };
        row("http://host:8000", "http://host:8000");
        row("HTTP://Host:8000/", "http://host:8000");
        row("host:8000", "http://host:8000");
        row(" host:8000 ", "http://host:8000");
        row("http://host", "http://host:80");
        row("127.0.0.1:9", "http://127.0.0.1:9");
        row("http://[::1]:8000", "http://[::1]:8000");
        row("http://[::1]", "http://[::1]:80");
    }
    void spellingsAreNormalised()
    {
        QFETCH(std::string, given);
        QFETCH(std::string, normal);
        const auto url = normaliseUrl(given);
        QVERIFY2(url.ok(), url.ok() ? "" : url.error().text.c_str());
        QCOMPARE(*url, normal);
        QCOMPARE(*normaliseUrl(*url), normal);
    }

    void whatIsNoBaseUrlIsRefusedWithTheReason_data()
    {
        QTest::addColumn<std::string>("given");
        QTest::addColumn<std::string>("reason");
        const auto row = [](const char* name, const char* given, const char* reason) {
            QTest::newRow(name) << std::string(given) << std::string(reason);
        };
        row("nothing", "", "host");
        row("only a scheme", "http://", "host");
        row("another scheme", "https://host:8000", "only http");
        row("a path", "http://host:8000/peer", "path");
        row("a query", "http://host:8000?a=1", "host and port only");
        row("a fragment", "http://host:8000#a", "host and port only");
        row("a password", "http://me:secret@host:8000", "host and port only");
        row("a port beyond range", "http://host:99999", "host");
        row("a space inside", "http://ho st:1", "host");
    }
    void whatIsNoBaseUrlIsRefusedWithTheReason()
    {
        QFETCH(std::string, given);
        QFETCH(std::string, reason);
        const auto url = normaliseUrl(given);
        QVERIFY(!url.ok());
        QVERIFY2(url.error().text.find(reason) != std::string::npos, url.error().text.c_str());
    }

    void listsAreSortedAndSkipEmptyParts()
    {
        const auto urls = parseUrlList(" b:2, ,a:1,,");
        QVERIFY(urls.ok());
        QCOMPARE(*urls, (std::vector<std::string>{"http://a:1", "http://b:2"}));
        QVERIFY(parseUrlList("")->empty());
    }

    void aUrlNamedTwiceIsRefused()
    {
        const auto urls = parseUrlList("a:80,b:1,HTTP://A/");
        QVERIFY(!urls.ok());
        QVERIFY(urls.error().text.find("http://a:80 is named twice") != std::string::npos);
    }

    void oneBadPartSpoilsTheList() { QVERIFY(!parseUrlList("a:1,ftp://b:2").ok()); }
};

QTEST_APPLESS_MAIN(TestUrls)
#include "tst_urls.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON reader and writer, the query parser and the framer as units. The reader is compared with simdjson
// on thousands of damaged documents: a hand-written grammar must be shown to be the grammar.
#include <QTest>
#include <array>
#include <limits>
#include <random>

#include "core/http/DraftReader.h"
#include "core/http/Json.h"
#include "core/http/JsonWriter.h"
#include "core/http/QtRequestParser.h"
#include "core/http/Query.h"
#include "core/http/RequestFramer.h"
#include "tests/http/JsonOracle.h"

namespace dsmsg::test {

using namespace http;

// Before the helpers: moc loses count of the braces in their raw strings.
class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesComeBackToTheDigit_data();
    void valuesComeBackToTheDigit();
    void badDocumentsAreRefused_data();
    void badDocumentsAreRefused();
    void lastDuplicateWins();
    void escapedNamesAreFound();
    void strings();
    void numbers();
    void depthIsBounded();
    void agreesWithSimdjson();
    void writerEscapes();
    void writerNumbers();
    void timesAreClamped();
    void queries();
    void framingDoesNotDependOnPackets();
    void qtParsesOneHeadAfterAnother();
    void damagedRequestsAreSurvived();
};

namespace {

constexpr std::uint32_t depth = 64;

/// The member "v" of a document; Absent when the document is refused.
JsonValue member(std::string_view document)
{
    constexpr std::array<std::string_view, 1> names{"v"};
    std::array<JsonValue, 1> values;
    const auto read = readMembers(document, depth, names, values);
    return read ? values[0] : JsonValue{};
}

bool accepts(std::string_view document)
{
    return readMembers(document, depth, {}, {}).ok();
}

std::string_view seed()
{
    return R"({"a":[1,-2.5e+10,0,true,false,null,"x\n\u00e9\ud83d\ude00\"\\\/",{"b":{},"c":[]}],"long":"0123456789abcdef0123456789",)"
           "\"\xc3\xa9\":\"\xf0\x9f\x98\x80\" , \"v\" :\t\r\n 7 }";
}

} // namespace

void TestJson::valuesComeBackToTheDigit_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char* value :
         {"12345678901234567890", "-0", "1.0", "1e3", "1E400", "1E-400", "0.10", "1.000000000000000000001",
          R"("a\u0041\/")", R"("\ud800")", R"({"b":1, "a":[ ]})", "null", "true", "[[[[]]]]", "\"\""})
        QTest::newRow(value) << QByteArray(value);
}

void TestJson::valuesComeBackToTheDigit()
{
    QFETCH(QByteArray, value);
    const std::string document = "{\"x\":0,\"v\" : " + value.toStdString() + " \n,\"y\":1}";
    QCOMPARE(std::string(member(document).raw), value.toStdString());
}

void TestJson::badDocumentsAreRefused_data()
{
    QTest::addColumn<QByteArray>("document");
    for (const char* document : {"",
                                 " ",
                                 "[]",
                                 "1",
                                 "\"x\"",
                                 "null",
                                 "{",
                                 "}",
                                 "{]",
                                 "{\"v\"}",
                                 "{\"v\":}",
                                 "{\"v\":1,}",
                                 "{,}",
                                 "{\"v\":1 \"w\":2}",
                                 "{v:1}",
                                 "{'v':1}",
                                 "{\"v\":01}",
                                 "{\"v\":+1}",
                                 "{\"v\":.5}",
                                 "{\"v\":1.}",
                                 "{\"v\":1e}",
                                 "{\"v\":1e+}",
                                 "{\"v\":-}",
                                 "{\"v\":--1}",
                                 "{\"v\":0x10}",
                                 "{\"v\":NaN}",
                                 "{\"v\":Infinity}",
                                 "{\"v\":tru}",
                                 "{\"v\":truex}",
                                 "{\"v\":nul}",
                                 "{\"v\":[1,]}",
                                 "{\"v\":[,1]}",
                                 "{\"v\":[1 2]}",
                                 "{\"v\":[1}",
                                 "{\"v\":\"a}",
                                 "{\"v\":\"a\\\"}",
                                 "{\"v\":\"\\x\"}",
                                 "{\"v\":\"\\u12g4\"}",
                                 "{\"v\":\"\\u12\"}",
                                 "{\"v\":\"a\nb\"}",
                                 "{\"v\":\"0123456\t\"}",
                                 "{\"v\":1}x",
                                 "{\"v\":1}{}",
                                 "{\"v\":1}//",
                                 "/**/{}",
                                 "\xef\xbb\xbf{}",
                                 "{\"v\":\"\xff\"}",
                                 "{\"v\":\"\xed\xa0\x80\"}",
                                 "{\"v\":\"\xc0\x80\"}"})
        QTest::newRow(document) << QByteArray(document);
    QTest::newRow("zero byte") << QByteArray("{\"v\":\0}", 7);
    QTest::newRow("zero byte in a string") << QByteArray("{\"v\":\"\0\"}", 9);
    QTest::newRow("zero byte after") << QByteArray("{\"v\":1}\0", 8);
}

void TestJson::badDocumentsAreRefused()
{
    QFETCH(QByteArray, document);
    const auto read = readMembers(
        std::string_view(document.constData(), static_cast<std::size_t>(document.size())), depth, {}, {});
    QVERIFY(!read);
    QVERIFY(read.error().text.starts_with("bad JSON"));
}

void TestJson::lastDuplicateWins()
{
    QCOMPARE(member(R"({"v":1,"v":{"v":3},"v":2})").raw, std::string_view("2"));
    QCOMPARE(member(R"({"w":{"v":1}})").kind, JsonKind::Absent);
}

void TestJson::escapedNamesAreFound()
{
    QCOMPARE(member(R"({"\u0076":5})").raw, std::string_view("5"));
}

/// Raw strings stay out of the macros: moc miscounts their quotes there.
void TestJson::strings()
{
    const std::vector<std::pair<const char*, std::optional<std::string>>> cases{
        {R"("a\"\\\/\b\f\n\r\tz")", "a\"\\/\b\f\n\r\tz"},
        {R"("\u00e9\u20ac\ud83d\ude00")", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"},
        {R"("\u0000")", std::string(1, '\0')},
        {R"("\ud83d")", std::nullopt},
        {R"("\ude00")", std::nullopt},
        {R"("\ud83dx")", std::nullopt},
        {R"("\ud83d\n")", std::nullopt},
        {R"("\ud83d\u0041")", std::nullopt},
    };
    for (const auto& [raw, text] : cases)
        QCOMPARE(decodeString(raw), text);
}

void TestJson::numbers()
{
    QCOMPARE(decodeDouble("1e308"), std::optional(1e308));
    QCOMPARE(decodeDouble("1e309"), std::optional<double>());
    QCOMPARE(decodeDouble("-1e99999999999999999999"), std::optional<double>());
    QCOMPARE(decodeDouble("1e-400"), std::optional(0.0));
    QCOMPARE(decodeDouble("1e-99999999999999999999"), std::optional(0.0));
    QCOMPARE(decodeDouble("0." + std::string(400, '0') + "1"), std::optional(0.0));
    QCOMPARE(decodeDouble("1" + std::string(400, '0')), std::optional<double>());
    QCOMPARE(decodeDouble("1" + std::string(400, '0') + "e-400"), std::optional(1.0));
    QCOMPARE(decodeDouble("1700000000.123456"), std::optional(1700000000.123456));
    QCOMPARE(decodeCounter("18446744073709551615"), std::optional(std::numeric_limits<std::uint64_t>::max()));
    for (const char* other : {"18446744073709551616", "-1", "1.0", "1e3"})
        QCOMPARE(decodeCounter(other), std::optional<std::uint64_t>());
}

void TestJson::depthIsBounded()
{
    const auto nest = [](std::size_t levels) {
        return "{\"v\":" + std::string(levels, '[') + std::string(levels, ']') + "}";
    };
    QVERIFY(accepts(nest(depth)));
    QVERIFY(!accepts(nest(depth + 1)));
    QVERIFY(!accepts(nest(10'000'000)));
}

void TestJson::agreesWithSimdjson()
{
    std::mt19937 random(20260101);
    constexpr std::string_view alphabet = "{}[]\",:\\ \n\t0123456789.eE+-truefalsnu\x01\x80\xc3\xa9x/";
    JsonOracle oracle;
    int accepted = 0;
    for (int round = 0; round < 200'000; ++round) {
        std::string document(seed());
        for (auto edits = random() % 3 + 1; edits > 0; --edits) {
            const std::size_t at = random() % document.size();
            const char with = alphabet[random() % alphabet.size()];
            switch (random() % 3) {
            case 0:
                document[at] = with;
                break;
            case 1:
                document.insert(at, 1, with);
                break;
            default:
                document.erase(at, random() % 3 + 1);
            }
        }
        const JsonOracle::Opinion opinion = oracle.judge(document);
        const bool ours = accepts(document);
        accepted += ours;
        if (opinion != JsonOracle::Opinion::Undecided)
            QVERIFY2(ours == (opinion == JsonOracle::Opinion::Object), document.c_str());
    }
    QVERIFY(accepted > 10'000);
}

void TestJson::writerEscapes()
{
    std::string out;
    JsonWriter(out)
        .beginObject()
        .field("k\"", std::string("a\\\"\n\r\t\x01\x1f\x7f\xc3\xa9", 11))
        .endObject();
    QCOMPARE(out, std::string("{\"k\\\"\":\"a\\\\\\\"\\n\\r\\t\\u0001\\u001f\x7f\xc3\xa9\"}"));
    out.clear();
    JsonWriter(out)
        .beginArray()
        .beginObject()
        .endObject()
        .beginArray()
        .value(1)
        .value(2)
        .endArray()
        .raw("x")
        .null()
        .endArray();
    QCOMPARE(out, std::string("[{},[1,2],x,null]"));
}

void TestJson::writerNumbers()
{
    const auto text = [](auto number) {
        std::string out;
        JsonWriter(out).value(number);
        return out;
    };
    QCOMPARE(text(0.1), std::string("0.1"));
    QCOMPARE(text(std::numeric_limits<double>::quiet_NaN()), std::string("null"));
    QCOMPARE(text(std::numeric_limits<std::uint64_t>::max()), std::string("18446744073709551615"));
    QCOMPARE(text(std::numeric_limits<std::int64_t>::min()), std::string("-9223372036854775808"));
    QCOMPARE(text(Duration(0)), std::string("0.0"));
    QCOMPARE(text(Duration(1'700'000'000'123'450)), std::string("1700000000.12345"));
    QCOMPARE(text(Duration(-1)), std::string("-0.000001"));
    QCOMPARE(text(Duration::min()), std::string("-9223372036854.775808"));
    QCOMPARE(text(std::optional<Duration>()), std::string("null"));
    QCOMPARE(text(true), std::string("true"));
}

void TestJson::timesAreClamped()
{
    QCOMPARE(timeFromSeconds(1'700'000'000.123456).time_since_epoch().count(), 1'700'000'000'123'456);
    QCOMPARE(timeFromSeconds(-1.5).time_since_epoch().count(), -1'500'000);
    QCOMPARE(timeFromSeconds(1e308).time_since_epoch().count(), std::int64_t(1) << 61);
    QCOMPARE(timeFromSeconds(-1e308).time_since_epoch().count(), -(std::int64_t(1) << 61));
}

void TestJson::queries()
{
    const auto query = Query::parse("a=1&b=x+y%20z%2B&&c&a=2&%64=%e2%82%ac&bad=%zz%", 10);
    QVERIFY(query);
    QCOMPARE(query->find("a"), std::optional<std::string_view>("2"));
    QCOMPARE(query->find("b"), std::optional<std::string_view>("x y z+"));
    QCOMPARE(query->find("c"), std::optional<std::string_view>(""));
    QCOMPARE(query->find("d"), std::optional<std::string_view>("\xe2\x82\xac"));
    QCOMPARE(query->find("bad"), std::optional<std::string_view>("%zz%"));
    QCOMPARE(query->find("e"), std::optional<std::string_view>());
    QVERIFY(!Query::parse("a=%ff", 10));
    QVERIFY(!Query::parse("a&b&c", 2));
}

/// Any split of the same bytes gives the same requests.
void TestJson::framingDoesNotDependOnPackets()
{
    const std::string bytes =
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345"
        "GET /b?q=1 HTTP/1.1\r\nHost: h\r\nConnection: x, close\r\n\r\n"
        "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\nT: 1\r\n\r\n"
        "GET /d HTTP/1.0\r\n\r\n";
    const HttpLimits limits;
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        RequestFramer framer(limits);
        InputBuffer input;
        std::string seen;
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t size = round == 0 ? bytes.size() : random() % 40 + 1;
            input.compact();
            input.append(std::string_view(bytes).substr(at, size));
            at += size;
            while (!input.empty() && framer.advance(input) == RequestFramer::Step::Complete) {
                seen += framer.head().substr(0, 7) + "[" + std::string(framer.body(input)) + "]" +
                        (framer.keepAlive() ? "+" : "-");
                framer.next(input);
            }
        }
        QCOMPARE(seen, std::string("POST /a[12345]+GET /b?[]-POST /c[abc]+GET /d []-"));
    }
}

/// Repeated heads, more different ones than are remembered, and a refusal in between.
void TestJson::qtParsesOneHeadAfterAnother()
{
    QtRequestParser parser;
    for (int i = 0; i < 300; ++i) {
        const std::string number = std::to_string(i % 100);
        const Request* request = parser.parse("POST /a%20b/" + number + "?x=" + number +
                                              "%20 HTTP/1.1\r\nX-Number: " + number + "\r\n\r\n");
        QVERIFY(request);
        QCOMPARE(request->method, Method::Post);
        QCOMPARE(request->path, "/a b/" + number);
        QCOMPARE(request->query, "x=" + number + "%20");
        QCOMPARE(std::string(request->header("x-number")), number);
        QVERIFY(request->body.empty());
        if (i % 7 == 0)
            QVERIFY(!parser.parse("nonsense" + number + "\r\n\r\n"));
    }
}

/// What the framer lets through, however damaged, Qt parses or refuses; nothing hangs over into the next
/// request.
void TestJson::damagedRequestsAreSurvived()
{
    const std::string whole =
        "POST /send?a=b HTTP/1.1\r\nHost: h:1\r\nContent-Length: 3\r\nX-Y: z\r\n\r\n{}\n"
        "GET /messages?limit=1&sender=%41 HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\n\r\n";
    constexpr char alphabet[] = "\r\n :/?%=&\0\x7f\xff,;.HTP019aZ#[]@";
    const HttpLimits limits;
    QtRequestParser parser;
    std::mt19937 random(11);
    int parsed = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes = whole;
        for (auto edits = random() % 4; edits > 0; --edits)
            bytes[random() % bytes.size()] = alphabet[random() % (sizeof alphabet - 1)];
        RequestFramer framer(limits);
        InputBuffer input;
        input.append(bytes);
        while (!input.empty() && framer.advance(input) == RequestFramer::Step::Complete) {
            parsed += parser.parse(framer.head()) != nullptr;
            framer.next(input);
        }
        const Request* good = parser.parse("GET /good" + std::to_string(round % 50) + " HTTP/1.1\r\n\r\n");
        QVERIFY(good);
        QCOMPARE(good->path, "/good" + std::to_string(round % 50));
    }
    QVERIFY(parsed > 10'000);
}

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestJson)
#include "tst_json.moc"

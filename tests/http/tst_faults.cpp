// SPDX-License-Identifier: GPL-3.0-or-later
//
// /faults: what an order may say, every refusal with its status, and who may order at all.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/http/TestServer.h"

namespace dsmsg::test {

namespace {

/// Takes every order; called in the HTTP thread while the test waits for the answer.
class FakeDesk final : public node::FaultDesk
{
public:
    std::vector<node::ActiveFault> active;
    bool full = false;

    void list(std::function<void(std::vector<node::ActiveFault>)> answer) override { answer(active); }
    void inject(node::FaultOrder order, std::function<void(Result<node::ActiveFault>)> answer) override
    {
        if (full)
            return answer(Error{Error::Kind::Busy, "too many"});
        if (!order.peers.empty() && order.peers.front() == "n9")
            return answer(Error{Error::Kind::Invalid, "this node has no peer \"n9\""});
        active.push_back({active.size() + 1, order, order.lasts});
        answer(active.back());
    }
    void heal(std::optional<std::uint64_t> id, std::function<void(std::size_t)> answer) override
    {
        answer(std::erase_if(active, [id](const auto& fault) { return !id || fault.id == *id; }));
    }
};

constexpr const char* json = "Content-Type: application/json\r\n";

QJsonObject bodyOf(const Answer& answer)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body)).object();
}

} // namespace

class TestFaults : public QObject
{
    Q_OBJECT

    FakeDesk desk_;
    std::unique_ptr<TestServer> server_;

    Answer post(std::string_view body, std::string_view headers = json)
    {
        return ask(*server_, request("POST", "/faults", body, headers));
    }
    Answer remove(std::string_view target) { return ask(*server_, request("DELETE", target)); }

private Q_SLOTS:
    void init()
    {
        desk_ = {};
        ServerOptions options;
        options.desk = &desk_;
        options.allowedOrigins = {"http://lab.example"};
        server_ = std::make_unique<TestServer>(std::move(options));
    }
    void cleanup() { server_.reset(); }

    void withoutTheOptionThereIsNoSuchPath()
    {
        const TestServer plain;
        QCOMPARE(ask(plain, request("GET", "/faults")).status, 404);
        QCOMPARE(ask(plain, request("POST", "/faults", "{}", json)).status, 404);
    }

    void anOrderIsTakenAndShown()
    {
        const Answer ordered =
            post(R"({"kind":"delay","peers":["n2","n3"],"direction":"in","value":250,"for_s":1.5})");
        QCOMPARE(ordered.status, 200);
        const QJsonObject fault = bodyOf(ordered)[QLatin1String("fault")].toObject();
        QCOMPARE(fault[QLatin1String("id")].toInt(), 1);
        QCOMPARE(fault[QLatin1String("remaining_s")].toDouble(), 1.5);
        const node::FaultOrder order = desk_.active.at(0).order;
        QVERIFY(order.kind == node::FaultKind::Delay);
        QCOMPARE(order.peers, (std::vector<std::string>{"n2", "n3"}));
        QVERIFY(order.direction == net::Way::In && order.value == 250.0);
        QVERIFY(order.lasts == Milliseconds(1500));

        const QJsonArray shown =
            bodyOf(ask(*server_, request("GET", "/faults")))[QLatin1String("faults")].toArray();
        QCOMPARE(shown.size(), 1);
        QCOMPARE(shown[0].toObject(), fault);
        QCOMPARE(fault[QLatin1String("kind")].toString(), QStringLiteral("delay"));
        QCOMPARE(fault[QLatin1String("direction")].toString(), QStringLiteral("in"));
        QCOMPARE(fault[QLatin1String("peers")].toArray().size(), 2);
        QCOMPARE(fault[QLatin1String("value")].toDouble(), 250.0);
    }

    void oneOrAllAreHealed()
    {
        for (int fault = 0; fault < 3; ++fault)
            QCOMPARE(post(R"({"kind":"fsync_fail","for_s":60})").status, 200);
        QCOMPARE(bodyOf(remove("/faults?id=2"))[QLatin1String("healed")].toInt(), 1);
        QCOMPARE(desk_.active.size(), std::size_t(2));
        QCOMPARE(remove("/faults?id=2").status, 404);
        QCOMPARE(bodyOf(remove("/faults"))[QLatin1String("healed")].toInt(), 2);
        QCOMPARE(bodyOf(remove("/faults"))[QLatin1String("healed")].toInt(), 0);
    }

    void anIdThatIsNone()
    {
        for (const char* target : {"/faults?id=", "/faults?id=x", "/faults?id=-1", "/faults?id=1x"})
            QCOMPARE(remove(target).status, 400);
    }

    void malformedOrders_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* name, const char* body, const char* says) {
            QTest::newRow(name) << QByteArray(body) << QByteArray(says);
        };
        row("nothing", "", "");
        row("not JSON", "{", "");
        row("an array", "[]", "");
        row("no kind", R"({"for_s":1})", "kind");
        row("unknown kind", R"({"kind":"flood","for_s":1})", "kind");
        row("kind of another type", R"({"kind":1,"for_s":1})", "kind");
        row("no for_s", R"({"kind":"pause"})", "for_s");
        row("for_s null", R"({"kind":"pause","for_s":null})", "for_s");
        row("for_s zero", R"({"kind":"pause","for_s":0})", "for_s");
        row("for_s negative", R"({"kind":"pause","for_s":-1})", "for_s");
        row("for_s too long", R"({"kind":"pause","for_s":3600.1})", "for_s");
        row("for_s infinite", R"({"kind":"pause","for_s":1e999})", "for_s");
        row("for_s of another type", R"({"kind":"pause","for_s":"1"})", "for_s");
        row("no value", R"({"kind":"delay","for_s":1})", "value");
        row("value of another type", R"({"kind":"delay","value":"1","for_s":1})", "value");
        row("value out of range", R"({"kind":"loss","value":2,"for_s":1})", "value");
        row("value where none belongs", R"({"kind":"partition","value":2,"for_s":1})", "value");
        row("peers of another type", R"({"kind":"partition","peers":"n2","for_s":1})", "peers");
        row("peers not strings", R"({"kind":"partition","peers":["n2",3],"for_s":1})", "peers");
        row("peers empty", R"({"kind":"partition","peers":[],"for_s":1})", "peers");
        row("peers where none belong", R"({"kind":"pause","peers":["n2"],"for_s":1})", "peers");
        row("unknown peer", R"({"kind":"partition","peers":["n9"],"for_s":1})", "n9");
        row("unknown direction", R"({"kind":"partition","direction":"up","for_s":1})", "direction");
        row("direction where none belongs", R"({"kind":"pause","direction":"in","for_s":1})", "direction");
    }
    void malformedOrders()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, says);
        const Answer answer = post(body.toStdString());
        QCOMPARE(answer.status, 400);
        const QString reason = bodyOf(answer)[QLatin1String("reason")].toString();
        QVERIFY2(!reason.isEmpty() && reason.contains(QLatin1String(says)), answer.body.c_str());
        QVERIFY(desk_.active.empty());
    }

    void tooManyAtOnce()
    {
        desk_.full = true;
        QCOMPARE(post(R"({"kind":"pause","for_s":1})").status, 503);
    }

    void aWebPageMayNot()
    {
        constexpr const char* order = R"({"kind":"pause","for_s":1})";
        const std::string foreign = "Origin: http://evil.example\r\n";
        QCOMPARE(post(order, foreign + json).status, 403);
        QCOMPARE(post(order, "Origin: null\r\n" + std::string(json)).status, 403);
        QCOMPARE(ask(*server_, request("DELETE", "/faults", {}, foreign)).status, 403);
        QCOMPARE(ask(*server_, request("GET", "/faults", {}, foreign)).status, 403);
        QVERIFY(desk_.active.empty());
        QCOMPARE(post(order, "Origin: http://lab.example\r\n" + std::string(json)).status, 200);
    }

    void everyOriginIsNotAnAllowedOne()
    {
        ServerOptions options;
        options.desk = &desk_;
        const TestServer open(std::move(options));
        const std::string page = "Origin: http://lab.example\r\n";
        QCOMPARE(ask(open, request("POST", "/faults", R"({"kind":"pause","for_s":1})", page + json)).status,
                 403);
    }

    void onlyJson()
    {
        constexpr const char* order = R"({"kind":"pause","for_s":1})";
        QCOMPARE(post(order, "").status, 415);
        QCOMPARE(post(order, "Content-Type: text/plain\r\n").status, 415);
        QCOMPARE(post(order, "Content-Type: application/jsonp\r\n").status, 415);
        QVERIFY(desk_.active.empty());
        QCOMPARE(post(order, "Content-Type: Application/JSON ; charset=utf-8\r\n").status, 200);
    }

    void otherMethods()
    {
        const Answer answer = ask(*server_, request("PUT", "/faults", "{}", json));
        QCOMPARE(answer.status, 405);
        QCOMPARE(answer.header("allow"), std::string("GET, HEAD, POST, DELETE, OPTIONS"));
        QCOMPARE(ask(*server_, request("DELETE", "/status")).status, 405);
    }
};

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestFaults)
#include "tst_faults.moc"

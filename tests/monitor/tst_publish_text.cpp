// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the publish form makes of what was typed: variables, JSON and where it is wrong, one message after
// another, and what is sent again.
#include <QRegularExpression>
#include <QTest>

#include "app/monitor/publish/JsonCheck.h"
#include "app/monitor/publish/MessageForm.h"
#include "app/monitor/publish/SendWorker.h"

using namespace dsmsg;
using namespace dsmsg::monitor;
using Format = PayloadTemplate::Format;

namespace {

QString expand(const QString& text, Format format, const PayloadTemplate::Own& own = {}, quint64 n = 7)
{
    Random random(1);
    const auto parsed = PayloadTemplate::parse(text, format, own);
    if (const auto* problem = std::get_if<PayloadTemplate::Problem>(&parsed))
        return QStringLiteral("at %1: %2").arg(problem->position).arg(problem->text);
    const UnixTime now(std::chrono::microseconds(1'700'000'000'250'000));
    return std::get<PayloadTemplate>(parsed).expand({n, now, random});
}

} // namespace

class TestPublishText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void variables_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // a regular expression
        QTest::newRow("none") << "plain"
                              << "plain";
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("number") << "no. {{n}}"
                                << "no\\. 7";
        QTest::newRow("spaces") << "{{ n }}"
                                << "7";
        QTest::newRow("time") << "{{now}}"
                              << "1700000000\\.250000";
        QTest::newRow("iso") << "{{iso}}"
                             << "2023-11-14T22:13:20\\.250Z";
        QTest::newRow("uuid") << "{{uuid}}"
                              << "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
        QTest::newRow("random") << "{{random 3 3}}"
                                << "3";
        QTest::newRow("negative") << "{{random -5 -5}}"
                                  << "-5";
        QTest::newRow("pick") << "{{pick a|b c|d}}"
                              << "a|b c|d";
        QTest::newRow("fill") << "{{fill 12}}"
                              << "[a-z]{12}";
        QTest::newRow("own") << "{{city}}!"
                             << "Oslo!";
        QTest::newRow("braces") << "\\{{n}}"
                                << "\\{\\{n\\}\\}";
        QTest::newRow("a single brace") << "{n}"
                                        << "\\{n\\}";
        QTest::newRow("unknown") << "a {{nn}}"
                                 << "at 2: there is no variable 'nn'.*";
        QTest::newRow("open") << "a {{n"
                              << "at 2: the closing .* is missing.*";
        QTest::newRow("random without limits") << "{{random 1}}"
                                               << "at 0: 'random' takes.*";
        QTest::newRow("random upside down") << "{{random 9 1}}"
                                            << "at 0: 'random' takes.*";
        QTest::newRow("fill too much") << "{{fill 99999999}}"
                                       << "at 0: 'fill' takes.*";
        QTest::newRow("superfluous") << "{{n 1}}"
                                     << "at 0: 'n' takes nothing.*";
    }
    void variables()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const QString result = expand(text, Format::Text, {{QStringLiteral("city"), QStringLiteral("Oslo")}});
        QVERIFY2(QRegularExpression(QRegularExpression::anchoredPattern(expected)).match(result).hasMatch(),
                 qPrintable(result));
    }

    /// Inside a string a value is escaped, outside it is inserted as it is.
    void valuesCannotBreakJson()
    {
        const PayloadTemplate::Own own{{QStringLiteral("v"), QStringLiteral("a\"b\\c")},
                                       {QStringLiteral("list"), QStringLiteral("[1,2]")}};
        QCOMPARE(
            expand(QStringLiteral("{\"k\": \"{{v}}\", \"l\": {{list}}, \"n\": {{n}}}"), Format::Json, own),
            QStringLiteral("{\"k\": \"a\\\"b\\\\c\", \"l\": [1,2], \"n\": 7}"));
        QCOMPARE(expand(QStringLiteral("[\"\\\"{{v}}\"]"), Format::Json, own),
                 QStringLiteral("[\"\\\"a\\\"b\\\\c\"]"));
        QCOMPARE(expand(QStringLiteral("{{v}}"), Format::Text, own), QStringLiteral("a\"b\\c"));
    }

    void oneSeedGivesTheSameMessages()
    {
        const QString text = QStringLiteral("{{uuid}} {{random 1 1000000}} {{fill 9}}");
        QCOMPARE(expand(text, Format::Text), expand(text, Format::Text));
    }

    void json_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::newRow("number") << "12345678901234567890" << 0 << 0;
        QTest::newRow("text") << "\"x\"" << 0 << 0;
        QTest::newRow("null") << " null " << 0 << 0;
        QTest::newRow("object") << "{\"a\": [1, 2.0, 1e3]}" << 0 << 0;
        QTest::newRow("nothing") << "  " << 1 << 1;
        QTest::newRow("two values") << "1, 2" << 1 << 1;
        QTest::newRow("bare word") << "{\n  \"a\": yes\n}" << 2 << 8;
        QTest::newRow("no colon") << "{\"a\" 1}" << 1 << 6;
    }
    void json()
    {
        QFETCH(QString, text);
        QFETCH(int, line);
        QFETCH(int, column);
        const auto problem = checkJson(text);
        QCOMPARE(problem.has_value(), line > 0);
        QCOMPARE(client::isJsonValue(text.toUtf8()), !problem.has_value());
        if (!problem)
            return;
        QVERIFY(!problem->text.isEmpty());
        const TextPlace place = placeOf(text, problem->position);
        QCOMPARE(place.line, line);
        QVERIFY2(std::abs(place.column - column) <= 1, qPrintable(QString::number(place.column)));
    }

    void indenting()
    {
        QCOMPARE(indentedJson(QStringLiteral("{\"a\":[1.0,{}],\"b\":\"x, {y}\\\"\",\"c\":[ ]}")),
                 QStringLiteral(
                     "{\n  \"a\": [\n    1.0,\n    {}\n  ],\n  \"b\": \"x, {y}\\\"\",\n  \"c\": []\n}"));
        QCOMPARE(indentedJson(QStringLiteral("{broken")), QStringLiteral("{broken"));
        QCOMPARE(indentedJson(QStringLiteral("{\"n\": {{n}}}")), QStringLiteral("{\"n\": {{n}}}"));
    }

    void aFormSaysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("field"); // "json": the text, and it is JSON
        QTest::addColumn<QString>("value");
        QTest::addColumn<MessageForm::Part>("part");
        QTest::addColumn<int>("position");
        QTest::addColumn<QString>("words");
        QTest::newRow("empty") << "text"
                               << "" << MessageForm::Nothing << -1 << "";
        QTest::newRow("json") << "json"
                              << "{\"a\": {{n}}}" << MessageForm::Nothing << -1 << "";
        QTest::newRow("broken json") << "json"
                                     << "{\n \"a\": }" << MessageForm::Payload << 8 << "Line 2";
        QTest::newRow("a variable that gives no value")
            << "json"
            << "[{{pick a|b}}, x]" << MessageForm::Payload << 1 << "Line 1";
        QTest::newRow("broken behind a variable")
            << "json"
            << "[\"{{uuid}}\", x]" << MessageForm::Payload << 13 << "Line 1";
        QTest::newRow("unknown variable") << "text"
                                          << "a\n{{who}}" << MessageForm::Payload << 2 << "Line 2, column 1";
        QTest::newRow("long sender") << "sender" << QString(257, QLatin1Char('x')) << MessageForm::Names << -1
                                     << "256 bytes";
        QTest::newRow("variable in the recipient") << "recipient"
                                                   << "{{x}}" << MessageForm::Names << -1 << "The recipient";
        QTest::newRow("no time") << "ts"
                                 << "soon" << MessageForm::Options << -1 << "timestamp";
        QTest::newRow("ttl 0") << "ttl"
                               << "0" << MessageForm::Options << -1 << "time to live";
        QTest::newRow("too large") << "text" << QString(1 << 20, QLatin1Char('x')) << MessageForm::Payload
                                   << -1 << "nodes take";
    }
    void aFormSaysWhatIsWrong()
    {
        QFETCH(QString, field);
        QFETCH(QString, value);
        QFETCH(MessageForm::Part, part);
        QFETCH(int, position);
        QFETCH(QString, words);
        MessageForm form;
        const bool json = field == QLatin1String("json");
        form.setJson(json);
        QVERIFY(form.setProperty(json ? "text" : qPrintable(field), value));
        form.checkNow();
        QCOMPARE(form.problemIn(), part);
        QVERIFY2(form.problem().contains(words), qPrintable(form.problem()));
        QVERIFY2(std::abs(form.problemPosition() - position) <= 1,
                 qPrintable(QString::number(form.problemPosition())));
        QCOMPARE(form.take().ok(), part == MessageForm::Nothing);
    }

    void aFormGivesOneMessageAfterAnother()
    {
        MessageForm form;
        form.setSender(QStringLiteral("s-{{n}}"));
        form.setText(QStringLiteral("{{n}} of {{total}}"));
        QCOMPARE(form.setVariable(QStringLiteral("total"), QStringLiteral("nine")), QString());
        QVERIFY(!form.setVariable(QStringLiteral("uuid"), QStringLiteral("x")).isEmpty());
        QVERIFY(!form.setVariable(QStringLiteral("a b"), QStringLiteral("x")).isEmpty());
        const auto first = form.take();
        const auto second = form.take();
        QCOMPARE(first->payload, QByteArray("\"1 of nine\""));
        QCOMPARE(second->payload, QByteArray("\"2 of nine\""));
        QCOMPARE(second->sender, QStringLiteral("s-2"));
        QVERIFY(first->msgId != second->msgId);
        form.restartCount();
        QCOMPARE(form.take()->payload, QByteArray("\"1 of nine\""));
    }

    /// What the preview shows is what is sent next.
    void thePreviewIsTheNextMessage()
    {
        MessageForm form;
        form.setText(QStringLiteral("{{uuid}} {{random 1 1000000}}"));
        form.setNode(QUrl(QStringLiteral("http://127.0.0.1:8000")));
        form.checkNow();
        QVERIFY(form.hasVariables());
        const QString preview = form.preview();
        QVERIFY(form.curl().contains(preview));
        QCOMPARE(QString::fromUtf8(form.take()->payload), preview);
    }

    /// A message from the history is shown as it was, whatever braces are in it.
    void whatWasSentIsSentAgainExactly()
    {
        for (const QByteArray payload :
             {"\"{{n}} and \\\"quotes\\\"\"", "{\"a\": 1.0, \"b\": \"{{x}}\"}", "17"}) {
            client::Draft draft;
            draft.payload = payload;
            draft.ttl = 5;
            MessageForm form;
            form.show(draft);
            const auto again = form.take();
            QVERIFY2(again.ok(), qPrintable(form.problem()));
            QCOMPARE(again->payload, payload);
            QCOMPARE(again->ttl, draft.ttl);
        }
    }
};

QTEST_GUILESS_MAIN(TestPublishText)
#include "tst_publish_text.moc"

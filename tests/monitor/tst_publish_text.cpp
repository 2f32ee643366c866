// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything about publishing that is only text: variables, JSON and where it is wrong, receipts in words,
// curl lines that a shell reads as they were meant, and what is in a file.
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "app/monitor/publish/CurlSend.h"
#include "app/monitor/publish/ImportReader.h"
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

/// The words that a shell makes of a line.
QStringList shellWords(const QString& line)
{
    QProcess shell;
    shell.start(
        QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"), QStringLiteral("curl() { for w; do printf '%s\\0' \"$w\"; done; }; ") + line});
    [&shell] { QVERIFY(shell.waitForFinished()); }();
    QStringList words;
    for (const QByteArray& word : shell.readAllStandardOutput().split('\0'))
        words.append(QString::fromUtf8(word));
    words.removeLast();
    return words;
}

ImportedFile import(const QString& name, const QByteArray& contents, const ImportLimits& limits = {})
{
    QTemporaryDir folder;
    const QString path = folder.filePath(name);
    QFile file(path);
    [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
    file.write(contents);
    file.close();
    const std::atomic<bool> cancelled = false;
    return readImport(
        path, limits, [](double) {}, cancelled);
}

SendRecord record(client::SendOutcome outcome)
{
    SendRecord record;
    record.result.outcome = outcome;
    record.result.msgId = QStringLiteral("id");
    record.elapsedMs = 2.14;
    record.result.node = QUrl(QStringLiteral("http://127.0.0.1:8000"));
    return record;
}

SendRecord stored(bool committed)
{
    SendRecord stored = record(client::SendOutcome::Acknowledged);
    stored.result.seq = 1204;
    stored.result.committed = committed;
    stored.result.receipt = client::Receipt{4, 1300, {QStringLiteral("n1"), QStringLiteral("n3")}};
    return stored;
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

    /// What is in a message may be anything; the shell must hand it to curl as it is.
    void curlLines_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << "hello";
        QTest::newRow("quotes") << "it's \"so\" 'quoted'";
        QTest::newRow("shell") << "$(rm -rf /) `id` $HOME \\ ! ; & | > < * ?";
        QTest::newRow("lines") << "a\nb\tc";
        QTest::newRow("at sign") << "@/etc/passwd";
        QTest::newRow("unicode") << QString::fromUtf8("Grüße \xF0\x9F\x9A\x80");
    }
    void curlLines()
    {
        QFETCH(QString, text);
        client::Draft draft;
        draft.sender = text;
        draft.payload = client::jsonString(text);
        draft.ack = client::Ack::All;
        const QStringList words = shellWords(curlSend(QUrl(QStringLiteral("http://127.0.0.1:8000")), draft));
        QVERIFY(words.contains(QStringLiteral("http://127.0.0.1:8000/send?ack=all")));
        const auto body = words.indexOf(QStringLiteral("-d")) + 1;
        QVERIFY(body > 0);
        QCOMPARE(words.value(body).toUtf8(), sendBody(draft));
        QVERIFY(!words.value(body).startsWith(QLatin1Char('@')));
    }

    void theBodyHasOnlyWhatWasSet()
    {
        QCOMPARE(sendBody({}), QByteArray("{}"));
        client::Draft draft;
        draft.payload = "1.0";
        draft.ttl = 60;
        QCOMPARE(sendBody(draft), QByteArray("{\"ttl\":60,\"payload\":1.0}"));
    }

    void outcomeWords_data()
    {
        using client::SendOutcome;
        using Severity = ReceiptWords::Severity;
        QTest::addColumn<SendRecord>("sent");
        QTest::addColumn<int>("severity");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("advice"); // has this
        const auto with = [](SendRecord record, const char* reason) {
            record.result.reason = QLatin1String(reason);
            return record;
        };
        SendRecord duplicate = stored(true);
        duplicate.result.duplicate = true;
        SendRecord committed = with(stored(true), "n3 has not confirmed");
        committed.result.outcome = SendOutcome::Committed;
        SendRecord cancelled = record(SendOutcome::Unknown);
        cancelled.cancelled = true;
        QTest::newRow("stored") << stored(true) << int(Severity::Good) << "#1204, on disk on n1 n3, 2.1 ms"
                                << "";
        QTest::newRow("async") << stored(false) << int(Severity::Warning)
                               << "#1204, acknowledged before majority, 2.1 ms"
                               << "lost if that node is lost";
        QTest::newRow("duplicate") << duplicate << int(Severity::Info)
                                   << "duplicate of #1204, nothing new stored, 2.1 ms"
                                   << "new id";
        QTest::newRow("committed") << committed << int(Severity::Warning)
                                   << "#1204, committed, on fewer disks than asked for, 2.1 ms"
                                   << "do not send it again";
        QTest::newRow("rejected") << with(record(SendOutcome::Rejected), "no leader")
                                  << int(Severity::Critical) << "not stored: no leader"
                                  << "Send it again";
        QTest::newRow("unknown") << with(record(SendOutcome::Unknown), "timeout") << int(Severity::Warning)
                                 << "may be stored: timeout"
                                 << "same id";
        QTest::newRow("refused") << with(record(SendOutcome::Refused), "too large") << int(Severity::Critical)
                                 << "refused: too large"
                                 << "Change it";
        QTest::newRow("cancelled") << cancelled << int(Severity::Warning) << "cancelled, may be stored"
                                   << "same id";
    }
    void outcomeWords()
    {
        QFETCH(SendRecord, sent);
        QFETCH(int, severity);
        QFETCH(QString, line);
        QFETCH(QString, advice);
        const ReceiptWords words = receiptWords(sent);
        QCOMPARE(int(words.severity), severity);
        QCOMPARE(words.line, line);
        QVERIFY2(words.advice.contains(advice), qPrintable(words.advice));
        QCOMPARE(words.advice.isEmpty(), advice.isEmpty());
        QVERIFY(!words.title.isEmpty());
        QVERIFY(words.route.isEmpty());
        // Only what is certainly stored as promised may look so.
        QCOMPARE(words.severity == ReceiptWords::Severity::Good,
                 sent.result.outcome == client::SendOutcome::Acknowledged && sent.result.committed &&
                     !sent.result.duplicate);
    }

    void theRouteIsTold()
    {
        SendRecord sent = stored(true);
        sent.redirectors = {QUrl(QStringLiteral("http://127.0.0.1:8002"))};
        QCOMPARE(receiptWords(sent).route,
                 QStringLiteral("127.0.0.1:8002 does not lead and sent it on to 127.0.0.1:8000."));
    }

    void elapsedTexts()
    {
        QCOMPARE(elapsedText(0.04), QStringLiteral("0.0 ms"));
        QCOMPARE(elapsedText(2.14), QStringLiteral("2.1 ms"));
        QCOMPARE(elapsedText(640.4), QStringLiteral("640 ms"));
        QCOMPARE(elapsedText(3240), QStringLiteral("3.2 s"));
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

    void ndjson()
    {
        const ImportedFile file =
            import(QStringLiteral("x.ndjson"),
                   "{\"payload\":1.0,\"sender\":\"a\"}\n\n{\"payload\":\n"
                   "{\"payload\":\"x\",\"to\":\"b\"}\n{\"payload\":{\"k\":2},\"msg_id\":\"m\"}");
        QCOMPARE(file.problem, QString());
        QCOMPARE(file.format, QStringLiteral("NDJSON"));
        QCOMPARE(file.drafts.size(), std::size_t(2));
        QCOMPARE(file.drafts[0].draft.payload, QByteArray("1.0"));
        QCOMPARE(file.drafts[1].line, 5);
        QCOMPARE(file.drafts[1].draft.msgId, QStringLiteral("m"));
        QCOMPARE(file.badCount, 2);
        QCOMPARE(file.bad[0].line, 3);
        QCOMPARE(file.bad[1].line, 4);
        QVERIFY(file.bad[1].text.contains(QStringLiteral("'to'")));
    }

    void jsonList()
    {
        const ImportedFile file =
            import(QStringLiteral("x.json"),
                   "[\n {\"payload\": [1, \"]\"]},\n {\"sender\": \"a\"},\n {\n\"payload\": 2}\n]\n");
        QCOMPARE(file.problem, QString());
        QCOMPARE(file.drafts.size(), std::size_t(2));
        QCOMPARE(file.drafts[0].draft.payload, QByteArray("[1, \"]\"]"));
        QCOMPARE(file.drafts[1].line, 4);
        QCOMPARE(file.bad.first().line, 3);
    }

    /// A list that breaks off is not sent in half.
    void brokenList_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("line");
        QTest::newRow("cut") << QByteArray("[\n{\"payload\":1},\n{\"payload\":2") << "line 3";
        QTest::newRow("no comma") << QByteArray("[{\"payload\":1}\n{\"payload\":2}]") << "line 2";
        QTest::newRow("more behind") << QByteArray("[{\"payload\":1}]\n[]") << "line 2";
        QTest::newRow("no objects") << QByteArray("[1, 2]") << "line 1";
    }
    void brokenList()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, line);
        const ImportedFile file = import(QStringLiteral("x.json"), text);
        QVERIFY(file.drafts.empty());
        QVERIFY2(file.problem.contains(line), qPrintable(file.problem));
    }

    void csv()
    {
        const ImportedFile file = import(
            QStringLiteral("x.csv"), "\xEF\xBB\xBFsender;payload;ttl\r\na;\"x; \"\"y\"\"\nz\";5\r\nb;12;\r\n"
                                     "c;too;many;fields\r\nd;x;soon\r\n\r\ne;\"open");
        QCOMPARE(file.problem, QString());
        QCOMPARE(file.format, QStringLiteral("CSV"));
        QCOMPARE(file.drafts.size(), std::size_t(2));
        QCOMPARE(file.drafts[0].draft.payload, QByteArray("\"x; \\\"y\\\"\\nz\""));
        QCOMPARE(file.drafts[0].draft.ttl, std::optional(5.0));
        QCOMPARE(file.drafts[1].draft.payload, QByteArray("\"12\""));
        QCOMPARE(file.drafts[1].line, 4);
        QCOMPARE(file.badCount, 3);
        QCOMPARE(file.bad[0].line, 5);
        QCOMPARE(file.bad[1].line, 6);
        QCOMPARE(file.bad[2].line, 8);
    }

    void csvColumns_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("payload"); // empty: refused
        QTest::newRow("json") << QByteArray("payload_json\n\"{\"\"a\"\": 1.0}\"")
                              << QByteArray("{\"a\": 1.0}");
        QTest::newRow("any table") << QByteArray("recipient,city,pop\nall,Oslo,7")
                                   << QByteArray("{\"city\":\"Oslo\",\"pop\":\"7\"}");
        QTest::newRow("tabs") << QByteArray("sender\tpayload\na\tb, c") << QByteArray("\"b, c\"");
        QTest::newRow("no payload") << QByteArray("sender,recipient\na,b") << QByteArray();
        QTest::newRow("twice") << QByteArray("payload,payload\na,b") << QByteArray();
        QTest::newRow("bad json") << QByteArray("payload_json\n{a}") << QByteArray();
    }
    void csvColumns()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, payload);
        const ImportedFile file = import(QStringLiteral("x.csv"), text);
        QCOMPARE(file.drafts.empty(), payload.isEmpty());
        if (!file.drafts.empty())
            QCOMPARE(file.drafts[0].draft.payload, payload);
        else
            QVERIFY(!file.problem.isEmpty() || file.badCount == 1);
    }

    void filesThatCannotBeImported()
    {
        const std::atomic<bool> no = false;
        QVERIFY(readImport(
                    QStringLiteral("/nowhere/x"), {}, [](double) {}, no)
                    .problem.contains(QStringLiteral("x")));
        QVERIFY(!import(QStringLiteral("empty.json"), "").problem.isEmpty());
        ImportLimits limits;
        limits.bytes = 10;
        QVERIFY(!import(QStringLiteral("x.ndjson"), "{\"payload\":1234567}", limits).problem.isEmpty());
        limits = {};
        limits.drafts = 2;
        QVERIFY(
            !import(QStringLiteral("x.ndjson"), "{\"payload\":1}\n{\"payload\":2}\n{\"payload\":3}", limits)
                 .problem.isEmpty());
        limits = {};
        limits.badLines = 1;
        const ImportedFile bad = import(QStringLiteral("x.ndjson"), "{}\n{}\n{}", limits);
        QCOMPARE(bad.bad.size(), 1);
        QCOMPARE(bad.badCount, 3);
    }

    void readingCanBeCancelled()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("x.ndjson")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 100'000; ++i)
            file.write("{\"payload\":1234567890}\n");
        file.close();
        std::atomic<bool> cancelled = false;
        double heard = 0;
        const auto stop = [&](double share) {
            heard = share;
            cancelled = true;
        };
        const ImportedFile read = readImport(file.fileName(), {}, stop, cancelled);
        QVERIFY(heard > 0 && heard < 0.5);
        QVERIFY(!read.problem.isEmpty());
        QVERIFY(read.drafts.size() < 50'000);
    }
};

QTEST_GUILESS_MAIN(TestPublishText)
#include "tst_publish_text.moc"

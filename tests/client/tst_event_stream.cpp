// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parser of Server-Sent Events against the rules of WHATWG HTML 9.2.6: whatever the pieces in which the
// bytes arrive, the same events come out, and nothing that arrives can make it grow without end.
#include <QTest>

#include "core/base/Random.h"
#include "core/client/EventStream.h"

using namespace dsmsg;
using namespace dsmsg::client;

namespace {

constexpr qsizetype largest = 4096;

QByteArray inWords(const StreamEvent& event)
{
    return event.id + '|' + event.type + '|' + event.data + ';';
}

QByteArray eventsOf(const QList<QByteArray>& pieces)
{
    EventStream stream(largest);
    QByteArray events;
    for (const QByteArray& piece : pieces) {
        stream.feed(piece);
        while (const auto event = stream.next())
            events += inWords(*event);
    }
    return events;
}

} // namespace

class TestEventStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("events"); // id|type|data;
        const auto row = [](const char* name, const QByteArray& bytes, const char* events) {
            QTest::newRow(name) << bytes << QByteArray(events);
        };
        row("one event", "data: a\n\n", "||a;");
        row("carriage returns", "data: a\rid: 1\r\r", "1||a;");
        row("both", "data: a\r\nid: 1\r\n\r\ndata: b\r\n\r\n", "1||a;1||b;");
        row("mixed", "data: a\r\r\ndata: b\n\r\n", "||a;||b;");
        row("lines of data are joined", "data: a\ndata\ndata: b\n\n", "||a\n\nb;");
        row("only one blank is taken off", "data:  a \ndata:b\n\n", "|| a \nb;");
        row("an event without data is none", "event: x\nid: 7\n\ndata: a\n\n", "7||a;");
        row("empty data is data", "data\n\n", "||;");
        row("the type belongs to one event", "event: x\ndata: a\n\ndata: b\n\n", "|x|a;||b;");
        row("the id stays", "id: 1\ndata: a\n\ndata: b\n\n", "1||a;1||b;");
        row("an empty id clears it", "id: 1\ndata: a\n\nid\ndata: b\n\n", "1||a;||b;");
        row("an id with NUL is ignored", QByteArray("id: 1\nid: a\0b\ndata: a\n\n", 23), "1||a;");
        row("comments", ": hello\n:\ndata: a\n: b\n\n", "||a;");
        row("a colon in the value", "data: a:b: c\n\n", "||a:b: c;");
        row("unknown fields", "foo: 1\nretry: 5\nDATA: x\ndata: a\n\n", "||a;");
        row("a byte order mark",
            "\xEF\xBB\xBF"
            "data: a\n\n",
            "||a;");
        row("a second byte order mark is a name",
            "\xEF\xBB\xBF\xEF\xBB\xBF"
            "data: a\ndata: b\n\n",
            "||b;");
        row("what is not ended is not an event", "data: a\n\ndata: b\n", "||a;");
        row("nothing but ends", "\n\r\n\r\n\n", "");
    }

    void reads()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, events);
        QCOMPARE(eventsOf({bytes}), events);
        QList<QByteArray> single;
        for (const char c : bytes)
            single.append(QByteArray(1, c));
        QCOMPARE(eventsOf(single), events);
        for (qsizetype at = 0; at <= bytes.size(); ++at)
            QCOMPARE(eventsOf({bytes.left(at), bytes.mid(at)}), events);
    }

    void theIdMovesWithoutData()
    {
        EventStream stream(largest);
        stream.feed("id: s:9\n");
        QVERIFY(!stream.next());
        QVERIFY2(stream.lastEventId().isEmpty(), "the event is not complete");
        stream.feed("\n");
        QVERIFY(!stream.next());
        QCOMPARE(stream.lastEventId(), QByteArray("s:9"));
    }

    // A reader that stops after one event still finds the others, and their ids are not told early.
    void eventsWaitToBePulled()
    {
        EventStream stream(largest);
        stream.feed("id: 1\ndata: a\n\nid: 2\ndata: b\n\n");
        QCOMPARE(inWords(*stream.next()), QByteArray("1||a;"));
        QCOMPARE(stream.lastEventId(), QByteArray("1"));
        stream.feed("id: 3\ndata: c\n\n");
        QCOMPARE(inWords(*stream.next()), QByteArray("2||b;"));
        QCOMPARE(inWords(*stream.next()), QByteArray("3||c;"));
        QVERIFY(!stream.next());
    }

    void whatIsTooLongBreaksTheStream()
    {
        EventStream line(largest);
        line.feed(QByteArray(largest + 2, 'x'));
        QVERIFY(!line.next() && line.broken());
        line.feed("\n\ndata: a\n\n");
        QVERIFY(!line.next());

        EventStream lines(largest);
        for (int i = 0; i < 10 && !lines.broken(); ++i) {
            lines.feed("data: " + QByteArray(largest / 8, 'x') + '\n');
            QVERIFY(!lines.next());
        }
        QVERIFY(lines.broken());

        EventStream fits(largest);
        fits.feed("data: " + QByteArray(largest - 16, 'x') + "\n\n");
        QVERIFY(fits.next() && !fits.broken());
    }

    // Random bytes of the alphabet that matters, cut at random: never a crash, and always the same events as
    // in one piece.
    void anyBytesInAnyPieces()
    {
        Random random(20261123);
        static const QByteArray alphabet("\r\n: aid\0\xEF\xBB\xBF", 11);
        static const QList<QByteArray> words{"data", "id",   "event", "retry",
                                             ": ",   "\n\n", "\r\n",  "\xEF\xBB\xBF"};
        for (int round = 0; round < 3000; ++round) {
            QByteArray bytes;
            const auto length = qsizetype(random.below(60));
            while (bytes.size() < length) {
                if (random.chance(1, 2))
                    bytes += words[qsizetype(random.below(quint64(words.size())))];
                else
                    bytes += alphabet[qsizetype(random.below(quint64(alphabet.size())))];
            }
            QList<QByteArray> pieces;
            for (qsizetype at = 0; at < bytes.size();) {
                const auto size = qsizetype(1 + random.below(5));
                pieces.append(bytes.mid(at, size));
                at += size;
            }
            QCOMPARE(eventsOf(pieces), eventsOf({bytes}));
        }
    }
};

QTEST_GUILESS_MAIN(TestEventStream)
#include "tst_event_stream.moc"

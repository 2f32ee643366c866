// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an asynchronous leader foresees is what apply then does, as long as entries are proposed in the order
// of their admission.
#include <QTest>

#include "core/base/Random.h"
#include "core/messaging/Command.h"
#include "core/messaging/StateMachine.h"
#include "core/node/Admission.h"
#include "tests/support/MemoryStore.h"

using namespace dsmsg;
using namespace dsmsg::node;

namespace {

using Ids = std::vector<std::string>;

struct Place
{
    /// "1 2 2d" for what is foreseen.
    std::string admit(const Ids& ids)
    {
        std::vector<messaging::IdHash> hashes;
        for (const std::string& id : ids)
            hashes.push_back(messaging::hashMessageId(id));
        const auto foreseen = admission.admit(hashes);
        std::string text;
        for (const Foreseen& one : *foreseen)
            text += (text.empty() ? "" : " ") + std::to_string(one.seq.value) + (one.duplicate ? "d" : "");
        last = *foreseen;
        return text;
    }
    /// The same for what apply decides.
    std::string apply(const Ids& ids)
    {
        std::vector<messaging::Message> messages;
        for (const std::string& id : ids) {
            messages.emplace_back();
            messages.back().msgId = id;
            messages.back().payload = "\"" + id + "\"";
        }
        const raft::EntryPtr entry = std::make_shared<const raft::Entry>(
            raft::Entry{Term(1), store.applied().index.next(), raft::EntryKind::Command,
                        messaging::encodeBatch(messages)});
        const auto outcome = messaging::StateMachine(store).apply(std::span(&entry, 1));
        std::string text;
        for (const messaging::AppliedMessage& one : outcome->front().messages)
            text += (text.empty() ? "" : " ") + std::to_string(one.seq.value) + (one.duplicate ? "d" : "");
        admission.caughtUp();
        return text;
    }

    dsmsg::testing::MemoryStore store;
    dsmsg::testing::MemoryReader reader{store};
    Admission admission{store, reader};
    std::vector<Foreseen> last;
};

} // namespace

class TestAdmission : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void seqsGoOnFromWhatIsApplied()
    {
        Place place;
        QCOMPARE(place.apply({"a", "b"}), std::string("1 2"));
        QCOMPARE(place.admit({"c", "d"}), std::string("3 4"));
        QCOMPARE(place.admit({"e"}), std::string("5"));
    }

    void repeatsAreSeenInOneAdmissionAndAcross()
    {
        Place place;
        QCOMPARE(place.admit({"a", "a", "b"}), std::string("1 1d 2"));
        QCOMPARE(place.admit({"b", "c"}), std::string("2d 3"));
    }

    void aRepeatOfAnAppliedMessageBringsItsFirstCopy()
    {
        Place place;
        place.apply({"a"});
        QCOMPARE(place.admit({"a"}), std::string("1d"));
        QVERIFY(place.last.front().first.has_value());
        QCOMPARE(place.last.front().first->message.payload, std::string("\"a\""));
        QCOMPARE(place.last.front().first->index, LogIndex(1));
    }

    void aRepeatOfAPendingMessageHasNoFirstCopyYet()
    {
        Place place;
        place.admit({"a"});
        QCOMPARE(place.admit({"a"}), std::string("1d"));
        QVERIFY(!place.last.front().first.has_value());
    }

    void whatWasAdmittedAndNeverProposedIsForgotten()
    {
        Place place;
        QCOMPARE(place.admit({"a", "b"}), std::string("1 2"));
        place.admission.drop();
        QCOMPARE(place.admit({"b"}), std::string("1"));
        QCOMPARE(place.apply({"b"}), std::string("1"));
    }

    void theForeseenIsWhatHappens()
    {
        Random random(13);
        for (int round = 0; round < 50; ++round) {
            Place place;
            std::deque<std::pair<Ids, std::string>> underWay;
            for (int step = 0; step < 100; ++step) {
                if (random.chance(1, 2)) {
                    Ids ids;
                    for (std::uint64_t n = 1 + random.below(4); n > 0; --n)
                        ids.push_back("id" + std::to_string(random.below(60)));
                    underWay.emplace_back(ids, place.admit(ids));
                } else if (!underWay.empty()) {
                    QCOMPARE(place.apply(underWay.front().first), underWay.front().second);
                    underWay.pop_front();
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestAdmission)
#include "tst_admission.moc"

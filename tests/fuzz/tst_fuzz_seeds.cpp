// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every seed and every input that once broke something, through its target, in any build and without clang.
// A target that fails aborts; the last line before that names the input.
#include <QDir>
#include <QTest>

#include "core/messaging/Command.h"
#include "core/messaging/Snapshot.h"
#include "core/net/Frame.h"
#include "core/raft/Configuration.h"
#include "tests/fuzz/Targets.h"

using namespace dsmsg;

class FuzzSeeds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTargetHasSeeds_data();
    void everyTargetHasSeeds();
    void encodedSeedsAreValid();
    void encodedSeedsHold();
};

void FuzzSeeds::everyTargetHasSeeds_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < fuzz::targets.size(); ++i)
        QTest::newRow(fuzz::targets[i].name) << static_cast<int>(i);
}

void FuzzSeeds::everyTargetHasSeeds()
{
    QFETCH(const int, index);
    const fuzz::Target& target = fuzz::targets[static_cast<std::size_t>(index)];
    const QDir folder(QStringLiteral(DSMSG_FUZZ_SEEDS "/") + QLatin1String(target.name));
    const QStringList names = folder.entryList(QDir::Files, QDir::Name);
    const auto encoded = fuzz::encodedSeeds();
    const bool hasEncoded =
        std::ranges::any_of(encoded, [&](const auto& seed) { return seed.first == target.name; });
    QVERIFY2(!names.isEmpty() || hasEncoded, "no seeds: the fuzzer would start from nothing");
    for (const QString& name : names) {
        QFile file(folder.filePath(name));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const QByteArray bytes = file.readAll();
        qInfo("%s/%s", target.name, qPrintable(name));
        target.run({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    }
}

/// A seed that is refused at the door teaches the fuzzer nothing.
void FuzzSeeds::encodedSeedsAreValid()
{
    for (const auto& [name, bytes] : fuzz::encodedSeeds()) {
        if (name == "peer_frame")
            QVERIFY(net::decode(bytes).ok());
        else if (name == "command")
            QVERIFY(messaging::splitBatch(bytes).ok());
        else if (name == "configuration")
            QVERIFY(raft::decodeConfiguration(bytes).ok());
    }
    const auto chunks = std::ranges::count_if(fuzz::encodedSeeds(), [](const auto& seed) {
        return seed.first == "snapshot_chunk" && messaging::decodeChunk(seed.second).ok();
    });
    QCOMPARE(chunks, 1);
}

void FuzzSeeds::encodedSeedsHold()
{
    for (const auto& [name, bytes] : fuzz::encodedSeeds()) {
        const auto target = std::ranges::find_if(
            fuzz::targets, [&](const fuzz::Target& candidate) { return name == candidate.name; });
        QVERIFY(target != fuzz::targets.end());
        target->run(bytes);
    }
}

QTEST_GUILESS_MAIN(FuzzSeeds)
#include "tst_fuzz_seeds.moc"

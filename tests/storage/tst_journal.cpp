// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journalmodel.h"
#include "storage/journalinspector.h"
#include "storage/segmentstore.h"

#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Call = SimulatedDisk::Call;

namespace {

QList<qint64> numbers(const DurableProducerState &state)
{
    QList<qint64> numbers;
    for (const DurableMessage &message : state.unconfirmed)
        numbers.append(message.seqNr);
    return numbers;
}

/*! What every test begins with and ends with. */
class Bench : public JournalModel
{
public:
    explicit Bench(const JournalConfig &config = smallConfig())
        : JournalModel(1, config)
    {
        if (open())
            qFatal("a new journal cannot be opened");
    }

    void store(int count, const QString &qualifier = {}, qsizetype size = 20)
    {
        if (append(count, qualifier, size) || sync())
            qFatal("storing has failed");
    }
};

Error openAgain(const QMap<QString, QByteArray> &files, DurableProducerState *state)
{
    SimulatedDisk disk;
    disk.setFiles(files);
    Journal journal(disk, smallConfig());
    Result<DurableProducerState> loaded = journal.open(u"orders"_s, QUuid(), {});
    if (loaded)
        *state = *std::move(loaded);
    return loaded.error();
}

/*! A refusal that says where. */
bool namesPlace(const Error &error)
{
    return (error.code() == Error::Code::StorageCorrupt
            || error.code() == Error::Code::UnknownFormat)
        && error.message().contains(u".journal"_s);
}

/*! A journal in three segments with several qualifiers, and what it holds. */
QMap<QString, QByteArray> smallJournal(DurableProducerState *state)
{
    Bench bench;
    for (int i = 0; i < 5; ++i) {
        bench.store(4, u"a"_s, 150);
        bench.store(4, u"b"_s, 150);
        bench.confirm(bench.state().currentSeqNr - 2, u"b"_s);
        bench.store(1);
    }
    *state = bench.state();
    return bench.disk.files();
}

} // namespace

class TestJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eq01_storeAndReplay();
    void eq02_idempotentStore();
    void eq03_confirmAndReplay();
    void eq04_idempotentConfirm();
    void eq05_h57_numbersOfSeveralQualifiers();
    void eq06_oldQualifiersAreForgotten();
    void r1_nothingUnconfirmed();
    void gapIsRefused();
    void otherProducerIsRefused();
    void secondOwnerIsRefused();

    void h51_crashAtEveryStep();
    void h52_everyTruncation();
    void h52_everyByteFlipped();
    void h52_failedSyncIsNotRepeated();
    void h52_fullDisk();
    void h52_oneNumberForTwoQualifiers();
    void h54_unknownVersion();
    void h54_compactionOfPinnedSegments();
    void diskUseIsBounded();
    void longMessage();
    void deletedSegmentIsMissed();
    void everythingIsKeptIfWanted();
    void inspection();
};

void TestJournal::eq01_storeAndReplay()
{
    Bench bench;
    bench.store(1);
    bench.store(1);
    QCOMPARE(bench.state().currentSeqNr, 3);
    bench.reopen();
    QCOMPARE(numbers(bench.state()), (QList<qint64>{1, 2}));
    QCOMPARE(bench.state().highestConfirmedSeqNr, 0);
    QVERIFY(bench.state().confirmedSeqNr.isEmpty());
    QCOMPARE(bench.state().generation, 2);
    QCOMPARE(bench.problem(), QString());
}

void TestJournal::eq02_idempotentStore()
{
    Bench bench;
    bench.store(2);
    const QList<DurableMessage> known = bench.state().unconfirmed;
    const auto before = bench.disk.files();
    const int syncs = bench.disk.count(Call::Sync);
    QVERIFY(!bench.journal().append(known, {}));
    QVERIFY(!bench.journal().append(known.first(1), {}));
    QVERIFY(!bench.journal().sync());
    QCOMPARE(bench.disk.files(), before);
    QCOMPARE(bench.disk.count(Call::Sync), syncs);
    bench.reopen();
    QCOMPARE(bench.state().unconfirmed, known);
}

void TestJournal::eq03_confirmAndReplay()
{
    Bench bench;
    bench.store(3);
    bench.confirm(2);
    QVERIFY(!bench.sync());
    bench.reopen();
    QCOMPARE(bench.state().currentSeqNr, 4);
    QCOMPARE(bench.state().confirmedSeqNr, (QMap<QString, qint64>{{QString(), 2}}));
    QCOMPARE(numbers(bench.state()), QList<qint64>{3});
    QCOMPARE(bench.problem(), QString());
}

void TestJournal::eq04_idempotentConfirm()
{
    Bench bench;
    bench.store(2);
    bench.confirm(2);
    QVERIFY(!bench.flush());
    const auto before = bench.disk.files();
    bench.confirm(1);
    bench.confirm(2);
    QVERIFY(!bench.flush());
    QCOMPARE(bench.disk.files(), before);
}

void TestJournal::eq05_h57_numbersOfSeveralQualifiers()
{
    Bench bench;
    bench.store(2, u"q1"_s);
    bench.store(2, u"q2"_s);
    bench.confirm(4, u"q2"_s);
    QVERIFY(!bench.sync());
    bench.reopen();
    QCOMPARE(bench.state().currentSeqNr, 5);
    QCOMPARE(bench.state().highestConfirmedSeqNr, 4);
    QCOMPARE(bench.state().confirmedSeqNr, (QMap<QString, qint64>{{u"q2"_s, 4}}));
    QCOMPARE(numbers(bench.state()), (QList<qint64>{1, 2}));
    QCOMPARE(bench.problem(), QString());
}

void TestJournal::eq06_oldQualifiersAreForgotten()
{
    Bench bench;
    bench.store(2, u"q1"_s);
    bench.store(2, u"q2"_s);
    bench.confirm(1, u"q1"_s);
    bench.now += 2h;
    bench.dropUnused(); // both have messages
    QVERIFY(!bench.flush());
    bench.reopen();
    QCOMPARE(bench.state().confirmedSeqNr, (QMap<QString, qint64>{{u"q1"_s, 1}}));
    QCOMPARE(numbers(bench.state()), (QList<qint64>{2, 3, 4}));

    bench.confirm(2, u"q1"_s);
    bench.now += 50min;
    bench.confirm(4, u"q2"_s);
    bench.now += 20min; // q1 was used 70 minutes ago, q2 20
    bench.dropUnused();
    QVERIFY(!bench.flush());
    SimulatedDisk copy;
    copy.setFiles(bench.disk.files());
    Journal journal(copy, smallConfig());
    const auto loaded = journal.open(u"orders"_s, QUuid(), {});
    QVERIFY(loaded);
    QCOMPARE(loaded->confirmedSeqNr, (QMap<QString, qint64>{{u"q2"_s, 4}}));
    QCOMPARE(loaded->highestConfirmedSeqNr, 4);
    QCOMPARE(loaded->currentSeqNr, 5);
    QVERIFY(loaded->unconfirmed.isEmpty());
}

void TestJournal::r1_nothingUnconfirmed()
{
    Bench bench;
    bench.store(3);
    const QByteArray context = bench.state().context;
    bench.confirm(3);
    QVERIFY(!bench.flush());
    bench.reopen();
    QCOMPARE(bench.state().currentSeqNr, 4);
    QVERIFY(bench.state().unconfirmed.isEmpty());
    QCOMPARE(bench.state().context, context);
    bench.store(1);
    bench.reopen();
    QCOMPARE(numbers(bench.state()), QList<qint64>{4});
    QCOMPARE(bench.problem(), QString());
}

void TestJournal::gapIsRefused()
{
    Bench bench;
    bench.store(1);
    DurableMessage message;
    for (const qint64 number : {qint64(0), qint64(-1), qint64(3)}) {
        message.seqNr = number;
        QCOMPARE(bench.journal().append({message}, {}).code(), Error::Code::InvalidArgument);
    }
    bench.store(1);
    bench.reopen();
    QCOMPARE(bench.problem(), QString());
}

void TestJournal::otherProducerIsRefused()
{
    Bench bench;
    bench.store(1);
    bench.kill();
    Journal journal(bench.disk, smallConfig());
    const Error error = journal.open(u"invoices"_s, QUuid(), {}).error();
    QCOMPARE(error.code(), Error::Code::InvalidArgument);
    QVERIFY(error.message().contains(u"orders"_s));
}

void TestJournal::secondOwnerIsRefused()
{
    Bench bench;
    const auto files = bench.disk.files();
    Journal journal(bench.disk, smallConfig());
    QCOMPARE(journal.open(u"orders"_s, QUuid(), {}).error().code(), Error::Code::StorageInUse);
    QCOMPARE(bench.disk.files(), files);
}

void TestJournal::h51_crashAtEveryStep()
{
    // Every operation is in it: opening, full segments, reuse, compaction, snapshots.
    for (quint32 seed = 1; seed <= 4; ++seed) {
        for (int step = 0, last = 1; step < last; ++step) {
            JournalModel model(seed, smallConfig());
            model.disk.crashAt(step);
            const auto run = [&] {
                if (model.open())
                    return;
                for (int i = 0; i < 12; ++i) {
                    if (model.append(2, u"rare"_s, 30) || model.append(4, {}, 200))
                        return;
                    model.confirm(model.state().currentSeqNr - 2);
                    if (model.sync())
                        return;
                    if (i == 6)
                        model.reopen();
                    if (!model.isOpen())
                        return;
                }
            };
            run();
            last = model.disk.isOff() ? step + 2 : 0;
            model.crash();
            QVERIFY(!model.open());
            QVERIFY(!model.append(3) && !model.sync());
            model.crash();
            QVERIFY(!model.open());
            const QString problem = model.problem();
            QVERIFY2(problem.isEmpty() || problem == u"opening once more"_s,
                     qPrintable(u"seed %1, step %2: %3"_s.arg(seed).arg(step).arg(problem)));
        }
    }
}

void TestJournal::h52_everyTruncation()
{
    DurableProducerState expected;
    const auto files = smallJournal(&expected);
    for (auto it = files.begin(); it != files.end(); ++it) {
        if (segmentNumber(it.key()) == 0)
            continue;
        for (qsizetype size = 0; size < it->size(); ++size) {
            auto damaged = files;
            damaged[it.key()].truncate(size);
            DurableProducerState state;
            const Error error = openAgain(damaged, &state);
            if (error) {
                QVERIFY2(namesPlace(error), qPrintable(error.message()));
                QVERIFY(error.message().contains(it.key()));
            } else {
                QCOMPARE(state.unconfirmed, expected.unconfirmed);
            }
        }
    }
}

void TestJournal::h52_everyByteFlipped()
{
    DurableProducerState expected;
    const auto files = smallJournal(&expected);
    int refused = 0;
    for (auto it = files.begin(); it != files.end(); ++it) {
        if (segmentNumber(it.key()) == 0)
            continue;
        for (qsizetype at = 0; at < it->size(); ++at) {
            auto damaged = files;
            damaged[it.key()][at] = char(damaged[it.key()][at] ^ (1 << at % 8));
            DurableProducerState state;
            const Error error = openAgain(damaged, &state);
            if (error) {
                ++refused;
                QVERIFY2(namesPlace(error), qPrintable(error.message()));
                QVERIFY(error.message().contains(it.key()));
            } else {
                const QString where = u"%1 at %2"_s.arg(it.key()).arg(at);
                QVERIFY2(state.unconfirmed == expected.unconfirmed, qPrintable(where));
                QVERIFY2(state.confirmedSeqNr == expected.confirmedSeqNr, qPrintable(where));
            }
        }
    }
    QVERIFY(refused > SmallSegment); // most of it matters
}

void TestJournal::h52_failedSyncIsNotRepeated()
{
    Bench bench;
    bench.store(2);
    bench.disk.setFault(
        [](Call call, int) { return call == Call::Sync ? SimulatedDisk::failure() : Error(); });
    QVERIFY(!bench.append(2));
    QVERIFY(bench.sync());
    bench.disk.setFault({});
    QCOMPARE(bench.state().currentSeqNr, 3);
    const int created = bench.disk.count(Call::Create) + bench.disk.count(Call::Rename);
    bench.store(2);
    QVERIFY(bench.disk.count(Call::Create) + bench.disk.count(Call::Rename) > created);
    bench.crash();
    QVERIFY(!bench.open());
    QCOMPARE(numbers(bench.state()), (QList<qint64>{1, 2, 3, 4}));
    QCOMPARE(bench.problem(), QString());
}

void TestJournal::h52_fullDisk()
{
    Bench bench;
    bench.store(1);
    bench.disk.setCapacity(SmallSegment);
    Error error;
    while (!error) {
        error = bench.append(1, {}, 500);
        if (!error)
            error = bench.sync();
    }
    QCOMPARE(error.code(), Error::Code::StorageFull);
    QCOMPARE(bench.append(1, {}, 500).code(), Error::Code::StorageFull);
    bench.confirm(1); // there is room for that
    QVERIFY(!bench.flush());
    bench.disk.setCapacity(-1);
    bench.store(3, {}, 500);
    bench.reopen();
    QCOMPARE(bench.state().confirmedSeqNr, (QMap<QString, qint64>{{QString(), 1}}));
    QCOMPARE(bench.problem(), QString());
}

void TestJournal::h52_oneNumberForTwoQualifiers()
{
    // Every checksum is right, but nobody can have written this.
    const SegmentHeader header{QUuid::createUuid(), 1, SmallSegment, u"orders"_s};
    QByteArray bytes = encodeSegmentHeader(header);
    RecordWriter writer(bytes, header.seed(), 0, 0);
    SnapshotRecord snapshot;
    snapshot.generation = 1;
    snapshot.currentSeqNr = 1;
    writer.writeSnapshot(snapshot);
    writer.writeMessage({1, "first", {}, u"a"_s}, "a");
    writer.writeMessage({1, "second", {}, u"b"_s}, "b");
    bytes.resize(SmallSegment, '\0');
    DurableProducerState state;
    const Error error = openAgain({{segmentFileName(1), bytes}}, &state);
    QVERIFY2(namesPlace(error), qPrintable(error.message()));
}

void TestJournal::h54_unknownVersion()
{
    DurableProducerState state;
    auto files = smallJournal(&state);
    SegmentHeader header;
    const QString newest = files.lastKey() == lockFileName() ? files.firstKey() : files.lastKey();
    QCOMPARE(decodeSegmentHeader(files[newest], &header), HeaderProblem::None);
    // As a later version would write it: with another number, and a checksum that is right.
    QByteArray later = encodeSegmentHeader(header, JournalVersion + 1);
    files[newest].replace(0, later.size(), later);
    const Error error = openAgain(files, &state);
    QCOMPARE(error.code(), Error::Code::UnknownFormat);
    QVERIFY(error.message().contains(newest));
}

void TestJournal::h54_compactionOfPinnedSegments()
{
    Bench bench;
    bench.store(1, u"old"_s);
    for (int i = 0; i < 200; ++i) {
        bench.store(4, {}, 200);
        if (i % 40 == 0)
            bench.store(1, u"old"_s);
        bench.confirm(bench.state().currentSeqNr - 1);
        QVERIFY2(bench.disk.usedBytes() <= 3 * SmallSegment + 1000,
                 qPrintable(QString::number(bench.disk.usedBytes())));
    }
    bench.crash();
    QVERIFY(!bench.open());
    QVERIFY(numbers(bench.state()).contains(1));
    bench.reopen();
    QCOMPARE(bench.problem(), QString());
}

void TestJournal::diskUseIsBounded()
{
    Bench bench;
    for (int i = 0; i < 2000; ++i) {
        bench.store(5, {}, 100);
        bench.confirm(bench.state().currentSeqNr - 1);
    }
    QCOMPARE(bench.disk.usedBytes(), 2 * SmallSegment);
    QVERIFY(bench.disk.count(Call::Create) <= 3); // the others are used again
    bench.reopen();
    QCOMPARE(bench.disk.usedBytes(), 2 * SmallSegment);
    QCOMPARE(bench.problem(), QString());
}

void TestJournal::longMessage()
{
    Bench bench;
    bench.store(1);
    bench.store(1, {}, 10 * SmallSegment);
    bench.store(1);
    bench.crash();
    QVERIFY(!bench.open());
    QCOMPARE(numbers(bench.state()), (QList<qint64>{1, 2, 3}));
    bench.confirm(3);
    for (int i = 0; i < 100; ++i) {
        bench.store(1, {}, 300);
        bench.confirm(bench.state().currentSeqNr - 1);
    }
    QVERIFY(bench.disk.usedBytes() <= 3 * SmallSegment);
    QCOMPARE(bench.problem(), QString());
}

void TestJournal::deletedSegmentIsMissed()
{
    DurableProducerState state;
    auto files = smallJournal(&state);
    const QString oldest = files.firstKey();
    files.remove(oldest);
    const Error error = openAgain(files, &state);
    QVERIFY2(namesPlace(error), qPrintable(error.message()));
    QVERIFY(error.message().contains(oldest));
}

void TestJournal::everythingIsKeptIfWanted()
{
    JournalConfig config = smallConfig();
    config.retention.deleteSegments = false;
    Bench bench(config);
    for (int i = 0; i < 100; ++i) {
        bench.store(5, {}, 100);
        bench.confirm(bench.state().currentSeqNr - 1);
    }
    QSet<qint64> seen;
    const auto report = inspectJournal(bench.disk, [&](const JournalRecord &record) {
        if (record.type == JournalRecord::Type::Message)
            seen.insert(record.seqNr);
    });
    QVERIFY(report);
    QCOMPARE(seen.size(), 500);
}

void TestJournal::inspection()
{
    DurableProducerState expected;
    auto files = smallJournal(&expected);
    SimulatedDisk disk;
    disk.setFiles(files);
    const auto report = inspectJournal(disk, {});
    QVERIFY(report);
    QCOMPARE(report->producerId, u"orders"_s);
    QCOMPARE(report->state.unconfirmed, expected.unconfirmed);
    QVERIFY(!report->damage && !report->isUnusable);
    QVERIFY(report->segments.size() > 1 && report->segments.last().isNeeded);
    QCOMPARE(disk.files(), files); // nothing was changed

    files[report->segments.last().file][200] ^= 1;
    disk.setFiles(files);
    const auto damaged = inspectJournal(disk, {});
    QVERIFY(damaged);
    QVERIFY(damaged->isUnusable);
    QVERIFY2(namesPlace(damaged->damage), qPrintable(damaged->damage.message()));
}

QTEST_APPLESS_MAIN(TestJournal)
#include "tst_journal.moc"

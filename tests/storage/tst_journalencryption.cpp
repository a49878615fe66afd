// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/xxh3.h"
#include "damage.h"
#include "journalmodel.h"
#include "security/storageciphers.h"
#include "storage/journalinspector.h"
#include "storage/segmentstore.h"

#include <QtDelivery/fileproducerqueue.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;

namespace {

using Files = QMap<QString, QByteArray>;

QByteArray secret(char filled)
{
    return {StorageKeySize, filled};
}

JournalConfig configWith(const QByteArray &filled)
{
    JournalConfig config = smallConfig();
    QList<QByteArray> keys;
    for (const char one : filled)
        keys.append(secret(one));
    if (!keys.isEmpty())
        config.keys = *makeCipherKeys(keys);
    return config;
}

QString idOf(char filled)
{
    return StorageKeys::fromSecret(secret(filled))->ids().constFirst();
}

/*! What opening \a files answers; \a after is what they are then. */
Result<DurableProducerState> openAgain(const Files &files, const QByteArray &keys,
                                       Files *after = nullptr)
{
    SimulatedDisk disk;
    disk.setFiles(files);
    Journal journal(disk, configWith(keys));
    Result<DurableProducerState> loaded = journal.open(u"orders"_s, QUuid(), {});
    if (after)
        *after = disk.files();
    return loaded;
}

/*! A journal in several segments, some of whose messages were copied into later ones. */
Files journalOf(const QByteArray &keys, DurableProducerState *state)
{
    JournalModel model(1, configWith(keys));
    if (model.open())
        qFatal("a new journal cannot be opened");
    for (int i = 0; i < 5; ++i) {
        if (model.append(4, u"a"_s, 150) || model.append(4, u"b"_s, 150) || model.sync())
            qFatal("storing has failed");
        model.confirm(model.state().currentSeqNr - 2, u"b"_s);
    }
    if (model.append(1) || model.sync())
        qFatal("storing has failed");
    *state = model.state();
    return model.disk.files();
}

QStringList segmentsIn(const Files &files)
{
    QStringList names = files.keys();
    names.removeIf([](const QString &name) { return segmentNumber(name) == 0; });
    return names;
}

/*! A refusal that says where. */
bool namesPlace(const Error &error, const QString &file)
{
    return (error.code() == Error::Code::StorageCorrupt
            || error.code() == Error::Code::UnknownFormat)
        && error.message().contains(file);
}

bool isSame(const DurableProducerState &loaded, const DurableProducerState &expected)
{
    return loaded.unconfirmed == expected.unconfirmed
        && loaded.confirmedSeqNr == expected.confirmedSeqNr;
}

/*! The records of the newest of \a files, as they lie there. */
std::vector<RecordView> recordsOf(const QByteArray &segment, SegmentHeader *header)
{
    std::vector<RecordView> records;
    if (decodeSegmentHeader(segment, header) != HeaderProblem::None)
        return records;
    qint64 at = header->length();
    while (const auto record = readRecord(segment, at, header->seed())) {
        if (record->type == RecordType::Mark)
            break;
        records.push_back(*record);
        at = record->end();
    }
    return records;
}

/*! As somebody does who knows the format and no key. */
void forgeChecksum(QByteArray *segment, const RecordView &record, quint32 seed)
{
    const QByteArrayView rest =
        QByteArrayView(*segment).sliced(record.offset + 4, record.length - 4);
    qToLittleEndian(quint32(xxh3(rest)) ^ seed, segment->data() + record.offset);
}

} // namespace

class TestJournalEncryption : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingOfAMessageIsInTheFiles();
    void plainFilesAreAsBefore();
    void wrongKeyLeavesFilesAlone_data();
    void wrongKeyLeavesFilesAlone();
    void rotation();
    void h51_crashAtEveryStep();
    void h52_everyTruncation();
    void h52_everyByteFlipped();
    void forgedRecordIsFound();
    void forgedHeadOfARecordIsFound();
    void forgedHeaderIsFound();
    void plainRecordIsNotBelieved();
    void inspection();
    void queue();
};

void TestJournalEncryption::nothingOfAMessageIsInTheFiles()
{
    SimulatedDisk disk;
    const QByteArrayList secrets{"the payload", "the context", "the qualifier", "the name"};
    std::optional<Journal> journal(std::in_place, disk, configWith("k"));
    QVERIFY(journal->open(u"orders"_s, QUuid::createUuid(), {}));
    DurableMessage kept;
    for (int i = 1; i <= 200; ++i) {
        const DurableMessage message{.seqNr = i,
                                     .payload = secrets[0],
                                     .context = secrets[1],
                                     .qualifier = i == 1 ? u"the qualifier"_s : QString(),
                                     .name = u"the name"_s};
        if (i == 1)
            kept = message;
        QVERIFY(!journal->append({message}, {}));
        QVERIFY(!journal->sync());
        if (i > 1)
            journal->confirm(i, {}, {});
        const Files files = disk.files();
        for (auto it = files.begin(); it != files.end(); ++it) {
            for (const QByteArray &one : secrets)
                QVERIFY2(!it->contains(one), qPrintable(it.key()));
        }
    }
    QVERIFY(journal->newest() > 5); // so the first message was copied
    QVERIFY(!journal->flush());
    journal.emplace(disk, configWith("k"));
    const auto loaded = journal->open(u"orders"_s, QUuid(), {});
    QVERIFY(loaded);
    QCOMPARE(loaded->unconfirmed, QList<DurableMessage>{kept});
}

void TestJournalEncryption::plainFilesAreAsBefore()
{
    DurableProducerState state;
    const Files files = journalOf({}, &state);
    for (const QString &name : segmentsIn(files))
        QCOMPARE(qFromLittleEndian<quint32>(files[name].constData() + 8), PlainJournalVersion);
    const Files encrypted = journalOf("k", &state);
    for (const QString &name : segmentsIn(encrypted))
        QCOMPARE(qFromLittleEndian<quint32>(encrypted[name].constData() + 8), JournalVersion);
}

void TestJournalEncryption::wrongKeyLeavesFilesAlone_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("given");
    QTest::newRow("another key") << QByteArray("k") << QByteArray("x");
    QTest::newRow("two others") << QByteArray("k") << QByteArray("xy");
    QTest::newRow("no key") << QByteArray("k") << QByteArray();
    QTest::newRow("a key for plain files") << QByteArray() << QByteArray("k");
}

void TestJournalEncryption::wrongKeyLeavesFilesAlone()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, given);
    DurableProducerState state;
    const Files files = journalOf(written, &state);
    Files after;
    const Error error = openAgain(files, given, &after).error();
    QCOMPARE(error.code(), Error::Code::AccessDenied);
    QVERIFY2(error.message().contains(segmentsIn(files).constLast()), qPrintable(error.message()));
    if (!written.isEmpty())
        QVERIFY2(error.message().contains(idOf('k')), qPrintable(error.message()));
    for (const QString &name : segmentsIn(files))
        QCOMPARE(after[name], files[name]);
    QCOMPARE(segmentsIn(after), segmentsIn(files));
    const auto loaded = openAgain(files, written);
    QVERIFY(loaded);
    QVERIFY(isSame(*loaded, state));
}

void TestJournalEncryption::rotation()
{
    DurableProducerState state;
    SimulatedDisk disk;
    disk.setFiles(journalOf("a", &state));
    std::optional<Journal> journal(std::in_place, disk, configWith("ba"));
    auto loaded = journal->open(u"orders"_s, QUuid(), {});
    QVERIFY(loaded);
    QVERIFY(isSame(*loaded, state));
    journal.reset();
    // Messages are still where the old key is needed, and that is said.
    const Error error = openAgain(disk.files(), "b").error();
    QCOMPARE(error.code(), Error::Code::AccessDenied);
    QVERIFY2(error.message().contains(idOf('a')), qPrintable(error.message()));

    journal.emplace(disk, configWith("ba"));
    loaded = journal->open(u"orders"_s, QUuid(), {});
    QVERIFY(loaded);
    const qint64 last = loaded->currentSeqNr - 1;
    for (const QString &qualifier : {u"a"_s, u"b"_s, QString()})
        journal->confirm(last, qualifier, {});
    QVERIFY(!journal->flush());
    journal.emplace(disk, configWith("ba"));
    QVERIFY(journal->open(u"orders"_s, QUuid(), {}));
    journal.reset();
    const auto alone = openAgain(disk.files(), "b");
    QVERIFY2(alone, qPrintable(alone.error().message()));
    QCOMPARE(alone->currentSeqNr, last + 1);
    QVERIFY(alone->unconfirmed.isEmpty());
}

void TestJournalEncryption::h51_crashAtEveryStep()
{
    for (int step = 0, last = 1; step < last; ++step) {
        JournalModel model(quint32(step + 1), configWith("k"));
        model.disk.crashAt(step);
        const auto run = [&] {
            if (model.open())
                return;
            for (int i = 0; i < 8; ++i) {
                if (model.append(2, u"rare"_s, 30) || model.append(4, {}, 200))
                    return;
                model.confirm(model.state().currentSeqNr - 2);
                if (model.sync())
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
        QVERIFY2(model.problem().isEmpty(),
                 qPrintable(u"seed and step %1: %2"_s.arg(step).arg(model.problem())));
    }
}

void TestJournalEncryption::h52_everyTruncation()
{
    DurableProducerState expected;
    const Files files = journalOf("k", &expected);
    for (const QString &name : segmentsIn(files)) {
        for (qsizetype size = 0; size < files[name].size(); size += 7) {
            Files damaged = files;
            damaged[name].truncate(size);
            const auto loaded = openAgain(damaged, "k");
            if (loaded)
                QVERIFY(isSame(*loaded, expected));
            else
                QVERIFY2(namesPlace(loaded.error(), name), qPrintable(loaded.error().message()));
        }
    }
}

void TestJournalEncryption::h52_everyByteFlipped()
{
    DurableProducerState expected;
    const Files files = journalOf("k", &expected);
    int refused = 0;
    for (const QString &name : segmentsIn(files)) {
        for (qsizetype at = 0; at < files[name].size(); ++at) {
            Files damaged = files;
            damaged[name][at] = char(damaged[name][at] ^ (1 << at % 8));
            const auto loaded = openAgain(damaged, "k");
            const QString where = u"%1 at %2"_s.arg(name).arg(at);
            if (loaded) {
                QVERIFY2(isSame(*loaded, expected), qPrintable(where));
                continue;
            }
            ++refused;
            QVERIFY2(namesPlace(loaded.error(), name), qPrintable(where));
        }
    }
    QVERIFY(refused > SmallSegment); // most of it matters
}

/*! Every byte of a record but the checksum and the head check, which is as good as one, is changed
    by somebody who makes the checksum fit. */
void TestJournalEncryption::forgedRecordIsFound()
{
    DurableProducerState expected;
    const Files files = journalOf("k", &expected);
    const QString name = segmentsIn(files).constLast();
    SegmentHeader header;
    const auto records = recordsOf(files[name], &header);
    QVERIFY(records.size() > 1);
    for (const RecordView &record : records) {
        for (qint64 at = record.offset + 12; at < record.offset + record.length; ++at) {
            if (at == record.offset + 12 || at == record.offset + 14 || at == record.offset + 15)
                continue;
            Files forged = files;
            forged[name][at] = char(forged[name][at] ^ 1);
            forgeChecksum(&forged[name], record, header.seed());
            const Error error = openAgain(forged, "k").error();
            QVERIFY2(namesPlace(error, name), qPrintable(QString::number(at)));
            QVERIFY(error.message().contains(QString::number(record.offset)));
        }
    }
}

/*! The same with its type, and up to where the segment was synced, which the head check covers. */
void TestJournalEncryption::forgedHeadOfARecordIsFound()
{
    DurableProducerState expected;
    const Files files = journalOf("k", &expected);
    const QString name = segmentsIn(files).constLast();
    SegmentHeader header;
    const RecordView last = recordsOf(files[name], &header).back();
    const QByteArray body =
        files[name].mid(last.offset + RecordHeaderSize, last.length - RecordHeaderSize);
    const auto openWith = [&](RecordType type, qint64 synced) {
        QByteArray record;
        RecordWriter(record, header.seed(), last.offset, synced).writeBody(type, body);
        record[13] = char(PieceTagSize);
        Files forged = files;
        forged[name].replace(last.offset, record.size(), record);
        forgeChecksum(&forged[name], last, header.seed());
        return openAgain(forged, "k").error();
    };
    QVERIFY(!openWith(last.type, last.synced)); // so it is done right
    QVERIFY(namesPlace(openWith(RecordType::QualifierDropped, last.synced), name));
    QVERIFY(namesPlace(openWith(last.type, last.synced + JournalAlignment), name));
}

void TestJournalEncryption::forgedHeaderIsFound()
{
    DurableProducerState expected;
    const Files files = journalOf("k", &expected);
    const QString name = segmentsIn(files).constLast();
    SegmentHeader header;
    QVERIFY(!recordsOf(files[name], &header).empty());
    const auto openWith = [&](const SegmentHeader &forged, const QString &producerId) {
        SimulatedDisk disk;
        Files changed = files;
        changed[name].replace(0, header.length(), encodeSegmentHeader(forged));
        disk.setFiles(changed);
        Journal journal(disk, configWith("k"));
        return journal.open(producerId, QUuid(), {}).error();
    };
    QVERIFY(!openWith(header, u"orders"_s));
    SegmentHeader forged = header;
    forged.producerId = u"Orders"_s;
    QVERIFY(namesPlace(openWith(forged, u"Orders"_s), name));
    forged = header;
    forged.salt[0] = char(forged.salt[0] ^ 1);
    QVERIFY(namesPlace(openWith(forged, u"orders"_s), name));
    forged = header;
    forged.keyId[0] = char(forged.keyId[0] ^ 1);
    QCOMPARE(openWith(forged, u"orders"_s).code(), Error::Code::AccessDenied);
}

void TestJournalEncryption::plainRecordIsNotBelieved()
{
    DurableProducerState expected;
    Files files = journalOf("k", &expected);
    const QString name = segmentsIn(files).constLast();
    SegmentHeader header;
    const RecordView last = recordsOf(files[name], &header).back();
    QByteArray record;
    RecordWriter(record, header.seed(), last.end(), last.end())
        .writeMessage({expected.currentSeqNr, "forged", {}, {}}, {});
    files[name].replace(last.end(), record.size(), record);
    const Error error = openAgain(files, "k").error();
    QVERIFY2(namesPlace(error, name), qPrintable(error.message()));
}

void TestJournalEncryption::inspection()
{
    DurableProducerState expected;
    const Files files = journalOf("k", &expected);
    SimulatedDisk disk;
    disk.setFiles(files);
    int visited = 0;
    const auto report = inspectJournal(
        disk, [&visited](const JournalRecord &) { ++visited; }, configWith("k").keys.get());
    QVERIFY(report);
    QVERIFY2(!report->damage, qPrintable(report->damage.message()));
    QVERIFY(isSame(report->state, expected));
    QVERIFY(visited > 20);
    const auto blind = inspectJournal(disk, {});
    QVERIFY(blind);
    QVERIFY(blind->isUnusable);
    QCOMPARE(blind->damage.code(), Error::Code::AccessDenied);
    QVERIFY(blind->damage.message().contains(idOf('k')));
    QCOMPARE(disk.files(), files);
}

void TestJournalEncryption::queue()
{
    const QTemporaryDir directory;
    const StorageKeys keys = *StorageKeys::fromSecret(secret('k').toBase64());
    const DurableMessage message{
        .seqNr = 1, .payload = "nobody's business", .context = {}, .qualifier = {}};
    {
        FileProducerQueue queue(directory.path(), {}, keys);
        const QSignalSpy loaded(&queue, &FileProducerQueue::loaded);
        QSignalSpy stored(&queue, &FileProducerQueue::stored);
        queue.load(u"orders"_s);
        queue.store({message});
        QVERIFY(stored.wait());
        QCOMPARE(loaded.size(), 1);
    }
    for (const QString &name : QDir(directory.path()).entryList(QDir::Files))
        QVERIFY(!contentsOf(directory.filePath(name)).contains(message.payload));
    {
        FileProducerQueue queue(directory.path());
        QSignalSpy failed(&queue, &FileProducerQueue::failed);
        queue.load(u"orders"_s);
        QVERIFY(failed.wait());
        const auto error = failed.first().first().value<Error>();
        QCOMPARE(error.code(), Error::Code::AccessDenied);
        QVERIFY2(error.message().contains(keys.ids().constFirst()), qPrintable(error.message()));
    }
    {
        FileProducerQueue queue(directory.path(), {}, keys);
        QSignalSpy loaded(&queue, &FileProducerQueue::loaded);
        queue.load(u"orders"_s);
        QVERIFY(loaded.wait());
        const auto state = loaded.first().first().value<DurableProducerState>();
        QCOMPARE(state.unconfirmed, QList<DurableMessage>{message});
    }
    const auto report = FileProducerQueue::inspect(directory.path(), {}, keys);
    QVERIFY(report && !report->damage);
}

QTEST_GUILESS_MAIN(TestJournalEncryption)
#include "tst_journalencryption.moc"

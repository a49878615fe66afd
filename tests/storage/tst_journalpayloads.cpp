// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "bytesreader.h"
#include "journalmodel.h"
#include "storage/journalinspector.h"

#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;

namespace {

const QUuid Stream(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
constexpr qsizetype LongPayload = 2'500'000; // copied in several pieces

QStringList payloadsOn(const SimulatedDisk &disk)
{
    return QStringList(disk.files().keys()).filter(u"payload"_s);
}

DurableMessage fileMessage(qint64 seqNr, const QByteArray &bytes, qint64 failsAt = -1)
{
    return {.seqNr = seqNr,
            .payload = {},
            .context = "context",
            .qualifier = {},
            .name = u"name"_s,
            .reader = std::make_shared<BytesReader>(bytes, failsAt)};
}

SimulatedDisk::Fault failing(SimulatedDisk::Call call)
{
    return [call](SimulatedDisk::Call made, int) {
        return made == call ? SimulatedDisk::failure() : Error();
    };
}

} // namespace

/*! Payloads of a journal that lie in files of their own. */
class TestJournalPayloads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storedOnce();
    void h52_powerFailsAtEachStep();
    void confirmedIsRemovedAfterASync();
    void confirmedWithoutRoomIsRemovedLater();
    void failedSyncKeepsTheFile();
    void h52_diskFullWhileCopying();
    void sourceFails();
    void orphansAreRemoved();
    void h52_missingOrShortFile_data();
    void h52_missingOrShortFile();
    void h52_damagedFile();
    void copiedIntoOtherSegments();
    void namesAndSkippedNumbers();
    void skippedLater();
    void skippedAtEachStep();
    void skipIsTriedAgain();
    void skipNeedsRoom();
    void nothingToSkip();
    void olderFormatIsRead();
};

void TestJournalPayloads::storedOnce()
{
    JournalModel model(1, smallConfig());
    QVERIFY(!model.open());
    const qint64 before = model.disk.usedBytes();
    QVERIFY(!model.appendFile({}, LongPayload));
    QVERIFY(!model.sync());
    QCOMPARE(payloadsOn(model.disk), QStringList{u"000000000001.payload"_s});
    QCOMPARE(model.disk.usedBytes() - before, qint64(LongPayload));
    QCOMPARE(model.journal().payloadCount(), 1);
    QCOMPARE(model.journal().fileBytes(), model.disk.usedBytes());
    model.crash();
    QVERIFY(!model.open());
    QCOMPARE(model.problem(), QString());
    QCOMPARE(model.state().unconfirmed.size(), 1);
    QCOMPARE(model.state().unconfirmed.first().fileSize, qint64(LongPayload));
}

/*! Whatever the step: afterwards the message is there with all of its payload, or not at all. */
void TestJournalPayloads::h52_powerFailsAtEachStep()
{
    bool isThrough = false;
    for (int step = 0; !isThrough; ++step) {
        JournalModel model(quint32(step) + 1, smallConfig());
        QVERIFY(!model.open());
        QVERIFY(!model.append(2));
        QVERIFY(!model.sync());
        model.disk.crashAt(model.disk.steps() + step);
        if (!model.appendFile() && !model.sync()) {
            model.confirm(3);
            if (!model.disk.isOff())
                model.journal().release();
        }
        isThrough = !model.disk.isOff();
        model.crash();
        QVERIFY(!model.open());
        QVERIFY2(model.problem().isEmpty(),
                 qPrintable(u"step %1: %2"_s.arg(step).arg(model.problem())));
        QVERIFY(!model.appendFile()); // and the same number can be stored
        QVERIFY(!model.sync());
        model.crash();
        QVERIFY(!model.open());
        QCOMPARE(model.problem(), QString());
    }
}

void TestJournalPayloads::confirmedIsRemovedAfterASync()
{
    JournalModel model(1, smallConfig());
    QVERIFY(!model.open());
    QVERIFY(!model.appendFile(u"a"_s));
    QVERIFY(!model.appendFile(u"b"_s));
    QVERIFY(!model.sync());
    QVERIFY(!model.journal().hasReleasable());
    model.confirm(2, u"a"_s); // not the message of the other qualifier
    QVERIFY(model.journal().hasReleasable());
    QVERIFY(!model.flush());
    QCOMPARE(payloadsOn(model.disk).size(), 2); // the confirmation may be lost
    model.journal().release();
    QCOMPARE(payloadsOn(model.disk), QStringList{u"000000000002.payload"_s});
    QVERIFY(!model.journal().hasReleasable());
    model.crash();
    QVERIFY(!model.open());
    QCOMPARE(model.problem(), QString());
}

void TestJournalPayloads::confirmedWithoutRoomIsRemovedLater()
{
    JournalConfig config = smallConfig();
    config.snapshotEvery = 1000;
    JournalModel model(1, config);
    QVERIFY(!model.open());
    QVERIFY(!model.appendFile());
    QVERIFY(!model.sync());
    while (model.disk.files().keys().filter(u".journal"_s).size() == 1
           && model.journal().newest() == 1)
        QVERIFY(!model.append(1, {}, 8)); // up to the segment's end
    QVERIFY(!model.sync());
    model.confirm(1);
    QVERIFY(!model.append(300, {}, 20)); // some segments
    QVERIFY(!model.sync());
    QCOMPARE(payloadsOn(model.disk), QStringList());
    QCOMPARE(model.problem(), QString());
}

/*! The confirmation is taken back with the rest of the segment, so the file must stay. */
void TestJournalPayloads::failedSyncKeepsTheFile()
{
    JournalModel model(1, smallConfig());
    QVERIFY(!model.open());
    QVERIFY(!model.appendFile());
    QVERIFY(!model.sync());
    model.confirm(1);
    model.disk.setFault(failing(SimulatedDisk::Call::Sync));
    model.journal().release();
    QCOMPARE(payloadsOn(model.disk).size(), 1);
    model.disk.setFault({});
    model.journal().release(); // proves nothing
    QCOMPARE(payloadsOn(model.disk).size(), 1);
    QVERIFY(!model.append(1)); // in another segment, whose snapshot has the confirmation
    QCOMPARE(payloadsOn(model.disk), QStringList());
    model.reopen();
    QCOMPARE(model.problem(), QString());
}

void TestJournalPayloads::h52_diskFullWhileCopying()
{
    JournalModel model(1, smallConfig());
    QVERIFY(!model.open());
    QVERIFY(!model.append(2));
    QVERIFY(!model.sync());
    model.disk.setCapacity(model.disk.usedBytes() + LongPayload / 2);
    QCOMPARE(model.appendFile({}, LongPayload).code(), Error::Code::StorageFull);
    QCOMPARE(payloadsOn(model.disk), QStringList()); // the half is no burden
    QVERIFY(!model.append(1)); // a small one has room
    QVERIFY(!model.sync());
    model.disk.setCapacity(-1);
    QVERIFY(!model.appendFile({}, LongPayload));
    QVERIFY(!model.sync());
    model.crash();
    QVERIFY(!model.open());
    QCOMPARE(model.problem(), QString());
    QCOMPARE(model.state().unconfirmed.size(), 4);
}

void TestJournalPayloads::sourceFails()
{
    SimulatedDisk disk;
    Journal journal(disk, smallConfig());
    QVERIFY(journal.open(u"orders"_s, Stream, {}));
    const Error error =
        journal.append({fileMessage(1, QByteArray(LongPayload, 'x'), 2'000'000)}, {});
    QCOMPARE(error.code(), Error::Code::SourceFailed);
    QVERIFY(error.message().contains(u'1'));
    QCOMPARE(journal.currentSeqNr(), 1);
    QCOMPARE(payloadsOn(disk), QStringList());
}

void TestJournalPayloads::orphansAreRemoved()
{
    JournalModel model(1, smallConfig());
    QVERIFY(!model.open());
    QVERIFY(!model.appendFile());
    QVERIFY(!model.sync());
    model.kill();
    QMap<QString, QByteArray> files = model.disk.files();
    files[u"payload.tmp"_s] = "half";
    files[u"000000000002.payload"_s] = "not stored";
    files[u"notes.payload"_s] = "somebody's";
    model.disk.setFiles(files);
    JournalModel other(1, smallConfig());
    other.disk.setFiles(files);
    (void)other.open();
    QCOMPARE(payloadsOn(other.disk), (QStringList{u"000000000001.payload"_s, u"notes.payload"_s}));
}

void TestJournalPayloads::h52_missingOrShortFile_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::newRow("missing") << qsizetype(-1);
    QTest::newRow("empty") << qsizetype(0);
    QTest::newRow("a byte less") << qsizetype(1499);
    QTest::newRow("a byte more") << qsizetype(1501);
}

void TestJournalPayloads::h52_missingOrShortFile()
{
    QFETCH(qsizetype, size);
    const QString name = u"000000000001.payload"_s;
    JournalModel model(1, smallConfig());
    QVERIFY(!model.open());
    QVERIFY(!model.appendFile());
    QVERIFY(!model.sync());
    model.kill();
    QMap<QString, QByteArray> files = model.disk.files();
    if (size < 0)
        files.remove(name);
    else
        files[name].resize(size, 'x');
    model.disk.setFiles(files);
    const Error error = model.open();
    QCOMPARE(error.code(), Error::Code::StorageCorrupt);
    QVERIFY(error.message().contains(name));
    const auto report = inspectJournal(model.disk, {});
    QVERIFY(report && report->isUnusable);
    QCOMPARE(model.disk.files().contains(name), size >= 0); // nothing is repaired by guessing
}

/*! Loading does not read it all; whoever asks for it is told. */
void TestJournalPayloads::h52_damagedFile()
{
    JournalModel model(1, smallConfig());
    QVERIFY(!model.open());
    QVERIFY(!model.appendFile());
    QVERIFY(!model.sync());
    model.kill();
    auto report = inspectJournal(model.disk, {});
    QVERIFY(report && !report->damage);
    QMap<QString, QByteArray> files = model.disk.files();
    files[u"000000000001.payload"_s][700] ^= 1;
    model.disk.setFiles(files);
    report = inspectJournal(model.disk, {});
    QVERIFY(report && !report->isUnusable);
    QCOMPARE(report->damage.code(), Error::Code::StorageCorrupt);
    QVERIFY(report->damage.message().contains(u"000000000001.payload"_s));
}

void TestJournalPayloads::copiedIntoOtherSegments()
{
    JournalModel model(1, smallConfig());
    QVERIFY(!model.open());
    QVERIFY(!model.appendFile(u"slow"_s));
    for (int i = 0; i < 40; ++i) {
        QVERIFY(!model.append(10, u"fast"_s, 100));
        model.confirm(model.state().currentSeqNr - 1, u"fast"_s);
        QVERIFY(!model.sync());
    }
    QVERIFY(model.journal().newest() > 8);
    QVERIFY(model.journal().fileCount() < 5); // its record is in a new one
    QCOMPARE(payloadsOn(model.disk).size(), 1); // its payload is where it was
    model.crash();
    QVERIFY(!model.open());
    QCOMPARE(model.problem(), QString());
    QCOMPARE(model.state().unconfirmed.first().seqNr, 1);
}

void TestJournalPayloads::namesAndSkippedNumbers()
{
    SimulatedDisk disk;
    const DurableMessage named{
        .seqNr = 1, .payload = "in memory", .context = "c", .qualifier = u"q"_s, .name = u"ñ"_s};
    const DurableMessage skipped{
        .seqNr = 2, .payload = {}, .context = "d", .qualifier = {}, .isSkipped = true};
    {
        Journal journal(disk, smallConfig());
        QVERIFY(journal.open(u"orders"_s, Stream, {}));
        QVERIFY(!journal.append({named, skipped}, {}));
        QVERIFY(!journal.sync());
    }
    QStringList seen;
    const auto report = inspectJournal(disk, [&](const JournalRecord &record) {
        if (record.type == JournalRecord::Type::Message)
            seen += record.name + (record.isSkipped ? u" skipped"_s : u" kept"_s);
    });
    QVERIFY(report && !report->damage);
    QCOMPARE(seen, (QStringList{u"ñ kept"_s, u" skipped"_s}));
    Journal journal(disk, smallConfig());
    const auto state = journal.open(u"orders"_s, Stream, {});
    QVERIFY(state);
    QCOMPARE(state->unconfirmed, (QList<DurableMessage>{named, skipped}));
}

/*! The payload's file goes; the number stays until it is confirmed. */
void TestJournalPayloads::skippedLater()
{
    JournalModel model(1, smallConfig());
    QVERIFY(!model.open());
    QVERIFY(!model.append(1));
    QVERIFY(!model.appendFile());
    QVERIFY(!model.append(1));
    QVERIFY(!model.sync());
    model.skip(2);
    model.skip(1);
    QVERIFY(model.journal().hasReleasable());
    QCOMPARE(payloadsOn(model.disk).size(), 1); // the record may be lost
    model.release();
    QVERIFY(!model.journal().hasReleasable());
    QCOMPARE(payloadsOn(model.disk), QStringList());
    QCOMPARE(model.journal().payloadCount(), 0);
    for (int i = 0; i < 300; ++i) { // through other segments
        QVERIFY(!model.append(1));
        QVERIFY(!model.sync());
    }
    QVERIFY(model.journal().newest() > 2);
    model.crash();
    QVERIFY(!model.open());
    QCOMPARE(model.problem(), QString());
    QCOMPARE(model.state().unconfirmed.size(), 303);
    QVERIFY(model.state().unconfirmed[0].isSkipped);
    QVERIFY(model.state().unconfirmed[1].isSkipped);
    QVERIFY(!model.state().unconfirmed[2].isSkipped);
    model.confirm(303);
    QVERIFY(!model.append(1));
    QVERIFY(!model.sync());
    model.reopen();
    QCOMPARE(model.problem(), QString());
    QCOMPARE(model.state().unconfirmed.size(), 1);
}

/*! Whatever the step at which the power fails: the message is as it was, or skipped. */
void TestJournalPayloads::skippedAtEachStep()
{
    bool isThrough = false;
    bool wasThere = false;
    bool wasSkipped = false;
    for (int step = 0; !isThrough; ++step) {
        JournalModel model(quint32(step) + 1, smallConfig());
        QVERIFY(!model.open());
        QVERIFY(!model.appendFile());
        QVERIFY(!model.sync());
        model.disk.crashAt(model.disk.steps() + step);
        model.skip(1);
        model.release();
        isThrough = !model.disk.isOff();
        model.crash();
        QVERIFY(!model.open());
        QVERIFY2(model.problem().isEmpty(),
                 qPrintable(u"step %1: %2"_s.arg(step).arg(model.problem())));
        (model.state().unconfirmed.first().isSkipped ? wasSkipped : wasThere) = true;
    }
    QVERIFY(wasThere && wasSkipped);
}

void TestJournalPayloads::skipIsTriedAgain()
{
    JournalModel model(1, smallConfig());
    QVERIFY(!model.open());
    QVERIFY(!model.appendFile());
    QVERIFY(!model.sync());
    model.disk.setFault(failing(SimulatedDisk::Call::Sync));
    model.skip(1);
    model.release();
    QVERIFY(model.journal().hasReleasable());
    QCOMPARE(payloadsOn(model.disk).size(), 1);
    model.disk.setFault({});
    model.release();
    QVERIFY(!model.journal().hasReleasable());
    QCOMPARE(payloadsOn(model.disk), QStringList());
    model.crash();
    QVERIFY(!model.open());
    QCOMPARE(model.problem(), QString());
    QVERIFY(model.state().unconfirmed.first().isSkipped);
}

void TestJournalPayloads::skipNeedsRoom()
{
    JournalConfig config = smallConfig();
    config.snapshotEvery = 1000;
    JournalModel model(1, config);
    QVERIFY(!model.open());
    QVERIFY(!model.append(60, {}, 1));
    QVERIFY(!model.sync());
    const quint64 segment = model.journal().newest();
    for (int i = 1; i <= 60; ++i)
        model.skip(i);
    model.release();
    QVERIFY(model.journal().newest() > segment);
    QVERIFY(!model.journal().hasReleasable());
    model.crash();
    QVERIFY(!model.open());
    QCOMPARE(model.problem(), QString());
    for (const DurableMessage &message : model.state().unconfirmed)
        QVERIFY(message.isSkipped);
}

/*! What is confirmed, not stored, or another qualifier's. */
void TestJournalPayloads::nothingToSkip()
{
    JournalModel model(1, smallConfig());
    QVERIFY(!model.open());
    QVERIFY(!model.append(2, u"a"_s));
    QVERIFY(!model.sync());
    model.confirm(1, u"a"_s);
    QVERIFY(!model.append(1, u"a"_s)); // not stored
    for (const qint64 seqNr : {0, 1, 3, 4, -7})
        model.journal().skip(seqNr, u"a"_s);
    model.journal().skip(2, u"b"_s);
    QVERIFY(!model.journal().hasReleasable());
    QVERIFY(!model.sync());
    model.reopen();
    QCOMPARE(model.problem(), QString());
}

/*! What a former version wrote is read; a new segment is of this version. */
void TestJournalPayloads::olderFormatIsRead()
{
    JournalModel model(1, smallConfig());
    QVERIFY(!model.open());
    QVERIFY(!model.append(3));
    QVERIFY(!model.sync());
    model.kill();
    QMap<QString, QByteArray> files = model.disk.files();
    QByteArray &segment = files[u"000000000001.journal"_s];
    SegmentHeader header;
    QCOMPARE(decodeSegmentHeader(segment, &header), HeaderProblem::None);
    segment.replace(0, header.length(), encodeSegmentHeader(header, OldestJournalVersion));
    model.disk.setFiles(files);
    QVERIFY(!model.open());
    QCOMPARE(model.problem(), QString());
    QCOMPARE(model.state().unconfirmed.size(), 3);
    QVERIFY(!model.appendFile());
    QVERIFY(!model.sync());
    model.reopen();
    QCOMPARE(model.problem(), QString());
}

QTEST_APPLESS_MAIN(TestJournalPayloads)
#include "tst_journalpayloads.moc"

// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "storage/segmentscanner.h"

#include <QTest>

using namespace QtDelivery;
using namespace Qt::StringLiterals;

namespace {

SegmentHeader header(quint64 number = 7)
{
    return {QUuid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), number, 4096, u"orders"_s};
}

SnapshotRecord snapshot()
{
    SnapshotRecord record;
    record.generation = 3;
    record.currentSeqNr = 11;
    record.highestConfirmedSeqNr = 9;
    record.segments = {{4, 100}, {6, 200}};
    record.qualifiers = {{QString(), 5}, {u"q"_s, 0}};
    record.context = "where";
    return record;
}

} // namespace

class TestJournalFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headerRoundTrip();
    void headerDamage();
    void records();
    void everyFlippedBitIsSeen();
    void recycledBytesAreNoRecords();
    void recordElsewhereIsNone();
    void shortBodies();
    void tornTailAndDamage();
};

void TestJournalFormat::headerRoundTrip()
{
    const QByteArray bytes = encodeSegmentHeader(header());
    QCOMPARE(qint64(bytes.size()), header().length());
    SegmentHeader decoded;
    QCOMPARE(decodeSegmentHeader(bytes + "and more", &decoded), HeaderProblem::None);
    QCOMPARE(decoded.number, 7u);
    QCOMPARE(decoded.size, 4096);
    QCOMPARE(decoded.streamId, header().streamId);
    QCOMPARE(decoded.producerId, u"orders"_s);
    QCOMPARE(decodeSegmentHeader(encodeSegmentHeader(header(), JournalVersion + 1), &decoded),
             HeaderProblem::UnknownVersion);
}

void TestJournalFormat::headerDamage()
{
    const QByteArray bytes = encodeSegmentHeader(header());
    SegmentHeader decoded;
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        QByteArray damaged = bytes;
        damaged[at] = char(damaged[at] ^ 4);
        QCOMPARE(decodeSegmentHeader(damaged, &decoded), HeaderProblem::Damaged);
        QCOMPARE(decodeSegmentHeader(bytes.first(at), &decoded), HeaderProblem::Damaged);
    }
}

void TestJournalFormat::records()
{
    QByteArray bytes;
    RecordWriter writer(bytes, header().seed(), 0, 16);
    const DurableMessage message{8, "payload", "context", u"q"_s};
    writer.writeMessage(message, "q");
    QCOMPARE(qint64(bytes.size()), messageRecordSize(message, 1));
    const auto first = readRecord(bytes, 0, header().seed());
    QVERIFY(first);
    QCOMPARE(first->synced, 16);
    const auto read = decodeMessage(first->body);
    QVERIFY(read);
    QCOMPARE(read->seqNr, 8);
    QCOMPARE(read->payload, QByteArrayView("payload"));
    QCOMPARE(read->context, QByteArrayView("context"));
    QCOMPARE(read->qualifier, QByteArrayView("q"));

    writer.writeConfirmed(5, "q");
    const auto second = readRecord(bytes, first->end(), header().seed());
    QVERIFY(second && second->type == RecordType::Confirmed);
    QCOMPARE(decodeConfirmed(second->body)->seqNr, 5);
    QCOMPARE(second->end() - second->offset, confirmedRecordSize(1));

    writer.writeSnapshot(snapshot());
    const auto third = readRecord(bytes, second->end(), header().seed());
    QVERIFY(third && third->type == RecordType::Snapshot);
    QVERIFY(decodeSnapshot(third->body) == snapshot());
    QCOMPARE(third->end() - third->offset, snapshotRecordSize(snapshot()));
    QCOMPARE(third->end(), qint64(bytes.size()));
}

void TestJournalFormat::everyFlippedBitIsSeen()
{
    QByteArray bytes;
    RecordWriter(bytes, header().seed(), 0, 0).writeConfirmed(5, "12345678");
    for (qsizetype bit = 0; bit < bytes.size() * 8; ++bit) {
        QByteArray damaged = bytes;
        damaged[bit / 8] = char(damaged[bit / 8] ^ (1 << bit % 8));
        QVERIFY2(!readRecord(damaged, 0, header().seed()), qPrintable(QString::number(bit)));
    }
}

void TestJournalFormat::recycledBytesAreNoRecords()
{
    QByteArray bytes;
    RecordWriter(bytes, header(7).seed(), 0, 0).writeConfirmed(5, "q");
    QVERIFY(readRecord(bytes, 0, header(7).seed()));
    for (quint64 number = 8; number < 10'000; ++number)
        QVERIFY(!readRecord(bytes, 0, header(number).seed()));
}

void TestJournalFormat::recordElsewhereIsNone()
{
    QByteArray bytes;
    RecordWriter(bytes, header().seed(), 0, 0).writeConfirmed(5, "q");
    int found = 0;
    for (qint64 at = 8; at < 800; at += 8)
        found += readRecord(QByteArray(at, '\0') + bytes, at, header().seed()) ? 1 : 0;
    QCOMPARE(found, 0);
}

void TestJournalFormat::shortBodies()
{
    QByteArray bytes;
    RecordWriter writer(bytes, 1, 0, 0);
    writer.writeSnapshot(snapshot());
    const QByteArray body = readRecord(bytes, 0, 1)->body.toByteArray();
    for (qsizetype size = 0; size < 40; ++size)
        QVERIFY(!decodeSnapshot(body.first(size)));
    for (qsizetype size = 0; size < 16; ++size)
        QVERIFY(!decodeMessage(QByteArray(size, '\1')));
    QVERIFY(!decodeMessage(QByteArray(40, '\x7f'))); // lengths beyond the end
    QVERIFY(!decodeConfirmed(QByteArray(7, '\1')));
    QVERIFY(!decodeConfirmed(QByteArray(8, '\0'))); // no such number
}

void TestJournalFormat::tornTailAndDamage()
{
    QByteArray bytes = encodeSegmentHeader(header());
    const qint64 first = bytes.size();
    RecordWriter(bytes, header().seed(), 0, 0).writeConfirmed(1, {});
    const qint64 second = bytes.size();
    RecordWriter(bytes, header().seed(), 0, 0).writeConfirmed(2, {}); // with the same sync
    const qint64 third = bytes.size();
    const auto scan = [&](const QByteArray &segment) {
        SegmentScanner scanner(segment, header());
        while (scanner.next()) { }
        return std::pair(scanner.offset(), scanner.isDamaged());
    };
    QByteArray torn = bytes + QByteArray(100, '\0');
    QCOMPARE(scan(torn), std::pair(third, false));
    torn[first + 20] ^= 1;
    QCOMPARE(scan(torn), std::pair(first, false)); // the second proves nothing of the first
    RecordWriter(bytes, header().seed(), 0, second).writeConfirmed(3, {}); // after a sync
    QByteArray damaged = bytes + QByteArray(100, '\0');
    damaged[first + 20] ^= 1;
    QCOMPARE(scan(damaged), std::pair(first, true));
}

QTEST_APPLESS_MAIN(TestJournalFormat)
#include "tst_journalformat.moc"

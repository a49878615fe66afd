// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/unconfirmedbuffer.h"

#include <QTest>

#include <map>
#include <random>

using namespace QtDelivery;

class TestUnconfirmedBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersStartAtOne();
    void confirmForgetsThePast();
    void confirmIsIdempotent();
    void bytesCountFromTheConfirmedNumber();
    void emptyPayloads();
    void droppedPayloadKeepsItsNumberAndBytes();
    void payloadIsSharedNotCopied();
    void sameAsModel_data();
    void sameAsModel();
};

void TestUnconfirmedBuffer::numbersStartAtOne()
{
    UnconfirmedBuffer buffer;
    QVERIFY(buffer.isEmpty());
    QCOMPARE(buffer.confirmedSeqNr(), 0);
    QCOMPARE(buffer.firstSeqNr(), 1);
    QCOMPARE(buffer.nextSeqNr(), 1);
    QCOMPARE(buffer.bytesBefore(1), 0u);
    QCOMPARE(buffer.append("one"), 1);
    QCOMPARE(buffer.append("two"), 2);
    QCOMPARE(buffer.firstSeqNr(), 1);
    QCOMPARE(buffer.nextSeqNr(), 3);
    QCOMPARE(buffer.payload(1), QByteArray("one"));
    QCOMPARE(buffer.payload(2), QByteArray("two"));
    QVERIFY(!buffer.isEmpty());
}

void TestUnconfirmedBuffer::confirmForgetsThePast()
{
    UnconfirmedBuffer buffer;
    for (const char *payload : {"one", "two", "three"})
        (void)buffer.append(payload);
    buffer.confirm(2);
    QCOMPARE(buffer.confirmedSeqNr(), 2);
    QCOMPARE(buffer.firstSeqNr(), 3);
    QCOMPARE(buffer.nextSeqNr(), 4);
    QCOMPARE(buffer.payload(3), QByteArray("three"));
    buffer.confirm(3);
    QVERIFY(buffer.isEmpty());
    QCOMPARE(buffer.append("four"), 4); // numbers are never used again
}

void TestUnconfirmedBuffer::confirmIsIdempotent()
{
    UnconfirmedBuffer buffer;
    for (const char *payload : {"one", "two", "three"})
        (void)buffer.append(payload);
    buffer.confirm(2);
    buffer.confirm(2);
    buffer.confirm(1);
    buffer.confirm(0);
    QCOMPARE(buffer.confirmedSeqNr(), 2);
    QCOMPARE(buffer.payload(3), QByteArray("three"));
}

void TestUnconfirmedBuffer::bytesCountFromTheConfirmedNumber()
{
    UnconfirmedBuffer buffer;
    for (const int size : {10, 20, 30})
        (void)buffer.append(QByteArray(size, 'x'));
    QCOMPARE(buffer.bytesBefore(1), 0u);
    QCOMPARE(buffer.bytesBefore(2), 10u);
    QCOMPARE(buffer.bytesBefore(3), 30u);
    QCOMPARE(buffer.bytesBefore(4), 60u);
    buffer.confirm(1);
    QCOMPARE(buffer.bytesBefore(1), 0u); // confirmed numbers hold nothing
    QCOMPARE(buffer.bytesBefore(2), 0u);
    QCOMPARE(buffer.bytesBefore(3), 20u);
    QCOMPARE(buffer.bytesBefore(4), 50u);
    buffer.confirm(3);
    QCOMPARE(buffer.bytesBefore(4), 0u);
    (void)buffer.append(QByteArray(5, 'x'));
    QCOMPARE(buffer.bytesBefore(5), 5u);
}

void TestUnconfirmedBuffer::emptyPayloads()
{
    UnconfirmedBuffer buffer;
    (void)buffer.append({});
    (void)buffer.append("x");
    (void)buffer.append({});
    QCOMPARE(buffer.bytesBefore(2), 0u);
    QCOMPARE(buffer.bytesBefore(4), 1u);
    buffer.confirm(1);
    QCOMPARE(buffer.bytesBefore(4), 1u);
}

void TestUnconfirmedBuffer::droppedPayloadKeepsItsNumberAndBytes()
{
    UnconfirmedBuffer buffer;
    (void)buffer.append("one");
    (void)buffer.append("two");
    buffer.dropPayload(1);
    QVERIFY(buffer.payload(1).isEmpty());
    QCOMPARE(buffer.payload(2), QByteArray("two"));
    QCOMPARE(buffer.nextSeqNr(), 3);
    QCOMPARE(buffer.bytesBefore(3), 6u); // the consumer may still hold it
    buffer.confirm(1);
    QCOMPARE(buffer.bytesBefore(3), 3u);
}

void TestUnconfirmedBuffer::payloadIsSharedNotCopied()
{
    UnconfirmedBuffer buffer;
    const QByteArray payload(1000, 'x');
    (void)buffer.append(payload);
    QVERIFY(buffer.payload(1).constData() == payload.constData());
}

void TestUnconfirmedBuffer::sameAsModel_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestUnconfirmedBuffer::sameAsModel()
{
    QFETCH(quint32, seed);
    std::mt19937 random(seed);
    UnconfirmedBuffer buffer;
    std::map<SeqNr, QByteArray> model;
    SeqNr next = 1;
    SeqNr confirmed = 0;
    for (int step = 0; step < 2000; ++step) {
        if (random() % 3 != 0) {
            const QByteArray payload(random() % 50 * (next % 7 == 0 ? 10 : 1),
                                     char('a' + next % 26));
            QCOMPARE(buffer.append(payload), next);
            model[next++] = payload;
        } else {
            // Often a number that is confirmed already.
            const SeqNr seqNr = std::min<SeqNr>(next - 1, confirmed - 2 + random() % 8);
            buffer.confirm(seqNr);
            confirmed = std::max(confirmed, seqNr);
            model.erase(model.begin(), model.upper_bound(confirmed));
        }
        QCOMPARE(buffer.confirmedSeqNr(), confirmed);
        QCOMPARE(buffer.firstSeqNr(), confirmed + 1);
        QCOMPARE(buffer.nextSeqNr(), next);
        QCOMPARE(buffer.isEmpty(), model.empty());
        quint64 bytes = 0;
        for (const auto &[seqNr, payload] : model) {
            QCOMPARE(buffer.payload(seqNr), payload);
            QCOMPARE(buffer.bytesBefore(seqNr), bytes);
            bytes += quint64(payload.size());
        }
        QCOMPARE(buffer.bytesBefore(next), bytes);
    }
}

QTEST_APPLESS_MAIN(TestUnconfirmedBuffer)
#include "tst_unconfirmedbuffer.moc"

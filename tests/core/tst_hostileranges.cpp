// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "goldenframes.h"

#include <core/consumermachine.h>
#include <core/framedecoder.h>

#include <QTest>
#include <QtEndian>

using namespace QtDelivery;
using namespace QtDelivery::Test;

namespace {

constexpr SeqNr Window = 20'000;
constexpr quint64 Longest = 64 << 20;

RangeFrame range(SeqNr seqNr, quint64 offset, quint64 total, QByteArrayView payload)
{
    return {.seqNr = seqNr, .offset = offset, .totalSize = total, .digest = {}, .payload = payload};
}

/*! A consumer that is attached, and whose grants are announced. */
ConsumerMachine attached()
{
    ConsumerConfig config;
    config.window = Window;
    config.maxRangedSize = Longest;
    ConsumerMachine consumer(QStringLiteral("c"), Incarnation{3, 4}, config);
    consumer.start();
    consumer.setProducer(QStringLiteral("p"));
    consumer.attach(1, TimePoint());
    QByteArray bytes;
    FrameWriter writer(bytes);
    (void)consumer.pollTransmit(writer);
    (void)consumer.handleAttached({Incarnation{1, 2}, 1, 1}, TimePoint());
    return consumer;
}

} // namespace

/*! Ranges that no honest producer sends: a defined end, nothing delivered, memory bounded. */
class TestHostileRanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void h46_totalChanges();
    void h40_halfOpenMessages();
    void hugeSizes_data();
    void hugeSizes();
};

void TestHostileRanges::h46_totalChanges()
{
    for (const quint64 total : {quint64(1500), quint64(2001), Longest}) {
        ConsumerMachine consumer = attached();
        const QByteArray bytes(1000, 'x');
        QCOMPARE(consumer.handleRange(range(1, 0, 2000, bytes), TimePoint()), Reason::None);
        QCOMPARE(consumer.handleRange(range(1, 1000, total, bytes.first(400)), TimePoint()),
                 Reason::WrongDigest);
        QVERIFY(!consumer.partial());
        QVERIFY(!consumer.pollEvent());
    }
}

void TestHostileRanges::h40_halfOpenMessages()
{
    ConsumerMachine consumer = attached();
    const QByteArray bytes(1000, 'x');
    for (SeqNr seqNr = 1; seqNr <= 10'000; ++seqNr) {
        QCOMPARE(consumer.handleRange(range(seqNr, 0, Longest, bytes), TimePoint()), Reason::None);
        // One is held, the last; of the others nothing is left.
        QCOMPARE(consumer.partial()->seqNr(), seqNr);
        QCOMPARE(consumer.partial()->have(), 1000u);
        QCOMPARE(consumer.bufferedBytes(), 0u);
    }
}

void TestHostileRanges::hugeSizes_data()
{
    QTest::addColumn<quint64>("offset");
    QTest::addColumn<quint64>("total");
    QTest::addColumn<Reason>("reason");
    constexpr quint64 sign = quint64(1) << 63;
    QTest::newRow("2^63") << quint64(0) << sign << Reason::ImpossibleNumber;
    QTest::newRow("2^64 - 1") << quint64(0) << ~quint64(0) << Reason::ImpossibleNumber;
    QTest::newRow("offset 2^64 - 1") << ~quint64(0) << ~quint64(0) << Reason::ImpossibleNumber;
    QTest::newRow("offset at the end") << quint64(10) << quint64(10) << Reason::ImpossibleNumber;
    QTest::newRow("beyond the end") << quint64(8) << quint64(10) << Reason::ImpossibleNumber;
    QTest::newRow("sum beyond 2^64") << ~quint64(0) - 1 << sign - 1 << Reason::ImpossibleNumber;
    QTest::newRow("the largest, for the consumer to judge") << quint64(0) << quint64(MaxSeqNr) << Reason::None;
}

/*! On the wire, before anybody reserves memory on its word. */
void TestHostileRanges::hugeSizes()
{
    QFETCH(const quint64, offset);
    QFETCH(const quint64, total);
    QFETCH(const Reason, reason);
    QByteArray bytes = encoded(3, range(1, 0, 1000, "four"));
    qToLittleEndian(offset, bytes.data() + 24);
    qToLittleEndian(total, bytes.data() + 32);
    qToLittleEndian(frameChecksum(bytes), bytes.data());
    FrameDecoder decoder;
    decoder.append(encoded(0, goldenHello()));
    ChannelNr channel = 0;
    Frame frame;
    (void)decoder.next(&channel, &frame);
    decoder.setMaxLength(1 << 20);
    decoder.append(bytes);
    (void)decoder.next(&channel, &frame);
    QCOMPARE(decoder.reason(), reason);
    if (reason == Reason::None)
        QCOMPARE(attached().handleRange(std::get<RangeFrame>(frame), TimePoint()),
                 Reason::GrantExceeded);
}

QTEST_APPLESS_MAIN(TestHostileRanges)
#include "tst_hostileranges.moc"

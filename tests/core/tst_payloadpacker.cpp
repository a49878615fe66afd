// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/framedecoder.h"
#include "core/producermachine.h"

#include <QTest>
#include <QtEndian>

#include <random>

using namespace QtDelivery;

namespace {

constexpr quint32 MaxLength = 100'000;

QByteArray noise(qsizetype size, quint32 seed = 1)
{
    std::mt19937 rng(seed);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(rng());
    return bytes;
}

/*! A Message frame as a peer would write it that says \a unpackedSize of \a payload. */
QByteArray messageFrame(const QByteArray &payload, quint64 unpackedSize)
{
    QByteArray frame(FrameHeaderSize + 8 + 12, '\0');
    frame += payload;
    char *const at = frame.data();
    qToLittleEndian(quint32(frame.size() - FrameHeaderSize), at + 4);
    at[8] = char(FrameType::Message);
    qToLittleEndian(quint16(12), at + 10);
    qToLittleEndian(quint32(3), at + 12);
    qToLittleEndian(quint64(1), at + 16);
    qToLittleEndian(quint16(OptionalField::UnpackedSize), at + 24);
    qToLittleEndian(quint16(8), at + 26);
    qToLittleEndian(unpackedSize, at + 28);
    qToLittleEndian(frameChecksum(frame), at);
    return frame;
}

/*! \brief The receiving end of a link, behind its handshake. */
struct Receiver
{
    explicit Receiver(bool unpacks = true)
    {
        QByteArray hello;
        FrameWriter(hello).write(HelloFrame());
        decoder.append(hello);
        isGood = decoder.next(&channel, &frame) == FrameDecoder::Result::Frame;
        decoder.setMaxLength(MaxLength);
        decoder.setUnpacking(unpacks);
    }

    /*! Why \a bytes, a frame, are refused; None if not. */
    Reason take(const QByteArray &bytes)
    {
        decoder.append(bytes);
        isGood = isGood && decoder.next(&channel, &frame) == FrameDecoder::Result::Frame;
        return decoder.reason();
    }

    FrameDecoder decoder;
    ChannelNr channel = 0;
    Frame frame;
    bool isGood = false;
};

QByteArray packed(const QByteArray &payload, int level = 3)
{
    PayloadPacker packer({.level = level, .threshold = 1});
    return packer.pack(payload).toByteArray();
}

} // namespace

class TestPayloadPacker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip_data();
    void roundTrip();
    void notWorthIt();
    void goldenBytes();
    void goesAsItIsToWhoDoesNotUnpack();
    void s12_notAgreedOn();
    void h40_bombsAreRefused_data();
    void h40_bombsAreRefused();
    void h48_everyByteFlipped();
    void rangesAreOfUnpackedBytes();
    void machinePacksItsMessages();
};

void TestPayloadPacker::roundTrip_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("level");
    const QByteArray text = QByteArray("all work and no play ").repeated(4000);
    QTest::newRow("text") << text << 1;
    QTest::newRow("text, small") << text << 19;
    QTest::newRow("at the threshold") << QByteArray(100, 'a') << 3;
    QTest::newRow("as long as a frame may be")
        << QByteArray(MaxLength - 16, 'a') << 3; // with its name
    QTest::newRow("half noise") << noise(20'000) + QByteArray(20'000, 'x') << 3;
}

void TestPayloadPacker::roundTrip()
{
    QFETCH(const QByteArray, payload);
    QFETCH(const int, level);
    PayloadPacker packer({.level = level, .threshold = 100});
    QByteArray bytes;
    FrameWriter writer(bytes);
    writer.setPeerUnpacks(true);
    writer.setPacker(&packer);
    writer.write(3, MessageFrame{7, payload, "name"});
    QVERIFY(bytes.size() < payload.size() * 7 / 8 + 64);
    Receiver receiver;
    QCOMPARE(receiver.take(bytes), Reason::None);
    QVERIFY(receiver.isGood);
    QVERIFY(std::get<MessageFrame>(receiver.frame) == (MessageFrame{7, payload, "name"}));
}

void TestPayloadPacker::notWorthIt()
{
    PayloadPacker packer({.level = 3, .threshold = 100});
    QVERIFY(packer.pack({}).isEmpty());
    QVERIFY(packer.pack(QByteArray(99, 'a')).isEmpty()); // short
    QVERIFY(!packer.pack(QByteArray(100, 'a')).isEmpty());
    QVERIFY(packer.pack(noise(50'000)).isEmpty());
    QVERIFY(packer.pack(noise(50'000) + QByteArray(5000, 'a')).isEmpty()); // hardly shorter
    QVERIFY(!packer.pack(noise(50'000) + QByteArray(50'000, 'a')).isEmpty());
}

/*! The example of the protocol's document. */
void TestPayloadPacker::goldenBytes()
{
    const QByteArray frame = QByteArray::fromHex("c6dffa332500000012000c00030000000100000000000000"
                                                 "070008006400000000000000"
                                                 "28b52ffd206445000010717101003f012c");
    Receiver receiver;
    QCOMPARE(receiver.take(frame), Reason::None);
    QVERIFY(std::get<MessageFrame>(receiver.frame) == (MessageFrame{1, QByteArray(100, 'q')}));
    QCOMPARE(messageFrame(frame.mid(36), 100), frame);
}

void TestPayloadPacker::goesAsItIsToWhoDoesNotUnpack()
{
    PayloadPacker packer({.level = 3, .threshold = 1});
    QByteArray plain;
    FrameWriter(plain).write(3, MessageFrame{1, QByteArray(1000, 'a')});
    QByteArray bytes;
    FrameWriter writer(bytes);
    writer.setPacker(&packer);
    writer.write(3, MessageFrame{1, QByteArray(1000, 'a')});
    QCOMPARE(bytes, plain);
}

/*! Packed bytes are never taken for the payload. */
void TestPayloadPacker::s12_notAgreedOn()
{
    Receiver receiver(false);
    QCOMPARE(receiver.take(messageFrame(packed(QByteArray(1000, 'a')), 1000)),
             Reason::MalformedFrame);
}

void TestPayloadPacker::h40_bombsAreRefused_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<quint64>("size");
    QTest::addColumn<Reason>("reason");
    const QByteArray small = packed(QByteArray(1000, 'a'));
    const QByteArray bomb = packed(QByteArray(16 << 20, '\0'));
    QVERIFY(bomb.size() < 2000);
    QTest::newRow("says what is too much") << bomb << quint64(16 << 20) << Reason::FrameTooLarge;
    QTest::newRow("a byte too much") << small << quint64(MaxLength - 7) << Reason::FrameTooLarge;
    QTest::newRow("2^63") << small << (quint64(1) << 63) << Reason::FrameTooLarge;
    QTest::newRow("2^64 - 1") << small << ~quint64(0) << Reason::FrameTooLarge;
    QTest::newRow("becomes more than it says") << bomb << quint64(1000) << Reason::MalformedFrame;
    QTest::newRow("a byte more") << small << quint64(999) << Reason::MalformedFrame;
    QTest::newRow("a byte less") << small << quint64(1001) << Reason::MalformedFrame;
    QTest::newRow("two of them") << small + small << quint64(2000) << Reason::MalformedFrame;
    QTest::newRow("cut") << small.chopped(1) << quint64(1000) << Reason::MalformedFrame;
    QTest::newRow("something behind") << small + 'x' << quint64(1000) << Reason::MalformedFrame;
    QTest::newRow("something else") << noise(500) << quint64(1000) << Reason::MalformedFrame;
    QTest::newRow("nothing") << QByteArray() << quint64(1000) << Reason::MalformedFrame;
}

void TestPayloadPacker::h40_bombsAreRefused()
{
    QFETCH(const QByteArray, payload);
    QFETCH(const quint64, size);
    QFETCH(const Reason, reason);
    Receiver receiver;
    QCOMPARE(receiver.take(messageFrame(payload, size)), reason);
    QVERIFY(receiver.decoder.capacity() < 2 * qsizetype(MaxLength));
}

void TestPayloadPacker::h48_everyByteFlipped()
{
    const QByteArray payload = QByteArray("abc").repeated(100);
    const QByteArray good = packed(payload);
    for (qsizetype at = 0; at < good.size(); ++at) {
        QByteArray bad = good;
        bad[at] = char(bad[at] ^ 0x10);
        Receiver receiver; // the checksum is right: a hostile peer's
        const Reason reason = receiver.take(messageFrame(bad, quint64(payload.size())));
        QVERIFY(reason == Reason::MalformedFrame
                || std::get<MessageFrame>(receiver.frame).payload.size() == payload.size());
    }
}

void TestPayloadPacker::rangesAreOfUnpackedBytes()
{
    PayloadPacker packer({.level = 3, .threshold = 1});
    const QByteArray payload(50'000, 'a');
    const RangeFrame range{
        .seqNr = 1, .offset = 10'000, .totalSize = 70'000, .digest = {}, .payload = payload};
    QByteArray bytes;
    FrameWriter writer(bytes);
    writer.setPeerUnpacks(true);
    writer.setPacker(&packer);
    writer.write(3, range);
    QVERIFY(bytes.size() < 1000);
    Receiver receiver;
    QCOMPARE(receiver.take(bytes), Reason::None);
    QVERIFY(std::get<RangeFrame>(receiver.frame) == range);
}

void TestPayloadPacker::machinePacksItsMessages()
{
    const Incarnation id{1, 2};
    ProducerConfig config;
    config.packer = {.level = 3, .threshold = 100};
    ProducerMachine machine(QStringLiteral("p"), id, config);
    AttachFrame attach;
    attach.consumer = {3, 4};
    attach.requestUpToSeqNr = 10;
    attach.requestUpToBytes = 1 << 20;
    attach.maxMessageSize = MaxLength;
    attach.producerId = QStringLiteral("p");
    attach.consumerId = QStringLiteral("c");
    QCOMPARE(machine.handleAttach(1, attach).kind, ProducerMachine::AttachAnswer::Kind::Accepted);
    machine.start();
    QVERIFY(machine.pollEvent());
    QCOMPARE(machine.send(QByteArray(5000, 'a')), ProducerMachine::SendOutcome::Accepted);
    QByteArray bytes;
    FrameWriter writer(bytes);
    writer.setPeerUnpacks(true);
    (void)machine.pollTransmit(writer, 100'000, {});
    QVERIFY(bytes.size() < 500);
    writer.write(3, MessageFrame{1, QByteArray(5000, 'a')}); // another flow's
    QVERIFY(bytes.size() > 5000);
    QCOMPARE(machine.unconfirmedBytes(), 5000u);
}

QTEST_APPLESS_MAIN(TestPayloadPacker)
#include "tst_payloadpacker.moc"

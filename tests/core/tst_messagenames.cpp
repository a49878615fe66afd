// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "goldenframes.h"

#include <core/framedecoder.h>

#include <QTest>
#include <QtEndian>

using namespace QtDelivery;
using namespace QtDelivery::Test;

namespace {

/*! The frame \a bytes with another optional field behind the others, and a checksum that is right.
 */
QByteArray withField(QByteArray bytes, qsizetype at, OptionalField tag, const QByteArray &value)
{
    QByteArray field(4, '\0');
    qToLittleEndian(quint16(tag), field.data());
    qToLittleEndian(quint16(value.size()), field.data() + 2);
    field += value;
    const auto length = qFromLittleEndian<quint32>(bytes.constData() + 4);
    const auto optional = qFromLittleEndian<quint16>(bytes.constData() + 10);
    bytes.insert(at + optional, field);
    qToLittleEndian(quint32(length + quint32(field.size())), bytes.data() + 4);
    qToLittleEndian(quint16(optional + field.size()), bytes.data() + 10);
    qToLittleEndian(frameChecksum(bytes), bytes.data());
    return bytes;
}

/*! What is in \a frame lasts as long as the \a decoder. */
Reason judged(const QByteArray &bytes, FrameDecoder &decoder, Frame *frame)
{
    decoder.append(encoded(0, goldenHello()));
    ChannelNr channel = 0;
    (void)decoder.next(&channel, frame);
    decoder.setMaxLength(1 << 20);
    decoder.append(bytes);
    (void)decoder.next(&channel, frame);
    return decoder.reason();
}

constexpr qsizetype MessagePayloadAt = 24;
constexpr qsizetype RangePayloadAt = 40;

} // namespace

/*! Names of messages on the wire; what crosses it unharmed is in tst_frames. */
class TestMessageNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data();
    void names();
    void onlyWithTheLastRange();
};

void TestMessageNames::names_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("valid");
    QTest::newRow("usual") << QByteArray("a.txt") << true;
    QTest::newRow("none") << QByteArray() << true;
    QTest::newRow("a path: not the wire's business") << QByteArray("../a") << true;
    QTest::newRow("255 bytes") << QByteArray(255, 'x') << true;
    QTest::newRow("256 bytes") << QByteArray(256, 'x') << false;
    QTest::newRow("256 bytes behind a byte order mark")
        << QByteArray("\xef\xbb\xbf") + QByteArray(253, 'x') << false;
    QTest::newRow("not UTF-8") << QByteArray("a\xff") << false;
    QTest::newRow("half a character") << QByteArray("a\xc3") << false;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << false;
    QTest::newRow("line break") << QByteArray("a\nb") << false;
}

void TestMessageNames::names()
{
    QFETCH(const QByteArray, name);
    QFETCH(const bool, valid);
    const Reason expected = valid ? Reason::None : Reason::MalformedFrame;
    Frame frame;
    FrameDecoder ofMessage;
    QCOMPARE(judged(withField(encoded(3, MessageFrame{1, "payload"}), MessagePayloadAt,
                              OptionalField::Name, name),
                    ofMessage, &frame),
             expected);
    if (valid) {
        QCOMPARE(std::get<MessageFrame>(frame).name, name);
        QCOMPARE(std::get<MessageFrame>(frame).payload, QByteArray("payload"));
    }
    const RangeFrame last{
        .seqNr = 1, .offset = 8, .totalSize = 9, .digest = goldenDigest(), .payload = "5"};
    FrameDecoder ofRange;
    QCOMPARE(judged(withField(encoded(3, last), RangePayloadAt, OptionalField::Name, name), ofRange,
                    &frame),
             expected);
    if (valid)
        QCOMPARE(std::get<RangeFrame>(frame).name, name);
}

void TestMessageNames::onlyWithTheLastRange()
{
    const RangeFrame first{
        .seqNr = 1, .offset = 0, .totalSize = 9, .digest = {}, .payload = "12345678"};
    Frame frame;
    FrameDecoder decoder;
    QCOMPARE(judged(withField(encoded(3, first), RangePayloadAt, OptionalField::Name, "a"), decoder,
                    &frame),
             Reason::MalformedFrame);
}

QTEST_APPLESS_MAIN(TestMessageNames)
#include "tst_messagenames.moc"

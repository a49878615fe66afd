// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "decoderfixture.h"

#include <QTest>

#include <limits>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using Result = FrameDecoder::Result;

class TestFrameFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldLimits_data();
    void fieldLimits();
    void everyFieldsEnd_data();
    void everyFieldsEnd();

    void optionalFields_data();
    void optionalFields();
    void brokenOptionalFields_data();
    void brokenOptionalFields();
    void unknownFlagsAreIgnored();
    void unknownType();

    void firstFrame_data();
    void firstFrame();
    void firstFrameInPieces();
    void secondHello();
};

void TestFrameFields::fieldLimits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Reason>("reason");

    const auto row = [](const char *name, const RawFrame &frame, Reason reason = Reason::None) {
        QTest::newRow(name) << frame.bytes() << reason;
    };
    constexpr Reason malformed = Reason::MalformedFrame;
    constexpr Reason impossible = Reason::ImpossibleNumber;
    constexpr quint64 max = quint64(MaxSeqNr);
    constexpr quint64 minusOne = std::numeric_limits<quint64>::max();

    // ---- channels
    for (const GoldenFrame &golden : goldenFrames()) {
        RawFrame frame = rawGolden(golden);
        QTest::addRow("%s, as it is", golden.name) << frame.bytes() << Reason::None;
        frame.channel = golden.channel == 0 ? 1 : 0;
        QTest::addRow("%s, wrong channel", golden.name) << frame.bytes() << malformed;
        frame.channel = std::numeric_limits<ChannelNr>::max();
        QTest::addRow("%s, last channel", golden.name)
            << frame.bytes() << (golden.channel == 0 ? malformed : Reason::None);
    }

    // ---- strings
    const auto withdraw = [](const QByteArray &id) {
        return raw(FrameType::Withdraw, 0, le(quint8(0)) + string(id));
    };
    row("id, 255 bytes", withdraw(QByteArray(255, 'x')));
    row("id, 256 bytes", withdraw(QByteArray(256, 'x')), malformed);
    row("id, 65535 bytes announced, none there",
        raw(FrameType::Withdraw, 0, le(quint8(0)) + le(quint16(65535))), malformed);
    row("id, 255 bytes announced, none there",
        raw(FrameType::Withdraw, 0, le(quint8(0)) + le(quint16(255))), malformed);
    row("id, one byte more announced than there is",
        raw(FrameType::Withdraw, 0, le(quint8(0)) + le(quint16(4)) + "abc"), malformed);
    row("id, empty", withdraw({}), malformed);
    row("id, NUL", withdraw(QByteArray("a\0b", 3)), malformed);
    row("id, line feed", withdraw("a\n"), malformed);
    row("id, DEL", withdraw("a\x7f"), malformed);
    row("id, C1 control", withdraw("a\xc2\x85"), malformed);
    row("id, first character after C1", withdraw("a\xc2\xa0"));
    row("id, byte of Latin-1", withdraw("caf\xe9"), malformed);
    row("id, lone continuation byte", withdraw("a\x80"), malformed);
    row("id, character cut off", withdraw("a\xe2\x82"), malformed);
    row("id, over-long slash", withdraw("a\xc0\xaf"), malformed);
    row("id, over-long NUL", withdraw("a\xc0\x80"), malformed);
    row("id, encoded surrogate", withdraw("\xed\xa0\xbd"), malformed);
    row("id, encoded surrogate pair", withdraw("\xed\xa0\xbd\xed\xba\x9a"), malformed);
    row("id, U+10FFFF", withdraw("\xf4\x8f\xbf\xbf"));
    row("id, beyond U+10FFFF", withdraw("\xf4\x90\x80\x80"), malformed);
    row("invite, empty producer id", raw(FrameType::Invite, 0, string({}) + string("c")),
        malformed);
    row("invite, empty consumer id", raw(FrameType::Invite, 0, string("p") + string({})),
        malformed);
    row("offer, empty id",
        raw(FrameType::Offer, 0, le(quint8(0)) + incarnation({1, 2}) + string({})), malformed);

    const auto close = [](const QByteArray &text) {
        return raw(FrameType::Close, 0, le(quint16(1)) + string(text));
    };
    row("close, text of 255 bytes", close(QByteArray(255, 'x')));
    row("close, text of 256 bytes", close(QByteArray(256, 'x')), malformed);
    row("close, control characters in the text", close("a\tb\n"));
    row("close, text not UTF-8", close("\xff"), malformed);
    row("close, unknown reason", raw(FrameType::Close, 0, le(quint16(4711)) + string("x")));

    const auto helloWithId = [](const QByteArray &nodeId) {
        RawFrame frame = rawGolden(goldenFrames()[1]);
        frame.fields = frame.fields.chopped(2) + string(nodeId);
        return frame;
    };
    row("hello, node id of 255 bytes", helloWithId(QByteArray(255, 'x')));
    row("hello, node id of 256 bytes", helloWithId(QByteArray(256, 'x')), malformed);
    row("hello, control character in the node id", helloWithId("a\rb"), malformed);
    row("hello, node id not UTF-8", helloWithId("\xfe"), malformed);
    RawFrame magic = rawGolden(goldenFrames()[0]);
    magic.fields[3] = 'X';
    row("second hello, wrong magic", magic, malformed);

    // ---- kinds
    row("withdraw, a producer", raw(FrameType::Withdraw, 0, le(quint8(0)) + string("x")));
    row("withdraw, a consumer", raw(FrameType::Withdraw, 0, le(quint8(1)) + string("x")));
    row("withdraw, unknown kind", raw(FrameType::Withdraw, 0, le(quint8(2)) + string("x")),
        malformed);
    row("offer, unknown kind",
        raw(FrameType::Offer, 0, le(quint8(255)) + incarnation({1, 2}) + string("x")), malformed);

    // ---- numbers
    const auto message = [](quint64 seqNr) {
        return RawFrame{quint8(FrameType::Message), 1, le(seqNr), {}, "payload"};
    };
    row("message, number 0", message(0), impossible);
    row("message, number 1", message(1));
    row("message, last number", message(max - 1));
    row("message, beyond the last number", message(max), impossible);
    row("message, number -1", message(minusOne), impossible);

    const auto request = [](quint64 confirmed, quint64 received, quint64 upTo) {
        return raw(FrameType::Request, 1, le(confirmed) + le(received) + le(upTo) + le(quint64(0)));
    };
    row("request, all zero", request(0, 0, 0));
    row("request, all equal", request(9, 9, 9));
    row("request, received < confirmed", request(9, 8, 9), impossible);
    row("request, grant < confirmed", request(9, 9, 8), impossible);
    row("request, last numbers", request(max - 1, max - 1, max - 1));
    row("request, confirmed too large", request(max, max - 1, max - 1), impossible);
    row("request, received too large", request(0, max, 0), impossible);
    row("request, grant too large", request(0, 0, max), impossible);
    row("request, negative", request(minusOne, minusOne, minusOne), impossible);

    const auto resend = [](quint64 from, quint64 to) {
        return raw(FrameType::Resend, 1, le(from) + le(to));
    };
    row("resend, one", resend(1, 1));
    row("resend, from 0", resend(0, 1), impossible);
    row("resend, from > to", resend(2, 1), impossible);
    row("resend, last number", resend(max - 1, max - 1));
    row("resend, to too large", resend(1, max), impossible);
    row("resend, negative", resend(minusOne, minusOne), impossible);

    const auto sent = [](quint64 seqNr) { return raw(FrameType::Sent, 1, le(seqNr)); };
    row("sent, 0", sent(0));
    row("sent, last number", sent(max - 1));
    row("sent, too large", sent(max), impossible);

    const auto attached = [](quint64 first) {
        return raw(FrameType::Attached, 1, incarnation({1, 2}) + le(quint64(1)) + le(first));
    };
    row("attached, first number 0", attached(0), impossible);
    row("attached, first number 1", attached(1));
    row("attached, last number", attached(max - 1));
    row("attached, too large", attached(max), impossible);

    const auto attach = [](const Incarnation &producer, quint64 confirmed, quint64 received,
                           quint64 upTo, const QByteArray &producerId = "p",
                           const QByteArray &consumerId = "c") {
        return raw(FrameType::Attach, 1,
                   incarnation({1, 2}) + incarnation(producer) + le(quint64(0)) + le(confirmed)
                       + le(received) + le(upTo) + le(quint64(0)) + le(quint64(0))
                       + string(producerId) + string(consumerId));
    };
    const Incarnation some{3, 4};
    row("attach, nothing known", attach({}, 0, 0, 0));
    row("attach, nothing known, grant", attach({}, 0, 0, max - 1));
    row("attach, no producer but received", attach({}, 0, 1, 1), impossible);
    row("attach, no producer but confirmed", attach({}, 1, 1, 1), impossible);
    row("attach, resumes", attach(some, 5, 7, 25));
    row("attach, resumes before the first", attach(some, 0, 0, 0));
    row("attach, half of the incarnation is zero", attach({0, 1}, 5, 7, 25));
    row("attach, the other half is zero", attach({1, 0}, 5, 7, 25));
    row("attach, received < confirmed", attach(some, 5, 4, 25), impossible);
    row("attach, grant < confirmed", attach(some, 5, 7, 4), impossible);
    row("attach, last numbers", attach(some, max - 1, max - 1, max - 1));
    row("attach, confirmed too large", attach(some, max, max - 1, max - 1), impossible);
    row("attach, received too large", attach(some, 0, max, 0), impossible);
    row("attach, grant too large", attach(some, 0, 0, max), impossible);
    row("attach, empty producer id", attach(some, 0, 0, 0, {}), malformed);
    row("attach, empty consumer id", attach(some, 0, 0, 0, "p", {}), malformed);
    row("attach, bad id and bad number", attach(some, 5, 4, 25, {}), malformed);

    row("detach, unknown reason", raw(FrameType::Detach, 1, le(quint16(4711))));
}

void TestFrameFields::fieldLimits()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Reason, reason);

    FrameDecoder decoder = openDecoder();
    decoder.append(endOfBuffer(bytes));
    ChannelNr channel = 0;
    Frame frame;
    QCOMPARE(decoder.next(&channel, &frame), Result::Frame);
    const Result result = decoder.next(&channel, &frame);
    QCOMPARE(decoder.reason(), reason);
    QCOMPARE(result, reason == Reason::None ? Result::Frame : Result::Failed);
    if (reason != Reason::None)
        QVERIFY(std::holds_alternative<std::monostate>(frame)); // nothing half-read gets out
    else
        QVERIFY(encoded(channel, frame) == bytes);
}

void TestFrameFields::everyFieldsEnd_data()
{
    addGoldenFrames();
}

void TestFrameFields::everyFieldsEnd()
{
    // The same frame with an honest header and checksum, but ending early or late.
    QFETCH(const int, index);
    const RawFrame golden = rawGolden(goldenFrames()[index]);
    const bool isMessage = FrameType(golden.type) == FrameType::Message;
    const qsizetype size = golden.fields.size();
    for (qsizetype length = 0; length <= size + 3; ++length) {
        RawFrame frame = golden;
        frame.fields.resize(length, '\0');
        FrameDecoder decoder = openDecoder();
        decoder.append(frame.bytes());
        ChannelNr channel = 0;
        Frame decoded;
        const Result result = decoder.next(&channel, &decoded);
        const bool complete = isMessage ? length >= 8 : length == size;
        QCOMPARE(decoder.reason(), complete ? Reason::None : Reason::MalformedFrame);
        QCOMPARE(result, complete ? Result::Frame : Result::Failed);
    }
}

void TestFrameFields::optionalFields_data()
{
    addGoldenFrames();
}

void TestFrameFields::optionalFields()
{
    QFETCH(const int, index);
    const GoldenFrame &golden = goldenFrames()[index];
    const QList<QByteArray> additions{
        optionalField(0, {}),
        optionalField(100, "value"),
        optionalField(65535, QByteArray(300, '\xff')),
        optionalField(99, "a") + optionalField(99, "b") + optionalField(101, {}),
    };
    for (const QByteArray &addition : additions) {
        RawFrame frame = rawGolden(golden);
        if (FrameType(frame.type) == FrameType::Message)
            frame.payload = std::exchange(frame.fields, frame.fields.first(8)).sliced(8);
        frame.optional = addition;
        FrameDecoder decoder = openDecoder();
        decoder.append(frame.bytes() + encoded(1, SentFrame{5}));
        const QList<Decoded> decoded = takeAll(decoder);
        QCOMPARE(decoded.size(), 2);
        QVERIFY(isGolden(decoded[0], golden));
        QVERIFY(decoded[1].frame == Frame(SentFrame{5}));
    }
}

void TestFrameFields::brokenOptionalFields_data()
{
    QTest::addColumn<QByteArray>("bytes");

    const RawFrame sent = raw(FrameType::Sent, 1, le(quint64(5)));
    const auto row = [&](const char *name, const QByteArray &optional) {
        RawFrame frame = sent;
        frame.optional = optional;
        QTest::newRow(name) << frame.bytes();
    };
    row("one byte", "x");
    row("tag without length", le(quint16(1)));
    row("half a length", le(quint16(1)) + "x");
    row("value missing", le(quint16(1)) + le(quint16(1)));
    row("value too short", le(quint16(1)) + le(quint16(5)) + "four");
    row("65535 bytes announced", le(quint16(1)) + le(quint16(65535)));
    row("second field broken", optionalField(1, "good") + "x");

    QTest::newRow("optional length, but no bytes") << sent.withOptionalLength(4);
    QTest::newRow("largest optional length, but no bytes") << sent.withOptionalLength(65535);
    RawFrame message{quint8(FrameType::Message), 1, le(quint64(5)), {}, "payload"};
    QTest::newRow("optional length reaches beyond the payload") << message.withOptionalLength(8);
    message.optional = optionalField(1, "value");
    QTest::newRow("optional length cuts a field") << message.withOptionalLength(8);
    RawFrame cut = sent;
    cut.optional = optionalField(1, "value");
    QTest::newRow("optional length shorter than the rest") << cut.withOptionalLength(0);
}

void TestFrameFields::brokenOptionalFields()
{
    QFETCH(const QByteArray, bytes);
    FrameDecoder decoder = openDecoder();
    decoder.append(endOfBuffer(bytes));
    ChannelNr channel = 0;
    Frame frame;
    QCOMPARE(decoder.next(&channel, &frame), Result::Frame);
    QCOMPARE(decoder.next(&channel, &frame), Result::Failed);
    QCOMPARE(decoder.reason(), Reason::MalformedFrame);
}

void TestFrameFields::unknownFlagsAreIgnored()
{
    for (const GoldenFrame &golden : goldenFrames()) {
        for (const int unknown : {0x02, 0x80, 0xfe}) {
            RawFrame frame = rawGolden(golden);
            frame.flags = quint8(frame.flags | unknown);
            FrameDecoder decoder = openDecoder();
            decoder.append(frame.bytes());
            const QList<Decoded> decoded = takeAll(decoder);
            QCOMPARE(decoded.size(), 1);
            QVERIFY(isGolden(decoded[0], golden));
        }
    }
}

void TestFrameFields::unknownType()
{
    QList<quint8> known;
    for (const GoldenFrame &golden : goldenFrames() + goldenRangeFrames())
        known.append(quint8(golden.bytes[8]));
    for (int type = 0; type < 256; ++type) {
        if (known.contains(quint8(type)))
            continue;
        for (const ChannelNr channelNr : {0, 1}) {
            FrameDecoder decoder = openDecoder();
            decoder.append(RawFrame{quint8(type), channelNr, QByteArray(20, 'x')}.bytes());
            ChannelNr channel = 0;
            Frame frame;
            QCOMPARE(decoder.next(&channel, &frame), Result::Failed);
            QCOMPARE(decoder.reason(), Reason::UnknownFrame);
        }
    }
}

void TestFrameFields::firstFrame_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Reason>("reason");

    const auto row = [](const char *name, const QByteArray &bytes, Reason reason) {
        QTest::newRow(name) << bytes << reason;
    };
    constexpr Reason foreign = Reason::NotThisProtocol;

    row("Hello", hello(), Reason::None);
    row("HTTP", "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n", foreign);
    row("HTTP, the first 16 bytes", "GET / HTTP/1.1\r\n", foreign);
    row("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", foreign);
    row("SSH", "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", foreign);
    row("TLS ClientHello",
        QByteArray::fromHex("16030102000100 01fc 0303 00112233445566778899aabbccddeeff"), foreign);
    // The bytes where our type and the length are happen to look right: the magic decides.
    row("TLS ClientHello that looks like ours",
        QByteArray::fromHex("1603010100 010000 01 0303 00112233445566778899aabbccddeeff"), foreign);
    row("zeros", QByteArray(64, '\0'), foreign);
    row("0xff", QByteArray(64, '\xff'), foreign);
    for (const GoldenFrame &golden : goldenFrames()) {
        if (!std::holds_alternative<HelloFrame>(golden.frame))
            row(golden.name, golden.bytes, foreign);
    }
    row("type of a later version", RawFrame{200, 0, "QTDL and more"}.bytes(), foreign);

    QByteArray bytes = hello();
    bytes[16] = 'q';
    row("wrong magic", bytes, foreign);
    row("wrong magic, right checksum", withChecksum(bytes), foreign);
    row("wrong magic, nothing behind it", bytes.first(20), foreign);
    bytes = hello();
    bytes[19] = 'X';
    row("last byte of the magic wrong", withChecksum(bytes), foreign);

    RawFrame longest{quint8(FrameType::Hello), 0, hello().sliced(FrameHeaderSize)};
    longest.optional = optionalField(1, QByteArray(1024 - longest.fields.size() - 4, 'x'));
    row("longest Hello", longest.bytes(), Reason::None);
    longest.optional = optionalField(1, QByteArray(1024 - longest.fields.size() - 3, 'x'));
    row("Hello too long", longest.bytes(), foreign);
    row("Hello too long, only its header", longest.bytes().first(FrameHeaderSize), foreign);
    row("Hello without fields", RawFrame{quint8(FrameType::Hello), 0, {}}.bytes(), foreign);
    row("Hello that is only magic", RawFrame{quint8(FrameType::Hello), 0, "QTDL"}.bytes(),
        Reason::MalformedFrame);
    row("Hello on a channel", RawFrame{quint8(FrameType::Hello), 1, longest.fields}.bytes(),
        Reason::MalformedFrame);

    bytes = hello();
    bytes[30] = char(bytes[30] ^ 0x10);
    row("bad checksum", bytes, Reason::BadChecksum);
    bytes = hello();
    bytes[20] = char(7); // versionMin
    bytes[21] = char(9); // versionMax
    row("only later versions", withChecksum(bytes), Reason::None); // the link answers
}

void TestFrameFields::firstFrame()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Reason, reason);
    FrameDecoder decoder;
    decoder.append(bytes);
    ChannelNr channel = 0;
    Frame frame;
    const Result result = decoder.next(&channel, &frame);
    QCOMPARE(decoder.reason(), reason);
    QCOMPARE(result, reason == Reason::None ? Result::Frame : Result::Failed);
}

void TestFrameFields::firstFrameInPieces()
{
    // A foreign peer is recognised with the 16th byte, whatever it says later.
    const QByteArray request("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n");
    FrameDecoder decoder;
    ChannelNr channel = 0;
    Frame frame;
    for (qsizetype i = 0; i < FrameHeaderSize; ++i) {
        QCOMPARE(decoder.next(&channel, &frame), Result::NeedMore);
        decoder.append(QByteArrayView(request).sliced(i, 1));
    }
    QCOMPARE(decoder.next(&channel, &frame), Result::Failed);
    QCOMPARE(decoder.reason(), Reason::NotThisProtocol);
}

void TestFrameFields::secondHello()
{
    FrameDecoder decoder = openDecoder();
    decoder.append(hello());
    const QList<Decoded> decoded = takeAll(decoder);
    QCOMPARE(decoded.size(), 1);
    QVERIFY(decoded[0].frame == Frame(goldenHello()));
}

QTEST_APPLESS_MAIN(TestFrameFields)
#include "tst_framefields.moc"

// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/framedecoder.h"
#include "goldenframes.h"

#include <QTest>
#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <limits>
#include <random>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using Result = FrameDecoder::Result;

namespace {

constexpr quint32 TestMaxLength = 64 * 1024;

template <typename T> QByteArray le(T value)
{
    QByteArray bytes(sizeof(T), Qt::Uninitialized);
    qToLittleEndian(value, bytes.data());
    return bytes;
}

QByteArray incarnation(const Incarnation &value)
{
    return le(value.high) + le(value.low);
}

QByteArray string(const QByteArray &utf8)
{
    return le(quint16(utf8.size())) + utf8;
}

QByteArray optionalField(quint16 tag, const QByteArray &value)
{
    return le(tag) + string(value);
}

QByteArray withChecksum(QByteArray frame)
{
    qToLittleEndian(frameChecksum(frame), frame.data());
    return frame;
}

/*! The parts of a frame as a peer may have put them together. */
struct RawFrame
{
    quint8 type = 0;
    ChannelNr channel = 0;
    QByteArray fields;
    QByteArray optional = {};
    QByteArray payload = {};
    quint8 flags = 0;

    [[nodiscard]] QByteArray bytes() const { return withOptionalLength(quint16(optional.size())); }

    [[nodiscard]] QByteArray withOptionalLength(quint16 optionalLength) const
    {
        const QByteArray body = fields + optional + payload;
        return withChecksum(le(quint32(0)) + le(quint32(body.size())) + le(type) + le(flags)
                            + le(optionalLength) + le(channel) + body);
    }
};

RawFrame raw(FrameType type, ChannelNr channel, const QByteArray &fields)
{
    return {quint8(type), channel, fields};
}

/*! The parts of a golden frame that has no payload. */
RawFrame rawGolden(const GoldenFrame &golden)
{
    return {quint8(golden.bytes[8]), golden.channel, golden.bytes.mid(FrameHeaderSize), {}, {},
            quint8(golden.bytes[9])};
}

QByteArray hello()
{
    return encoded(0, goldenHello());
}

/*! A decoder with the handshake behind it. */
FrameDecoder openDecoder()
{
    FrameDecoder decoder;
    decoder.append(hello());
    ChannelNr channel = 0;
    Frame frame;
    if (decoder.next(&channel, &frame) != Result::Frame)
        qFatal("the Hello was refused");
    decoder.setMaxLength(TestMaxLength);
    return decoder;
}

/*! \a frame behind a Message that makes the decoder's buffer grow: it ends where the buffer ends,
 * so that a sanitizer sees a read beyond it. */
QByteArray endOfBuffer(const QByteArray &frame)
{
    return encoded(1, MessageFrame{1, QByteArray(1000, 'x')}) + frame;
}

struct Decoded
{
    ChannelNr channel = 0;
    Frame frame;
    QByteArray payload; // a copy that outlives the decoder's buffer
};

/*! Takes all frames that are complete, and checks that \a end follows them. */
QList<Decoded> takeAll(FrameDecoder &decoder, Result end = Result::NeedMore)
{
    QList<Decoded> all;
    Decoded one;
    Result result;
    while ((result = decoder.next(&one.channel, &one.frame)) == Result::Frame) {
        one.payload.clear();
        if (auto *message = std::get_if<MessageFrame>(&one.frame)) {
            one.payload = message->payload.toByteArray();
            message->payload = {};
        }
        all.append(one);
    }
    if (result != end)
        qWarning("unexpected end, reason %d", int(decoder.reason()));
    return result == end ? all : QList<Decoded>();
}

bool isGolden(const Decoded &decoded, const GoldenFrame &golden)
{
    Frame expected = golden.frame;
    QByteArray payload;
    if (auto *message = std::get_if<MessageFrame>(&expected))
        payload = std::exchange(message->payload, {}).toByteArray();
    return decoded.channel == golden.channel && decoded.frame == expected
        && decoded.payload == payload;
}

bool areGolden(const QList<Decoded> &decoded)
{
    return std::equal(decoded.begin(), decoded.end(), goldenFrames().begin(), goldenFrames().end(),
                      isGolden);
}

} // namespace

class TestFrameDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // pieces
    void everySplit();
    void piecesOfEverySize();
    void everyTruncation();
    void randomPiecesWithBacklog();

    // damage
    void everyByteFlipped_data();
    void everyByteFlipped();
    void damagedLengthThenMore();
    void failureIsFinal();

    // limits of each field
    void fieldLimits_data();
    void fieldLimits();
    void everyFieldsEnd_data();
    void everyFieldsEnd();

    // what a later version may add
    void optionalFields_data();
    void optionalFields();
    void brokenOptionalFields_data();
    void brokenOptionalFields();
    void unknownFlagsAreIgnored();
    void unknownType();

    // lengths
    void lengthLimit();
    void hugeLength_data();
    void hugeLength();
    void largestLengthAllocatesNothing();

    // the first frame
    void firstFrame_data();
    void firstFrame();
    void firstFrameInPieces();
    void secondHello();
    void shortFramesUntilTheLimitIsRaised();

    // memory
    void viewsLastUntilMoreIsAppended();
    void readsInPlace();
    void growsOnlyByWhatArrived();
    void shrinksWhenDrained();
    void pendingBytesMoveOnlyWhenTheyMust();
};

void TestFrameDecoder::everySplit()
{
    const QByteArray stream = goldenStream();
    for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
        FrameDecoder decoder;
        decoder.append(QByteArrayView(stream).first(cut));
        QList<Decoded> decoded = takeAll(decoder);
        decoder.append(QByteArrayView(stream).sliced(cut));
        decoded += takeAll(decoder);
        QVERIFY2(areGolden(decoded), qPrintable(QString::number(cut)));
        QCOMPARE(decoder.pendingBytes(), 0);
    }
}

void TestFrameDecoder::piecesOfEverySize()
{
    const QByteArray stream = goldenStream();
    for (qsizetype size = 1; size <= stream.size(); ++size) {
        FrameDecoder decoder;
        QList<Decoded> decoded;
        for (qsizetype at = 0; at < stream.size(); at += size) {
            decoder.append(QByteArrayView(stream).sliced(at, qMin(size, stream.size() - at)));
            decoded += takeAll(decoder);
        }
        QVERIFY2(areGolden(decoded), qPrintable(QString::number(size)));
    }
}

void TestFrameDecoder::everyTruncation()
{
    const QByteArray stream = goldenStream();
    QList<qsizetype> ends{0};
    for (const GoldenFrame &golden : goldenFrames())
        ends.append(ends.last() + golden.bytes.size());

    for (qsizetype size = 0; size < stream.size(); ++size) {
        FrameDecoder decoder;
        decoder.append(QByteArrayView(stream).first(size));
        const QList<Decoded> decoded = takeAll(decoder, Result::NeedMore);
        const qsizetype complete = std::upper_bound(ends.begin(), ends.end(), size) - ends.begin();
        QCOMPARE(decoded.size(), complete - 1);
        QCOMPARE(decoder.pendingBytes(), size - ends[complete - 1]);
        QCOMPARE(decoder.reason(), Reason::None);
    }
}

void TestFrameDecoder::randomPiecesWithBacklog()
{
    // A caller that takes frames more slowly than bytes arrive makes the buffer move and grow.
    std::mt19937 random(20260101);
    const auto upTo = [&random](qsizetype limit) {
        return qsizetype(random() % quint32(limit + 1));
    };

    QByteArray stream = hello();
    QList<QByteArray> payloads;
    for (SeqNr seqNr = 1; seqNr <= 3000; ++seqNr) {
        const bool large = random() % 100 == 0;
        payloads.append(QByteArray(upTo(large ? 20000 : 50), char(random())));
        FrameWriter(stream).write(1, MessageFrame{seqNr, payloads.last()});
    }

    FrameDecoder decoder;
    decoder.append(QByteArrayView(stream).first(hello().size()));
    ChannelNr channel = 0;
    Frame frame;
    QCOMPARE(decoder.next(&channel, &frame), Result::Frame);
    decoder.setMaxLength(TestMaxLength);

    qsizetype at = hello().size();
    SeqNr received = 0;
    while (received < payloads.size()) {
        const qsizetype size = qMin(stream.size() - at, upTo(4000));
        decoder.append(QByteArrayView(stream).sliced(at, size));
        at += size;
        const qsizetype atMost = at == stream.size() ? payloads.size() : upTo(30);
        for (qsizetype i = 0; i < atMost; ++i) {
            const Result result = decoder.next(&channel, &frame);
            if (result == Result::NeedMore)
                break;
            QCOMPARE(result, Result::Frame);
            const auto &message = std::get<MessageFrame>(frame);
            QCOMPARE(message.seqNr, ++received);
            QVERIFY(message.payload == payloads[received - 1]);
        }
    }
    QCOMPARE(at, stream.size());
    QCOMPARE(decoder.pendingBytes(), 0);
}

void TestFrameDecoder::everyByteFlipped_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < goldenFrames().size(); ++i)
        QTest::newRow(goldenFrames()[i].name) << i;
}

void TestFrameDecoder::everyByteFlipped()
{
    QFETCH(const int, index);
    const QByteArray bytes = goldenFrames()[index].bytes;
    for (const bool first : {true, false}) {
        if (first && !std::holds_alternative<HelloFrame>(goldenFrames()[index].frame))
            continue;
        for (qsizetype bit = 0; bit < 8 * bytes.size(); ++bit) {
            QByteArray damaged = bytes;
            damaged[bit / 8] = char(damaged[bit / 8] ^ (1 << bit % 8));
            FrameDecoder decoder = first ? FrameDecoder() : openDecoder();
            decoder.append(damaged);
            ChannelNr channel = 0;
            Frame frame;
            const Result result = decoder.next(&channel, &frame);

            const bool inLength = bit / 8 >= 4 && bit / 8 < 8;
            if (result == Result::NeedMore) { // it now announces more than there is
                QVERIFY2(inLength, qPrintable(QString::number(bit)));
                continue;
            }
            QCOMPARE(result, Result::Failed);
            if (decoder.reason() == Reason::BadChecksum)
                continue;
            if (first)
                QCOMPARE(decoder.reason(), Reason::NotThisProtocol);
            else
                QVERIFY(inLength && decoder.reason() == Reason::FrameTooLarge);
        }
    }
}

void TestFrameDecoder::damagedLengthThenMore()
{
    // A length that grew by damage swallows the frames behind it, which the checksum then shows.
    FrameDecoder decoder = openDecoder();
    QByteArray damaged = encoded(1, MessageFrame{1, "one"});
    damaged[5] = 1; // 256 bytes more
    decoder.append(damaged);
    QVERIFY(takeAll(decoder).isEmpty());
    for (SeqNr seqNr = 2; seqNr < 20 && decoder.reason() == Reason::None; ++seqNr) {
        decoder.append(encoded(1, MessageFrame{seqNr, "more"}));
        ChannelNr channel = 0;
        Frame frame;
        QVERIFY(decoder.next(&channel, &frame) != Result::Frame);
    }
    QCOMPARE(decoder.reason(), Reason::BadChecksum);
}

void TestFrameDecoder::failureIsFinal()
{
    FrameDecoder decoder = openDecoder();
    QByteArray damaged = encoded(1, SentFrame{1});
    damaged[0] = char(damaged[0] ^ 1);
    decoder.append(encoded(1, SentFrame{7}) + damaged + encoded(1, SentFrame{2}));

    // What came before the damage is still good.
    ChannelNr channel = 0;
    Frame frame;
    QCOMPARE(decoder.next(&channel, &frame), Result::Frame);
    QVERIFY(frame == Frame(SentFrame{7}));

    for (int i = 0; i < 1000; ++i) {
        QCOMPARE(decoder.next(&channel, &frame), Result::Failed);
        QCOMPARE(decoder.reason(), Reason::BadChecksum);
        decoder.append(QByteArray(1000, 'x'));
    }
    QVERIFY(decoder.pendingBytes() <= 1000);
    QVERIFY(decoder.capacity() <= 4096);
}

void TestFrameDecoder::fieldLimits_data()
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

void TestFrameDecoder::fieldLimits()
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

void TestFrameDecoder::everyFieldsEnd_data()
{
    everyByteFlipped_data();
}

void TestFrameDecoder::everyFieldsEnd()
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

void TestFrameDecoder::optionalFields_data()
{
    everyByteFlipped_data();
}

void TestFrameDecoder::optionalFields()
{
    QFETCH(const int, index);
    const GoldenFrame &golden = goldenFrames()[index];
    const QList<QByteArray> additions{
        optionalField(0, {}),
        optionalField(100, "value"),
        optionalField(65535, QByteArray(300, '\xff')),
        optionalField(7, "a") + optionalField(7, "b") + optionalField(101, {}),
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

void TestFrameDecoder::brokenOptionalFields_data()
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

void TestFrameDecoder::brokenOptionalFields()
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

void TestFrameDecoder::unknownFlagsAreIgnored()
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

void TestFrameDecoder::unknownType()
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

void TestFrameDecoder::lengthLimit()
{
    const QByteArray fits(TestMaxLength - 8, 'x');
    FrameDecoder decoder = openDecoder();
    decoder.append(encoded(1, MessageFrame{1, fits}));
    const QList<Decoded> decoded = takeAll(decoder);
    QCOMPARE(decoded.size(), 1);
    QCOMPARE(decoded[0].payload, fits);

    decoder.append(encoded(1, MessageFrame{2, fits + 'x'}).first(FrameHeaderSize));
    QVERIFY(takeAll(decoder, Result::Failed).isEmpty());
    QCOMPARE(decoder.reason(), Reason::FrameTooLarge);

    // A limit that is raised later counts for the frames that follow.
    FrameDecoder raised = openDecoder();
    raised.setMaxLength(2 * TestMaxLength);
    raised.append(encoded(1, MessageFrame{2, fits + 'x'}));
    QCOMPARE(takeAll(raised).size(), 1);
}

void TestFrameDecoder::hugeLength_data()
{
    QTest::addColumn<quint32>("length");
    QTest::addColumn<Reason>("reason");
    QTest::newRow("0") << quint32(0) << Reason::MalformedFrame;
    QTest::newRow("the limit") << TestMaxLength << Reason::None;
    QTest::newRow("the limit + 1") << TestMaxLength + 1 << Reason::FrameTooLarge;
    QTest::newRow("1 GiB") << (quint32(1) << 30) << Reason::FrameTooLarge;
    QTest::newRow("2^31 - 1") << quint32(0x7fffffff) << Reason::FrameTooLarge;
    QTest::newRow("2^31") << quint32(0x80000000) << Reason::FrameTooLarge;
    QTest::newRow("2^32 - 16") << quint32(0xfffffff0) << Reason::FrameTooLarge;
    QTest::newRow("2^32 - 1") << quint32(0xffffffff) << Reason::FrameTooLarge;
}

void TestFrameDecoder::hugeLength()
{
    QFETCH(const quint32, length);
    QFETCH(const Reason, reason);
    QByteArray header = encoded(1, SentFrame{1}).first(FrameHeaderSize);
    qToLittleEndian(length, header.data() + 4);
    header = withChecksum(header);

    FrameDecoder decoder = openDecoder();
    const qsizetype capacity = decoder.capacity();
    decoder.append(header);
    ChannelNr channel = 0;
    Frame frame;
    QCOMPARE(decoder.next(&channel, &frame),
             reason == Reason::None ? Result::NeedMore : Result::Failed);
    QCOMPARE(decoder.reason(), reason);
    QCOMPARE(decoder.capacity(), capacity);
    QVERIFY(decoder.pendingBytes() <= FrameHeaderSize);
}

void TestFrameDecoder::largestLengthAllocatesNothing()
{
    // Even where the limit allows it, memory is only taken for bytes that are there.
    for (const quint32 announced : {quint32(1) << 30, std::numeric_limits<quint32>::max()}) {
        FrameDecoder decoder = openDecoder();
        decoder.setMaxLength(std::numeric_limits<quint32>::max());
        QByteArray bytes = encoded(1, MessageFrame{1, "12"}); // 10 bytes behind the header
        qToLittleEndian(announced, bytes.data() + 4);
        decoder.append(bytes);
        QVERIFY(takeAll(decoder).isEmpty());
        QCOMPARE(decoder.pendingBytes(), FrameHeaderSize + 10);
        QVERIFY(decoder.capacity() <= 256);
    }
}

void TestFrameDecoder::firstFrame_data()
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

void TestFrameDecoder::firstFrame()
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

void TestFrameDecoder::firstFrameInPieces()
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

void TestFrameDecoder::secondHello()
{
    FrameDecoder decoder = openDecoder();
    decoder.append(hello());
    const QList<Decoded> decoded = takeAll(decoder);
    QCOMPARE(decoded.size(), 1);
    QVERIFY(decoded[0].frame == Frame(goldenHello()));
}

void TestFrameDecoder::shortFramesUntilTheLimitIsRaised()
{
    FrameDecoder decoder;
    const QByteArray fits(MaxHelloLength - 8, 'x');
    decoder.append(hello() + encoded(1, MessageFrame{1, fits})
                   + encoded(1, MessageFrame{2, fits + 'x'}));
    ChannelNr channel = 0;
    Frame frame;
    QCOMPARE(decoder.next(&channel, &frame), Result::Frame);
    QCOMPARE(decoder.next(&channel, &frame), Result::Frame);
    QCOMPARE(decoder.next(&channel, &frame), Result::Failed);
    QCOMPARE(decoder.reason(), Reason::FrameTooLarge);

    // A limit set too early does not open the first frame.
    FrameDecoder early;
    early.setMaxLength(TestMaxLength);
    RawFrame tooLong{quint8(FrameType::Hello), 0, hello().sliced(FrameHeaderSize)};
    tooLong.optional = optionalField(1, QByteArray(MaxHelloLength, 'x'));
    early.append(tooLong.bytes());
    QCOMPARE(early.next(&channel, &frame), Result::Failed);
    QCOMPARE(early.reason(), Reason::NotThisProtocol);
}

void TestFrameDecoder::viewsLastUntilMoreIsAppended()
{
    FrameDecoder decoder = openDecoder();
    decoder.append(encoded(1, MessageFrame{1, "first"}) + encoded(1, MessageFrame{2, "second"})
                   + encoded(1, MessageFrame{3, "third"}).chopped(1));
    ChannelNr channel = 0;
    Frame first;
    Frame second;
    Frame third;
    QCOMPARE(decoder.next(&channel, &first), Result::Frame);
    QCOMPARE(decoder.next(&channel, &second), Result::Frame);
    QCOMPARE(decoder.next(&channel, &third), Result::NeedMore);
    QVERIFY(first == Frame(MessageFrame{1, "first"}));
    QVERIFY(second == Frame(MessageFrame{2, "second"}));

    decoder.append("d");
    QCOMPARE(decoder.next(&channel, &third), Result::Frame);
    QVERIFY(third == Frame(MessageFrame{3, "third"}));

    // Not even a failure pulls the rug from under a frame that was given out.
    decoder.append(encoded(1, MessageFrame{4, "fourth"}) + QByteArray(100, '\xff'));
    QCOMPARE(decoder.next(&channel, &first), Result::Frame);
    QCOMPARE(decoder.next(&channel, &second), Result::Failed);
    QVERIFY(first == Frame(MessageFrame{4, "fourth"}));
}

void TestFrameDecoder::readsInPlace()
{
    const QByteArray bytes = encoded(1, MessageFrame{1, "in place"});
    FrameDecoder decoder = openDecoder();
    char *const room = decoder.prepare(1000);
    std::memcpy(room, bytes.constData(), size_t(bytes.size()));
    decoder.commit(bytes.size()); // fewer than prepared
    QCOMPARE(decoder.pendingBytes(), bytes.size());
    ChannelNr channel = 0;
    Frame frame;
    QCOMPARE(decoder.next(&channel, &frame), Result::Frame);
    QVERIFY(frame == Frame(MessageFrame{1, "in place"}));
    QCOMPARE(static_cast<const void *>(std::get<MessageFrame>(frame).payload.data()),
             static_cast<const void *>(room + MessageFrameOverhead)); // a view, not a copy

    decoder.append({});
    QVERIFY(frame == Frame(MessageFrame{1, "in place"}));
    QVERIFY(decoder.prepare(0) != nullptr);
    decoder.commit(0);
    QCOMPARE(decoder.pendingBytes(), 0);
}

void TestFrameDecoder::growsOnlyByWhatArrived()
{
    FrameDecoder decoder = openDecoder();
    decoder.setMaxLength(64 * 1024 * 1024);
    const QByteArray payload(4 * 1024 * 1024, 'x');
    const QByteArray bytes = encoded(1, MessageFrame{1, payload});
    constexpr qsizetype piece = 1000;
    qsizetype reallocations = 0;
    qsizetype capacity = decoder.capacity();
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        QVERIFY(takeAll(decoder).isEmpty());
        decoder.append(QByteArrayView(bytes).sliced(at, qMin(piece, bytes.size() - at)));
        QVERIFY(decoder.capacity() <= 2 * decoder.pendingBytes() + piece);
        if (decoder.capacity() != capacity)
            ++reallocations;
        capacity = decoder.capacity();
    }
    QVERIFY(reallocations < 20); // it grows geometrically
    const QList<Decoded> decoded = takeAll(decoder);
    QCOMPARE(decoded.size(), 1);
    QCOMPARE(decoded[0].payload, payload);
}

void TestFrameDecoder::shrinksWhenDrained()
{
    FrameDecoder decoder = openDecoder();
    decoder.setMaxLength(64 * 1024 * 1024);
    decoder.append(encoded(1, MessageFrame{1, QByteArray(4 * 1024 * 1024, 'x')}));
    QCOMPARE(takeAll(decoder).size(), 1);
    QVERIFY(decoder.capacity() >= 4 * 1024 * 1024);

    // The next few bytes are enough, even if they are only the beginning of a frame.
    const QByteArray small = encoded(1, MessageFrame{2, "small"});
    decoder.append(small.first(3));
    QVERIFY(decoder.capacity() <= 16 * 1024);
    decoder.append(small.sliced(3));
    QCOMPARE(takeAll(decoder).size(), 1);

    // Nor does a frame that is pending all the time hold the memory.
    decoder.append(encoded(1, MessageFrame{3, QByteArray(4 * 1024 * 1024, 'x')}) + small.first(3));
    QCOMPARE(takeAll(decoder).size(), 1);
    decoder.append(small.sliced(3) + small.first(3));
    QVERIFY(decoder.capacity() <= 16 * 1024);
    QCOMPARE(takeAll(decoder).size(), 1);
}

void TestFrameDecoder::pendingBytesMoveOnlyWhenTheyMust()
{
    FrameDecoder decoder = openDecoder();
    const QByteArray small = encoded(1, MessageFrame{1, "small"});
    char *const start = decoder.prepare(1000);
    std::memcpy(start, (small + small).constData(), size_t(small.size() + 3));
    decoder.commit(small.size() + 3);
    QCOMPARE(takeAll(decoder).size(), 1);

    // There is room behind the three bytes: they stay where they are.
    char *const behind = start + small.size() + 3;
    QCOMPARE(static_cast<void *>(decoder.prepare(100)), static_cast<void *>(behind));
    decoder.commit(0);

    // There is not, but there is before them: they move to the front, the buffer does not grow.
    QCOMPARE(static_cast<void *>(decoder.prepare(997)), static_cast<void *>(start + 3));
    QCOMPARE(decoder.capacity(), 1000);
    std::memcpy(start + 3, small.constData() + 3, size_t(small.size() - 3));
    decoder.commit(small.size() - 3);
    const QList<Decoded> decoded = takeAll(decoder);
    QCOMPARE(decoded.size(), 1);
    QCOMPARE(decoded[0].payload, QByteArray("small"));

    // Nothing is pending: the next bytes go to the front again, which is still in the cache.
    QCOMPARE(static_cast<void *>(decoder.prepare(10)), static_cast<void *>(start));
}

QTEST_APPLESS_MAIN(TestFrameDecoder)

#include "tst_framedecoder.moc"

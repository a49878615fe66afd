// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "decoderfixture.h"

#include <QTest>

#include <algorithm>
#include <cstring>
#include <limits>
#include <random>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using Result = FrameDecoder::Result;

class TestFrameDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySplit();
    void piecesOfEverySize();
    void everyTruncation();
    void randomPiecesWithBacklog();

    void everyByteFlipped_data();
    void everyByteFlipped();
    void damagedLengthThenMore();
    void failureIsFinal();

    void lengthLimit();
    void hugeLength_data();
    void hugeLength();
    void largestLengthAllocatesNothing();

    void shortFramesUntilTheLimitIsRaised();

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
    addGoldenFrames();
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

// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/framedecoder.h"
#include "goldenframes.h"

#include <QTest>

#include <array>
#include <limits>

using namespace QtDelivery;
using namespace QtDelivery::Test;

Q_DECLARE_METATYPE(QtDelivery::Frame)

namespace {

constexpr quint64 MaxU64 = std::numeric_limits<quint64>::max();
constexpr SeqNr LastSeqNr = MaxSeqNr - 1;

} // namespace

class TestFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void golden_data();
    void golden();
    void goldenFramesCoverEveryType();
    void roundTrip_data();
    void roundTrip();
    void writerOnlyAppends();
    void messageOverhead();
    void reasonNumbers();
    void validId_data();
    void validId();
};

namespace {

/*! What comes out of a decoder that has its Hello behind it. The payload of a Message points into
 * \a decoder. */
Frame decoded(FrameDecoder &decoder, const QByteArray &bytes, ChannelNr *channel)
{
    Frame frame;
    decoder.append(encoded(0, HelloFrame{}));
    if (decoder.next(channel, &frame) != FrameDecoder::Result::Frame)
        return {};
    decoder.setMaxLength(16 * 1024 * 1024);
    decoder.append(bytes);
    if (decoder.next(channel, &frame) != FrameDecoder::Result::Frame)
        return {};
    return frame;
}

} // namespace

void TestFrames::golden_data()
{
    QTest::addColumn<int>("index");
    const auto all = goldenFrames() + goldenRangeFrames();
    for (int i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name) << i;
}

void TestFrames::golden()
{
    QFETCH(const int, index);
    const GoldenFrame golden = (goldenFrames() + goldenRangeFrames())[index];

    QCOMPARE(encoded(golden.channel, golden.frame).toHex(), golden.bytes.toHex());

    FrameDecoder decoder;
    ChannelNr channel = 99;
    const Frame frame = decoded(decoder, golden.bytes, &channel);
    QCOMPARE(decoder.reason(), Reason::None);
    QCOMPARE(channel, golden.channel);
    QCOMPARE(frame.index(), golden.frame.index());
    QVERIFY(frame == golden.frame);
}

void TestFrames::goldenFramesCoverEveryType()
{
    std::array<int, std::variant_size_v<Frame>> seen{};
    for (const GoldenFrame &golden : goldenFrames() + goldenRangeFrames())
        ++seen[golden.frame.index()];
    for (size_t i = 1; i < seen.size(); ++i) // 0 is the empty frame
        QVERIFY2(seen[i] > 0, qPrintable(QString::number(i)));
}

void TestFrames::roundTrip_data()
{
    QTest::addColumn<ChannelNr>("channel");
    QTest::addColumn<Frame>("frame");

    const QString id255(255, u'x');
    const QString id85(85, u'\u20ac'); // 3 bytes each

    QTest::newRow("SER-01 message 17") << ChannelNr(1) << Frame(MessageFrame{17, "msg17"});
    QTest::newRow("SER-02 message 1") << ChannelNr(2) << Frame(MessageFrame{1, "msg01"});
    QTest::newRow("SER-03 confirmation")
        << ChannelNr(1) << Frame(RequestFrame{5, 5, 5, 0}); // grants nothing
    QTest::newRow("SER-04 request") << ChannelNr(1) << Frame(RequestFrame{5, 7, 25, 1 << 20});
    QTest::newRow("SER-05 resend") << ChannelNr(1) << Frame(ResendFrame{5, 5});
    QTest::newRow("SER-06 registration by the consumer")
        << ChannelNr(1) << Frame(goldenFirstAttach());
    QTest::newRow("SER-06 registration by the producer")
        << ChannelNr(0) << Frame(InviteFrame{QStringLiteral("orders"), QStringLiteral("billing")});

    QTest::newRow("message, empty payload") << ChannelNr(1) << Frame(MessageFrame{1, {}});
    QTest::newRow("message, one zero byte")
        << ChannelNr(1) << Frame(MessageFrame{1, QByteArrayView("\0", 1)});
    static const QByteArray mebibyte(1 << 20, '\xff');
    QTest::newRow("message of 1 MiB") << ChannelNr(1) << Frame(MessageFrame{1, mebibyte});
    QTest::newRow("message, last number") << ChannelNr(1) << Frame(MessageFrame{LastSeqNr, "x"});
    QTest::newRow("last channel") << std::numeric_limits<ChannelNr>::max()
                                  << Frame(MessageFrame{1, "x"});
    QTest::newRow("request, all zero") << ChannelNr(1) << Frame(RequestFrame{});
    QTest::newRow("request, last numbers")
        << ChannelNr(1) << Frame(RequestFrame{LastSeqNr, LastSeqNr, LastSeqNr, MaxU64});
    QTest::newRow("request, received beyond its grant")
        << ChannelNr(1) << Frame(RequestFrame{1, 9, 2, 0});
    QTest::newRow("resend, everything") << ChannelNr(1) << Frame(ResendFrame{1, LastSeqNr});
    QTest::newRow("resend, last number")
        << ChannelNr(1) << Frame(ResendFrame{LastSeqNr, LastSeqNr});
    QTest::newRow("sent, nothing") << ChannelNr(1) << Frame(SentFrame{0});
    QTest::newRow("sent, last number") << ChannelNr(1) << Frame(SentFrame{LastSeqNr});
    QTest::newRow("detach, number of a later version")
        << ChannelNr(1) << Frame(DetachFrame{Reason(65535)});
    QTest::newRow("attached, first number")
        << ChannelNr(1) << Frame(AttachedFrame{ProducerIncarnation, MaxU64, 1});
    QTest::newRow("attached, last number")
        << ChannelNr(1) << Frame(AttachedFrame{{MaxU64, MaxU64}, 1, LastSeqNr});

    AttachFrame attach = goldenAttach();
    attach.epoch = MaxU64;
    attach.confirmedSeqNr = attach.receivedSeqNr = attach.requestUpToSeqNr = LastSeqNr;
    attach.requestUpToBytes = attach.maxMessageSize = MaxU64;
    attach.producerId = id255;
    attach.consumerId = id85;
    QTest::newRow("attach, largest values") << ChannelNr(1) << Frame(attach);
    attach.supportResend = false;
    QTest::newRow("attach, largest values, only flow control") << ChannelNr(1) << Frame(attach);

    HelloFrame hello;
    QTest::newRow("hello, smallest values") << ChannelNr(0) << Frame(hello);
    hello.versionMin = 254;
    hello.versionMax = 255;
    hello.initiator = true;
    hello.features = hello.connectionNumber = MaxU64;
    hello.node = {MaxU64, MaxU64 - 1};
    hello.maxFrameLength = std::numeric_limits<quint32>::max();
    hello.nodeId = id255;
    QTest::newRow("hello, largest values") << ChannelNr(0) << Frame(hello);

    QTest::newRow("close, no text") << ChannelNr(0) << Frame(CloseFrame{Reason::None, {}});
    QTest::newRow("close, longest text, any characters")
        << ChannelNr(0) << Frame(CloseFrame{Reason::LimitReached, QString(255, QChar(u'\0'))});
    QTest::newRow("close, longest text of wide characters")
        << ChannelNr(0) << Frame(CloseFrame{Reason(9999), id85});
    QTest::newRow("ping, no bits") << ChannelNr(0) << Frame(PingFrame{0});
    QTest::newRow("pong, all bits") << ChannelNr(0) << Frame(PongFrame{MaxU64});

    const auto offer = [](const char *name, const QString &id) {
        QTest::newRow(name) << ChannelNr(0)
                            << Frame(OfferFrame{OfferKind::Consumer, ConsumerIncarnation, id});
    };
    offer("id of one byte", QStringLiteral("x"));
    offer("id of two bytes per character", QStringLiteral("\u00e9\u07ff"));
    offer("id beyond the first plane", QString::fromUcs4(U"\U0001f69a\U0010ffff"));
    offer("id that starts with a byte order mark", QStringLiteral("\ufeffx"));
    offer("id that is a byte order mark", QStringLiteral("\ufeff"));
    offer("id with two byte order marks", QStringLiteral("\ufeff\ufeffx"));
    offer("id composed", QStringLiteral("\u00e4"));
    offer("id decomposed", QStringLiteral("a\u0308"));
    QTest::newRow("withdraw, longest id")
        << ChannelNr(0) << Frame(WithdrawFrame{OfferKind::Producer, id255});
    QTest::newRow("invite, longest ids") << ChannelNr(0) << Frame(InviteFrame{id85, id255});
}

void TestFrames::roundTrip()
{
    QFETCH(const ChannelNr, channel);
    QFETCH(const Frame, frame);

    const QByteArray bytes = encoded(channel, frame);
    FrameDecoder decoder;
    ChannelNr decodedChannel = channel + 1;
    const Frame back = decoded(decoder, bytes, &decodedChannel);

    QCOMPARE(decoder.reason(), Reason::None);
    QCOMPARE(decodedChannel, channel);
    QVERIFY(back == frame);
    QCOMPARE(decoder.pendingBytes(), 0);
    QCOMPARE(encoded(channel, back), bytes);
}

void TestFrames::writerOnlyAppends()
{
    QByteArray output("before");
    FrameWriter writer(output);
    QCOMPARE(writer.size(), 6);
    writer.write(3, SentFrame{17});
    writer.write(PingFrame{1});
    QCOMPARE(writer.size(), output.size());
    QCOMPARE(output, "before" + encoded(3, SentFrame{17}) + encoded(0, PingFrame{1}));

    // Somebody else who holds the earlier bytes keeps them.
    const QByteArray copy = output;
    writer.write(PingFrame{2});
    QCOMPARE(copy.size() + encoded(0, PingFrame{2}).size(), output.size());
    QCOMPARE(copy, "before" + encoded(3, SentFrame{17}) + encoded(0, PingFrame{1}));
}

void TestFrames::messageOverhead()
{
    QCOMPARE(encoded(1, MessageFrame{1, {}}).size(), MessageFrameOverhead);
    QCOMPARE(encoded(1, MessageFrame{1, "12345"}).size(), MessageFrameOverhead + 5);
}

void TestFrames::reasonNumbers()
{
    // The numbers are what a peer sees. Whoever changes one changes the protocol.
    QCOMPARE(int(Reason::None), 0);
    QCOMPARE(int(Reason::GoingAway), 1);
    QCOMPARE(int(Reason::Superseded), 2);
    QCOMPARE(int(Reason::NotThisProtocol), 16);
    QCOMPARE(int(Reason::UnsupportedVersion), 17);
    QCOMPARE(int(Reason::HandshakeTimeout), 18);
    QCOMPARE(int(Reason::HeartbeatTimeout), 19);
    QCOMPARE(int(Reason::FrameTooLarge), 20);
    QCOMPARE(int(Reason::BadChecksum), 21);
    QCOMPARE(int(Reason::MalformedFrame), 22);
    QCOMPARE(int(Reason::UnknownFrame), 23);
    QCOMPARE(int(Reason::UnexpectedFrame), 24);
    QCOMPARE(int(Reason::GrantExceeded), 25);
    QCOMPARE(int(Reason::ImpossibleNumber), 26);
    QCOMPARE(int(Reason::LimitReached), 27);
    QCOMPARE(int(Reason::SelfConnection), 28);
    QCOMPARE(int(Reason::ConnectionLost), 29);
    QCOMPARE(int(Reason::WrongDigest), 30);
    QCOMPARE(int(Reason::AuthenticationFailed), 31);
    QCOMPARE(int(Reason::SecretMissing), 32);
    QCOMPARE(int(Reason::Stopped), 64);
    QCOMPARE(int(Reason::Replaced), 65);
    QCOMPARE(int(Reason::UnknownProducer), 66);
    QCOMPARE(int(Reason::MessageTooLarge), 67);
    QCOMPARE(int(Reason::Moved), 68);
    QCOMPARE(int(Reason::NotAllowed), 69);
}

void TestFrames::validId_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("valid");

    QTest::newRow("null") << QString() << false;
    QTest::newRow("empty") << QStringLiteral("") << false;
    QTest::newRow("one character") << QStringLiteral("a") << true;
    QTest::newRow("blank") << QStringLiteral(" ") << true;
    QTest::newRow("url-like") << QStringLiteral("shop/orders?v=1#\u00e9") << true;

    QTest::newRow("255 of one byte") << QString(255, u'a') << true;
    QTest::newRow("256 of one byte") << QString(256, u'a') << false;
    QTest::newRow("127 of two bytes and one") << QString(127, u'\u00e9') + u'a' << true;
    QTest::newRow("128 of two bytes") << QString(128, u'\u07ff') << false;
    QTest::newRow("85 of three bytes") << QString(85, u'\u0800') << true;
    QTest::newRow("85 of the first of three bytes and one")
        << QString(85, u'\u0800') + u'a' << false;
    QTest::newRow("85 of three bytes and one") << QString(85, u'\uffee') + u'a' << false;
    const QString truck = QString::fromUcs4(U"\U0001f69a");
    QTest::newRow("63 of four bytes and three")
        << truck.repeated(63) + QStringLiteral("abc") << true;
    QTest::newRow("64 of four bytes") << truck.repeated(64) << false;

    QTest::newRow("U+0000") << QString(QChar(u'\0')) << false;
    QTest::newRow("line feed within") << QStringLiteral("a\nb") << false;
    QTest::newRow("U+001F at the end") << QStringLiteral("a\u001f") << false;
    QTest::newRow("U+007E") << QStringLiteral("~") << true;
    QTest::newRow("U+007F") << QString(QChar(0x7f)) << false;
    QTest::newRow("U+0080") << QString(QChar(0x80)) << false;
    QTest::newRow("U+009F") << QString(QChar(0x9f)) << false;
    QTest::newRow("U+00A0") << QString(QChar(0xa0)) << true;

    QTest::newRow("high surrogate alone") << QString(QChar(0xd83d)) << false;
    QTest::newRow("low surrogate alone") << QString(QChar(0xde9a)) << false;
    QTest::newRow("high surrogate, then a letter") << QChar(0xd83d) + QStringLiteral("a") << false;
    QTest::newRow("surrogates the wrong way round")
        << QString(QChar(0xde9a)) + QChar(0xd83d) << false;
    QTest::newRow("two low surrogates") << QString(QChar(0xde9a)) + QChar(0xde9a) << false;
    QTest::newRow("two high surrogates") << QString(QChar(0xd83d)) + QChar(0xd83d) << false;
}

void TestFrames::validId()
{
    QFETCH(const QString, id);
    QFETCH(const bool, valid);
    QCOMPARE(isValidId(id), valid);
}

QTEST_APPLESS_MAIN(TestFrames)

#include "tst_frames.moc"

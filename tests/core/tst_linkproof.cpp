// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "linkmachinefixture.h"

#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;

// Frames and proofs here were not made by the code that is tested: they were put together from
// doc/protocol.md with another program.

namespace {

QByteArray counting(int first)
{
    QByteArray bytes;
    for (int i = 0; i < NonceSize; ++i)
        bytes.append(char(first + i));
    return bytes;
}

const QByteArray Key = "correct horse battery staple";

HelloFrame initiatorsHello()
{
    HelloFrame hello = goldenHello();
    hello.features = 0;
    hello.nonce = counting(0x01);
    hello.secretName = QStringLiteral("press");
    return hello;
}

HelloFrame acceptorsHello()
{
    HelloFrame hello;
    hello.node = ConsumerIncarnation;
    hello.maxFrameLength = 1024;
    hello.nonce = counting(0x81);
    return hello;
}

LinkConfig secretConfig(bool initiator, const QByteArray &key = Key, char nonce = 'n')
{
    LinkConfig config = configOf(initiator, initiator ? NodeA : NodeB);
    config.secrets = {{QStringLiteral("press"), key}};
    config.nonce = QByteArray(NonceSize, initiator ? nonce : char(nonce + 1));
    return config;
}

/*! Two machines and the wire between them. */
struct Pair
{
    explicit Pair(const LinkConfig &a = secretConfig(true),
                  const LinkConfig &b = secretConfig(false), const QByteArray &bindingA = {},
                  const QByteArray &bindingB = {})
        : left(a)
        , right(b)
    {
        left.start(Begin, bindingA);
        right.start(Begin, bindingB);
    }

    static QByteArray take(LinkMachine &machine)
    {
        QByteArray bytes;
        FrameWriter writer(bytes);
        machine.pollTransmit(writer);
        return bytes;
    }

    static void give(LinkMachine &machine, const QByteArray &bytes)
    {
        std::memcpy(machine.prepare(bytes.size()), bytes.constData(), size_t(bytes.size()));
        machine.commit(bytes.size(), Begin);
        ChannelNr channel = 0;
        Frame frame;
        while (machine.next(&channel, &frame) == Result::Up) { }
    }

    /*! Until nobody says anything. */
    void talk()
    {
        while (left.hasTransmit() || right.hasTransmit()) {
            const QByteArray toRight = take(left);
            const QByteArray toLeft = take(right);
            give(right, toRight);
            give(left, toLeft);
        }
    }

    LinkMachine left;
    LinkMachine right;
};

} // namespace

class TestLinkProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void goldenHellos();
    void goldenProofs_data();
    void goldenProofs();
    void h62_bothProveIt();
    void h62_wrongSecret();
    void h62_unknownName();
    void h62_everyBitOfAProofCounts();
    void h62_secretOnOneSideOnly_data();
    void h62_secretOnOneSideOnly();
    void h62_replayedProof();
    void h62_reflectedProof();
    void h62_otherChannel();
    void h62_nothingPassesBeforeTheProof_data();
    void h62_nothingPassesBeforeTheProof();
    void h62_longFramesWaitForTheProof();
    void h62_proofThatNeverComes();
    void acceptorShowsNoProofFirst();
    void proofOutOfTurn();
    void damagedNonce();
    void constantTimeCompare();
};

void TestLinkProof::goldenHellos()
{
    QCOMPARE(encoded(0, initiatorsHello()).toHex(),
             QByteArray("5fba080e5e00000001012d00000000005154444c01010000000000000000c8c7c6c5c4c3"
                        "c2c1d8d7d6d5d4d3d2d103000000000000000000100005006e6f64c3a905002000010203"
                        "0405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2006000500707265"
                        "7373"));
    QCOMPARE(encoded(0, acceptorsHello()).toHex(),
             QByteArray("2392ed0a5000000001002400000000005154444c01010000000000000000a8a7a6a5a4a3"
                        "a2a1b8b7b6b5b4b3b2b10000000000000000000400000000050020008182838485868788"
                        "898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0"));
    for (const HelloFrame &hello : {initiatorsHello(), acceptorsHello()}) {
        FrameDecoder decoder;
        decoder.append(encoded(0, hello));
        ChannelNr channel = 0;
        Frame frame;
        QCOMPARE(decoder.next(&channel, &frame), FrameDecoder::Result::Frame);
        QVERIFY(frame == Frame(hello));
    }
}

void TestLinkProof::goldenProofs_data()
{
    QTest::addColumn<bool>("byInitiator");
    QTest::addColumn<QByteArray>("binding");
    QTest::addColumn<QByteArray>("proof");
    QTest::newRow("initiator") << true << QByteArray()
                               << QByteArray("e7c172eac4af79f743b7afb5d2525f7a"
                                             "7c11854376e63f03d419309cb90bf244");
    QTest::newRow("initiator, encrypted")
        << true << counting(0xe0)
        << QByteArray("31d47f1a34441a679659033bf0f9f8779a9cbe16f063c6b09ff5256797481b64");
    QTest::newRow("acceptor") << false << QByteArray()
                              << QByteArray("43669a318cace29872c59d033669e3cf"
                                            "1131ec8644410139b8946c7f7625a860");
    QTest::newRow("acceptor, encrypted")
        << false << counting(0xe0)
        << QByteArray("15a6ac5f9114a8f915f42b68aa69ddadf96b6eb30133795b24b82fb30f65407d");
}

void TestLinkProof::goldenProofs()
{
    QFETCH(const bool, byInitiator);
    QFETCH(const QByteArray, binding);
    QFETCH(const QByteArray, proof);
    QCOMPARE(linkProof(byInitiator ? Prover::Initiator : Prover::Acceptor, Key,
                       {initiatorsHello(), acceptorsHello(), binding})
                 .toHex(),
             proof);
}

void TestLinkProof::h62_bothProveIt()
{
    Pair pair(secretConfig(true), secretConfig(false), counting(1), counting(1));
    pair.talk();
    QVERIFY(pair.left.isUp());
    QVERIFY(pair.right.isUp());
    QCOMPARE(pair.left.provedSecret(), QStringLiteral("press"));
    QCOMPARE(pair.right.provedSecret(), QStringLiteral("press"));
}

void TestLinkProof::h62_wrongSecret()
{
    Pair pair(secretConfig(true, "another secret of the same length"));
    pair.talk();
    for (const LinkMachine *machine : {&pair.left, &pair.right}) {
        QVERIFY(!machine->isUp());
        QCOMPARE(machine->reason(), Reason::AuthenticationFailed);
        QVERIFY(machine->provedSecret().isEmpty());
    }
    QVERIFY(pair.left.closedByPeer());
}

void TestLinkProof::h62_unknownName()
{
    LinkConfig caller = secretConfig(true);
    caller.secrets.front().name = QStringLiteral("nobody");
    Pair pair(caller);
    pair.talk();
    QCOMPARE(pair.right.reason(), Reason::AuthenticationFailed); // as with a wrong secret
    QVERIFY(!pair.left.isUp());
}

void TestLinkProof::h62_everyBitOfAProofCounts()
{
    for (int bit = 0; bit < 8 * ProofSize; ++bit) {
        Fixture link(false, secretConfig(false));
        HelloFrame hello = helloOf(true, NodeA);
        hello.nonce = counting(1);
        hello.secretName = QStringLiteral("press");
        (void)link.inject(hello);
        const auto own = std::get<HelloFrame>(link.output().first());
        QByteArray mac = linkProof(Prover::Initiator, Key, {hello, own, {}});
        mac[bit / 8] = char(mac[bit / 8] ^ (1 << bit % 8));
        QCOMPARE(link.inject(ProofFrame{mac}), Result::Ended);
        QCOMPARE(link.machine.reason(), Reason::AuthenticationFailed);
    }
}

void TestLinkProof::h62_secretOnOneSideOnly_data()
{
    QTest::addColumn<bool>("callerHasIt");
    QTest::newRow("who calls") << true;
    QTest::newRow("who is called") << false;
}

void TestLinkProof::h62_secretOnOneSideOnly()
{
    QFETCH(const bool, callerHasIt);
    Pair pair(callerHasIt ? secretConfig(true) : configOf(true, NodeA),
              callerHasIt ? configOf(false, NodeB) : secretConfig(false));
    pair.talk();
    for (const LinkMachine *machine : {&pair.left, &pair.right}) {
        QVERIFY(!machine->isUp());
        QCOMPARE(machine->reason(), Reason::SecretMissing);
    }
}

void TestLinkProof::h62_replayedProof()
{
    // Everything that an honest caller said is said again, byte by byte, to a link with a new
    // nonce.
    Pair honest;
    QByteArray said = Pair::take(honest.left);
    Pair::give(honest.right, said);
    Pair::give(honest.left, Pair::take(honest.right));
    said += Pair::take(honest.left);
    Pair::give(honest.right, said.right(FrameHeaderSize + ProofSize));
    QVERIFY(honest.right.isUp());

    LinkMachine victim(secretConfig(false, Key, 'v'));
    victim.start(Begin);
    Pair::give(victim, said);
    QVERIFY(!victim.isUp());
    QCOMPARE(victim.reason(), Reason::AuthenticationFailed);
}

void TestLinkProof::h62_reflectedProof()
{
    // The peer has no secret. It says Hello with the machine's own nonce, and its own proof to it.
    Fixture link(true, secretConfig(true));
    HelloFrame mirror = std::get<HelloFrame>(link.output().first());
    mirror.initiator = false;
    mirror.node = NodeB;
    QCOMPARE(link.inject(mirror), Result::NeedMore);
    const QList<Frame> frames = link.output();
    QCOMPARE(frames.size(), 1);
    QCOMPARE(link.inject(std::get<ProofFrame>(frames.first())), Result::Ended);
    QCOMPARE(link.machine.reason(), Reason::AuthenticationFailed);
}

void TestLinkProof::h62_otherChannel()
{
    // Somebody stands between two encrypted connections and passes everything on.
    Pair pair(secretConfig(true), secretConfig(false), counting(1), counting(2));
    pair.talk();
    QVERIFY(!pair.left.isUp());
    QVERIFY(!pair.right.isUp());
    QCOMPARE(pair.right.reason(), Reason::AuthenticationFailed);
}

void TestLinkProof::h62_nothingPassesBeforeTheProof_data()
{
    QTest::addColumn<int>("index");
    for (qsizetype i = 0; i < goldenFrames().size(); ++i) {
        const Frame &frame = goldenFrames()[i].frame;
        if (!std::holds_alternative<CloseFrame>(frame)
            && !std::holds_alternative<ProofFrame>(frame))
            QTest::newRow(goldenFrames()[i].name) << int(i);
    }
}

void TestLinkProof::h62_nothingPassesBeforeTheProof()
{
    QFETCH(const int, index);
    for (const bool initiator : {true, false}) {
        Fixture link(initiator, secretConfig(initiator));
        HelloFrame hello = helloOf(!initiator, initiator ? NodeB : NodeA);
        hello.nonce = counting(1);
        QCOMPARE(link.inject(hello), Result::NeedMore);
        QVERIFY(!link.machine.isUp());
        link.feed(goldenFrames()[index].bytes);
        QCOMPARE(link.next(), Result::Ended);
        QCOMPARE(link.machine.reason(), Reason::UnexpectedFrame);
    }
}

void TestLinkProof::h62_longFramesWaitForTheProof()
{
    Fixture link(false, secretConfig(false));
    HelloFrame hello = helloOf(true, NodeA);
    hello.nonce = counting(1);
    QCOMPARE(link.inject(hello), Result::NeedMore);
    link.feed(encoded(1, MessageFrame{1, QByteArray(MaxHelloLength, 'x')}).first(FrameHeaderSize));
    QCOMPARE(link.next(), Result::Ended); // before its bytes are there
    QCOMPARE(link.machine.reason(), Reason::FrameTooLarge);
}

void TestLinkProof::h62_proofThatNeverComes()
{
    Fixture link(false, secretConfig(false));
    HelloFrame hello = helloOf(true, NodeA);
    hello.nonce = counting(1);
    QCOMPARE(link.inject(hello), Result::NeedMore);
    (void)link.output();
    const TimePoint deadline = Begin + link.machine.config().handshakeTimeout;
    QCOMPARE(link.machine.nextTimeout(), std::optional(deadline)); // the Hello does not prolong it
    link.machine.handleTimeout(deadline - 1ms);
    QCOMPARE(link.machine.state(), State::Proving);
    link.machine.handleTimeout(deadline);
    verifyEnd(link, Reason::HandshakeTimeout, false);
}

void TestLinkProof::acceptorShowsNoProofFirst()
{
    Fixture link(false, secretConfig(false));
    HelloFrame hello = helloOf(true, NodeA);
    hello.nonce = counting(1);
    hello.secretName = QStringLiteral("press");
    QCOMPARE(link.inject(hello), Result::NeedMore);
    QCOMPARE(link.output().size(), 1); // Hello
    QVERIFY(!link.machine.hasTransmit());
}

void TestLinkProof::proofOutOfTurn()
{
    Pair pair;
    pair.talk();
    QVERIFY(pair.right.isUp());
    Pair::give(pair.right, encoded(0, ProofFrame{counting(1)}));
    QCOMPARE(pair.right.reason(), Reason::UnexpectedFrame);

    Fixture open(true, configOf(true, NodeA));
    open.shakeHands();
    QCOMPARE(open.inject(ProofFrame{counting(1)}), Result::Ended);
    QCOMPARE(open.machine.reason(), Reason::UnexpectedFrame);
}

void TestLinkProof::damagedNonce()
{
    for (const qsizetype size : {qsizetype(1), NonceSize - 1, NonceSize + 1}) {
        HelloFrame hello = initiatorsHello();
        hello.nonce = QByteArray(size, 'x');
        Fixture link(false, secretConfig(false));
        QCOMPARE(link.inject(hello), Result::Ended);
        QCOMPARE(link.machine.reason(), Reason::MalformedFrame);
    }
}

void TestLinkProof::constantTimeCompare()
{
    QVERIFY(equalInConstantTime("", ""));
    QVERIFY(equalInConstantTime("abc", "abc"));
    QVERIFY(!equalInConstantTime("abc", "abd"));
    QVERIFY(!equalInConstantTime("abc", "bbc"));
    QVERIFY(!equalInConstantTime("abc", "ab"));
}

QTEST_APPLESS_MAIN(TestLinkProof)
#include "tst_linkproof.moc"

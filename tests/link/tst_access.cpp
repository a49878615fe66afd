// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "link/expirywatch.h"
#include "link/heldbytes.h"
#include "linkfixture.h"
#include "testnode.h"

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/fileauthorizer.h>
#include <QtDelivery/producercontroller.h>

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <algorithm>

#include <malloc.h>

using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Who is let in, what each of them may have, and how much of it. Nodes in virtual time; those that
// connect come from wherever the test says.

namespace {

const QUrl Server(u"tcp://127.0.0.1:1"_s);
const QByteArray Secret = "tHe-sEcReT-0f-ThEsE-tEsTs";

PeerIdentity stranger(const QString &address = u"192.0.2.7"_s)
{
    PeerIdentity identity;
    identity.address = address;
    return identity;
}

constexpr qint64 MiB = 1024 * 1024;

SharedSecret secretOf(const QString &name, const QByteArray &secret = Secret)
{
    return {name, secret};
}

/*! A producer of one message, which it sends as soon as it may. */
class Source : public QObject
{
public:
    Source(const QString &id, DeliveryNode *node)
        : controller(id, node)
    {
        connect(&controller, &ProducerController::requestNext, this, [this] {
            if (!std::exchange(m_isSent, true))
                QVERIFY(!controller.send("from " + controller.producerId().toUtf8()).error());
        });
        if (const Error error = controller.start(this))
            qWarning() << error;
    }

    ProducerController controller;

private:
    bool m_isSent = false;
};

/*! A consumer that keeps what it is given. */
class Sink : public QObject
{
public:
    Sink(const QString &id, const QString &flow, DeliveryNode *node)
        : controller(id, node)
    {
        connect(&controller, &ConsumerController::delivered, this,
                [this](const Delivery &delivery) {
                    if (received.size() < 3)
                        received.append(delivery.payload());
                    (void)controller.confirm(delivery);
                });
        Error error = controller.start(this);
        if (!error)
            error = controller.registerToProducerController(flow);
        if (error)
            qWarning() << error;
    }

    ConsumerController controller;
    QList<QByteArray> received;
};

} // namespace

class TestAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void h62_sharedSecret();
    void h62_wrongSecret_data();
    void h62_wrongSecret();
    void h62_impossibleSecrets_data();
    void h62_impossibleSecrets();
    void h62_strangersSeeNothing();
    void h62_strangersGetNothing();
    void r22_stolenProducerId();
    void r22_secretsAreIdentities();
    void chosenPeersAreTrusted();
    void rules_data();
    void rules();
    void brokenRules_data();
    void brokenRules();
    void brokenRulesChangeNothing();
    void h62_linksPerPeer_data();
    void h62_linksPerPeer();
    void h62_thousandHalfOpen();
    void h62_bytesHeld_data();
    void h62_bytesHeld();
    void h62_bytesHeldOfOffers();
    void h62_bytesHeldAreForgotten();
    void h62_registrationFlood();
    void r22_somebodyElsesIncarnation();
    void certificatesAreLookedAtDaily();

private:
    /*! A stranger from there who has said Hello; without an address it is of this machine. */
    [[nodiscard]] std::unique_ptr<Test::FakePeer> comeFrom(const QString &address, quint64 node);
    [[nodiscard]] QString ruleFile(const QByteArray &content);

    VirtualWorld m_world;
    QTemporaryDir m_directory;
};

void TestAccess::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
    m_world.network.setPeer({.isLocal = true});
}

void TestAccess::cleanup()
{
    VirtualTime::settle();
}

std::unique_ptr<Test::FakePeer> TestAccess::comeFrom(const QString &address, quint64 node)
{
    PeerIdentity peer = stranger(address);
    peer.isLocal = address.isEmpty();
    m_world.network.setPeer(peer);
    auto end = std::make_unique<Test::FakePeer>(m_world.network.connectTo(Server));
    VirtualTime::settle();
    HelloFrame hello;
    hello.initiator = true;
    hello.node = {node, node};
    hello.connectionNumber = 1;
    hello.maxFrameLength = 1 << 20;
    end->say(hello);
    VirtualTime::settle();
    return end;
}

QString TestAccess::ruleFile(const QByteArray &content)
{
    const QString name = m_directory.filePath(u"rules"_s);
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qWarning() << file.errorString();
    return name;
}

// ---- secrets

void TestAccess::h62_sharedSecret()
{
    m_world.network.setPeer(stranger());
    TestNode server(m_world);
    QVERIFY(!server.setSharedSecrets({secretOf(u"other"_s, Secret + "2"), secretOf(u"press"_s)}));
    QVERIFY(!server.listen(Server));
    QVERIFY(!server.setAuthorizer([this] {
        auto rules = std::make_shared<FileAuthorizer>();
        (void)rules->load(ruleFile("secret:press produce orders\n"));
        return rules;
    }()));
    Sink sink(u"billing"_s, u"orders"_s, &server);
    TestNode client(m_world);
    QVERIFY(!client.setSharedSecrets({secretOf(u"press"_s)}));
    Source source(u"orders"_s, &client);
    QVERIFY(!client.connectTo(Server));
    m_world.time.advance(1s);
    QCOMPARE(client.linkCount(), 1);
    QCOMPARE(sink.received.value(0), "from orders"_ba);
    QCOMPARE(server.refusals(), Refusals());
}

void TestAccess::h62_wrongSecret_data()
{
    QTest::addColumn<QList<SharedSecret>>("servers");
    QTest::addColumn<QList<SharedSecret>>("clients");
    const SharedSecret right = secretOf(u"press"_s);
    QTest::newRow("another") << QList{right} << QList{secretOf(u"press"_s, Secret + "!")};
    QTest::newRow("another name") << QList{right} << QList{secretOf(u"pres"_s)};
    QTest::newRow("only the second is right")
        << QList{right} << QList{secretOf(u"press"_s, Secret + "!"), secretOf(u"b"_s)};
    QTest::newRow("the client has none") << QList{right} << QList<SharedSecret>();
    QTest::newRow("the server has none") << QList<SharedSecret>() << QList{right};
}

void TestAccess::h62_wrongSecret()
{
    QFETCH(const QList<SharedSecret>, servers);
    QFETCH(const QList<SharedSecret>, clients);
    QLoggingCategory::setFilterRules(u"qtdelivery.*=true"_s);
    static QString log;
    log.clear();
    const QtMessageHandler before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &line) { log += line + u'\n'; });
    TestNode server(m_world);
    const Error ofServer = server.setSharedSecrets(servers);
    const Error listening = server.listen(Server);
    TestNode client(m_world);
    const Error ofClient = client.setSharedSecrets(clients);
    Source source(u"orders"_s, &client);
    QSignalSpy offered(&server, &DeliveryNode::producerOffered);
    QSignalSpy retries(&client, &DeliveryNode::reconnectScheduled);
    const Error connecting = client.connectTo(Server);
    m_world.time.advance(1s);
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules({});

    QVERIFY(!ofServer && !ofClient && !listening && !connecting);
    QCOMPARE(server.linkCount(), 0);
    QVERIFY(offered.isEmpty());
    QVERIFY(!retries.isEmpty());
    const auto error = retries.first().at(2).value<Error>();
    QCOMPARE(error.code(), Error::Code::NotAuthenticated);
    QVERIFY2(error.message().contains(u"secret"_s), qPrintable(error.message()));
    QVERIFY(server.refusals().secrets + client.refusals().secrets > 0);
    QVERIFY(log.contains(u"secret"_s));
    QVERIFY2(!log.contains(QString::fromLatin1(Secret)), qPrintable(log));
}

void TestAccess::h62_impossibleSecrets_data()
{
    QTest::addColumn<QList<SharedSecret>>("secrets");
    QTest::newRow("too short") << QList{secretOf(u"a"_s, "fifteen bytes !")};
    QTest::newRow("none") << QList{secretOf(u"a"_s, {})};
    QTest::newRow("no name") << QList{secretOf({})};
    QTest::newRow("name with a line feed") << QList{secretOf(u"a\n"_s)};
    QTest::newRow("name of 256 bytes") << QList{secretOf(QString(256, u'x'))};
    QTest::newRow("twice the same name")
        << QList{secretOf(u"a"_s), secretOf(u"b"_s), secretOf(u"a"_s)};
}

void TestAccess::h62_impossibleSecrets()
{
    QFETCH(const QList<SharedSecret>, secrets);
    TestNode node(m_world);
    const Error error = node.setSharedSecrets(secrets);
    QCOMPARE(error.code(), Error::Code::InvalidSetting);
    QVERIFY(!error.message().contains(u"fifteen"_s));
    QVERIFY(!error.message().contains(QString::fromLatin1(Secret)));
}

// ---- rights

void TestAccess::h62_strangersSeeNothing()
{
    m_world.network.setPeer(stranger());
    TestNode server(m_world);
    QVERIFY(!server.listen(Server));
    Source source(u"news"_s, &server);
    Sink sink(u"billing"_s, u"orders"_s, &server);
    TestNode client(m_world);
    QSignalSpy producers(&client, &DeliveryNode::producerOffered);
    QSignalSpy consumers(&client, &DeliveryNode::consumerOffered);
    QVERIFY(!client.connectTo(Server));
    m_world.time.advance(1s);
    QCOMPARE(client.linkCount(), 1);
    QVERIFY(producers.isEmpty());
    QVERIFY(consumers.isEmpty());
    Source late(u"weather"_s, &server);
    m_world.time.advance(1s);
    QVERIFY(producers.isEmpty());
}

void TestAccess::h62_strangersGetNothing()
{
    // It does not wait for offers, and asks for what it knows.
    m_world.network.setPeer(stranger());
    TestNode server(m_world);
    QVERIFY(!server.listen(Server));
    Source source(u"news"_s, &server);
    auto temporary = std::make_unique<Source>(u"secret plan"_s, &server);
    Sink sink(u"billing"_s, u"orders"_s, &server);
    QSignalSpy offered(&server, &DeliveryNode::producerOffered);
    Test::FakePeer peer(m_world.network.connectTo(Server));
    VirtualTime::settle();
    HelloFrame hello;
    hello.initiator = true;
    hello.node = {2, 2};
    hello.connectionNumber = 1;
    hello.maxFrameLength = 1 << 20;
    peer.say(hello);
    AttachFrame attach = Test::goldenFirstAttach();
    for (const auto &flow : {u"news"_s, u"nothing"_s}) { // whether there is one is not told
        attach.producerId = flow;
        peer.say(attach, flow == u"news"_s ? 1 : 3);
    }
    peer.say(OfferFrame{OfferKind::Producer, {3, 3}, u"orders"_s});
    peer.say(InviteFrame{u"orders"_s, u"billing"_s});
    m_world.time.advance(1s);
    temporary.reset(); // its name is not told at its end either
    VirtualTime::settle();

    QList<Reason> reasons;
    for (const auto &[channel, frame] : peer.heard) {
        QVERIFY(std::holds_alternative<HelloFrame>(frame)
                || std::holds_alternative<DetachFrame>(frame));
        if (const auto *detach = std::get_if<DetachFrame>(&frame))
            reasons.append(detach->reason);
    }
    QCOMPARE(reasons, (QList{Reason::NotAllowed, Reason::NotAllowed}));
    QVERIFY(offered.isEmpty());
    QCOMPARE(server.refusals().flows, 4u);
    QCOMPARE(server.linkCount(), 1);
}

void TestAccess::r22_stolenProducerId()
{
    auto rules = std::make_shared<FileAuthorizer>();
    QVERIFY(!rules->load(ruleFile("certificate:press-7 produce press-7/*\n"
                                  "certificate:press-8 produce press-8/*\n")));
    TestNode server(m_world);
    QVERIFY(!server.setAuthorizer(rules));
    QVERIFY(!server.listen(Server));
    Sink sink(u"billing"_s, u"press-8/orders"_s, &server);

    PeerIdentity thief = stranger();
    thief.certificateNames = {u"press-7"_s};
    m_world.network.setPeer(thief);
    TestNode seventh(m_world, {.nodeId = u"press-8"_s}); // so it says
    Source stolen(u"press-8/orders"_s, &seventh);
    Source own(u"press-7/orders"_s, &seventh);
    QSignalSpy offered(&server, &DeliveryNode::producerOffered);
    QVERIFY(!seventh.connectTo(Server));
    m_world.time.advance(1s);
    QCOMPARE(offered.size(), 1);
    QCOMPARE(offered.first().first().toString(), u"press-7/orders"_s);
    QVERIFY(sink.received.isEmpty());
    QCOMPARE(server.refusals().flows, 1u);

    PeerIdentity owner = stranger();
    owner.certificateNames = {u"press-8"_s};
    m_world.network.setPeer(owner);
    TestNode eighth(m_world);
    Source right(u"press-8/orders"_s, &eighth);
    QVERIFY(!eighth.connectTo(Server));
    m_world.time.advance(1s);
    QVERIFY(!sink.received.isEmpty());
}

void TestAccess::r22_secretsAreIdentities()
{
    m_world.network.setPeer(stranger());
    auto rules = std::make_shared<FileAuthorizer>();
    QVERIFY(!rules->load(ruleFile("secret:north consume north\nsecret:south consume south\n")));
    TestNode server(m_world);
    QVERIFY(!server.setAuthorizer(rules));
    QVERIFY(!server.setSharedSecrets({secretOf(u"north"_s), secretOf(u"south"_s, Secret + "2")}));
    QVERIFY(!server.listen(Server));
    Source north(u"north"_s, &server);
    Source south(u"south"_s, &server);
    TestNode client(m_world);
    QVERIFY(!client.setSharedSecrets({secretOf(u"north"_s)}));
    Sink own(u"a"_s, u"north"_s, &client);
    Sink foreign(u"b"_s, u"south"_s, &client);
    QVERIFY(!client.connectTo(Server));
    m_world.time.advance(1s);
    QVERIFY(!own.received.isEmpty());
    QVERIFY(foreign.received.isEmpty());
}

void TestAccess::chosenPeersAreTrusted()
{
    const Authorizer byDefault;
    PeerIdentity peer = stranger();
    peer.secretName = u"press"_s; // a name alone gives no right
    peer.certificateNames = {u"press"_s};
    QVERIFY(!byDefault.mayProduce(peer, u"x"_s));
    QVERIFY(!byDefault.mayConsume(peer, u"x"_s));
    peer.wasChosen = true;
    QVERIFY(byDefault.mayProduce(peer, u"x"_s));
    QVERIFY(byDefault.mayConsume(peer, u"x"_s));
    QVERIFY(byDefault.mayConsume({.isLocal = true}, u"x"_s));
}

void TestAccess::rules_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("flow");
    QTest::addColumn<bool>("produces");
    QTest::addColumn<bool>("consumes");
    QTest::newRow("nothing") << "# secret:press produce x"_ba << u"x"_s << false << false;
    QTest::newRow("produce") << "secret:press produce x"_ba << u"x"_s << true << false;
    QTest::newRow("consume") << " secret:press \t consume  x \r"_ba << u"x"_s << false << true;
    QTest::newRow("other flow") << "secret:press produce x"_ba << u"xy"_s << false << false;
    QTest::newRow("case") << "secret:press produce x"_ba << u"X"_s << false << false;
    QTest::newRow("prefix") << "secret:press produce x/*"_ba << u"x/y"_s << true << false;
    QTest::newRow("not the prefix") << "secret:press produce x/*"_ba << u"xy"_s << false << false;
    QTest::newRow("all") << "secret:press produce *"_ba << u"x"_s << true << false;
    QTest::newRow("any at all") << "secret:press produce x"_ba << QString() << true << false;
    QTest::newRow("flow with blanks") << "secret:press produce a b"_ba << u"a b"_s << true << false;
    QTest::newRow("other secret") << "secret:pres produce x"_ba << u"x"_s << false << false;
    QTest::newRow("secret is no certificate")
        << "certificate:press produce x"_ba << u"x"_s << false << false;
    QTest::newRow("certificate") << "certificate:the%20hall.example consume x"_ba << u"x"_s << false
                                 << true;
    QTest::newRow("pin") << "pin:" + QByteArray(64, 'a') + " consume x" << u"x"_s << false << true;
    QTest::newRow("other pin") << "pin:" + QByteArray(64, 'b') + " consume x" << u"x"_s << false
                               << false;
    QTest::newRow("anyone") << "anyone consume x"_ba << u"x"_s << false << true;
    QTest::newRow("second line") << "secret:a produce a\n\nsecret:press consume x"_ba << u"x"_s
                                 << false << true;
}

void TestAccess::rules()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, flow);
    QFETCH(const bool, produces);
    QFETCH(const bool, consumes);
    PeerIdentity peer = stranger();
    peer.nodeId = u"x"_s;
    peer.secretName = u"press"_s;
    peer.certificateNames = {u"other"_s, u"the hall.example"_s};
    peer.pin = QByteArray(32, '\xaa');
    FileAuthorizer authorizer;
    QVERIFY(!authorizer.load(ruleFile(line)));
    QCOMPARE(authorizer.mayProduce(peer, flow), produces);
    QCOMPARE(authorizer.mayConsume(peer, flow), consumes);
}

void TestAccess::brokenRules_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("word") << "secret"_ba;
    QTest::newRow("no flow") << "secret:press produce"_ba;
    QTest::newRow("no name") << "secret: produce x"_ba;
    QTest::newRow("unknown right") << "secret:press own x"_ba;
    QTest::newRow("unknown peer") << "node:press produce x"_ba;
    QTest::newRow("anyone with a name") << "anyone:x produce x"_ba;
    QTest::newRow("short pin") << "pin:abcd produce x"_ba;
    QTest::newRow("no hexadecimal pin") << "pin:" + QByteArray(64, 'x') + " produce x";
}

void TestAccess::brokenRules()
{
    QFETCH(const QByteArray, line);
    FileAuthorizer authorizer;
    const Error error = authorizer.load(ruleFile("# rules\nanyone consume x\n" + line + '\n'));
    QCOMPARE(error.code(), Error::Code::InvalidSetting);
    QVERIFY2(error.message().contains(u"rules, line 3"_s), qPrintable(error.message()));
}

void TestAccess::brokenRulesChangeNothing()
{
    FileAuthorizer authorizer;
    QVERIFY(!authorizer.load(ruleFile("anyone consume x\n")));
    QVERIFY(authorizer.load(ruleFile("anyone consume y\nnonsense\n")));
    QVERIFY(authorizer.load(m_directory.filePath(u"missing"_s)).message().contains(u"missing"_s));
    QVERIFY(authorizer.mayConsume(stranger(), u"x"_s));
    QVERIFY(!authorizer.mayConsume(stranger(), u"y"_s));
}

// ---- limits

void TestAccess::h62_linksPerPeer_data()
{
    QTest::addColumn<QStringList>("addresses");
    QTest::addColumn<int>("refused");
    QTest::newRow("one address") << QStringList(5, u"192.0.2.7"_s) << 2;
    QTest::newRow("many addresses")
        << QStringList{u"192.0.2.1"_s, u"192.0.2.2"_s, u"192.0.2.3"_s, u"192.0.2.4"_s} << 0;
    QTest::newRow("one IPv6 network")
        << QStringList{u"2001:db8::1"_s, u"2001:db8::2"_s, u"2001:db8::ffff:3"_s, u"2001:db8::4"_s}
        << 1;
    QTest::newRow("several IPv6 networks")
        << QStringList{u"2001:db8:0:1::1"_s, u"2001:db8:0:2::1"_s, u"2001:db8:0:3::1"_s,
                       u"2001:db8:0:4::1"_s}
        << 0;
}

void TestAccess::h62_linksPerPeer()
{
    QFETCH(const QStringList, addresses);
    QFETCH(const int, refused);
    TestNode server(m_world, {.maxLinksPerPeer = 3});
    QVERIFY(!server.listen(Server));
    std::vector<std::unique_ptr<Test::FakePeer>> peers;
    for (int i = 0; i < refused; ++i)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"refused: maxLinksPerPeer"_s));
    for (const QString &address : addresses) {
        m_world.network.setPeer(stranger(address));
        peers.push_back(std::make_unique<Test::FakePeer>(m_world.network.connectTo(Server)));
        VirtualTime::settle();
    }
    QCOMPARE(server.refusals().connections, quint64(refused));
    QCOMPARE(server.linkSnapshots().size(), addresses.size() - refused);
}

void TestAccess::h62_thousandHalfOpen()
{
    constexpr int Count = 1000;
    TestNode server(m_world);
    QVERIFY(!server.listen(Server));
    QTest::failOnWarning(QRegularExpression(u"^$"_s)); // the refusals are logged
    QRegularExpression refused(u"maxPendingHandshakes"_s);
    for (int i = 0; i < Count - server.settings().maxPendingHandshakes; ++i)
        QTest::ignoreMessage(QtWarningMsg, refused);
    std::vector<std::unique_ptr<Test::FakePeer>> peers;
    const size_t before = mallinfo2().uordblks;
    for (int i = 0; i < Count; ++i) {
        m_world.network.setPeer(stranger(u"192.0.2.%1"_s.arg(i % 250)));
        peers.push_back(std::make_unique<Test::FakePeer>(m_world.network.connectTo(Server)));
        VirtualTime::settle();
    }
    const size_t held = mallinfo2().uordblks - before; // with the test's own ends
    qInfo("%d half-open connections hold %zu bytes", Count, held);
    QVERIFY(held < size_t(Count) * 8 * 1024);
    QCOMPARE(server.refusals().connections,
             quint64(Count - server.settings().maxPendingHandshakes));
    QCOMPARE(server.linkSnapshots().size(), server.settings().maxPendingHandshakes);
    m_world.time.advance(server.settings().handshakeTimeout + server.settings().closeTimeout);
    QCOMPARE(server.linkSnapshots().size(), 0);
    QCOMPARE(server.refusals().handshakes, quint64(server.settings().maxPendingHandshakes));
    TestNode client(m_world);
    QVERIFY(!client.connectTo(Server));
    m_world.time.advance(1s);
    QCOMPARE(client.linkCount(), 1);
}

void TestAccess::h62_bytesHeld_data()
{
    QTest::addColumn<bool>("isOneAddress");
    QTest::addColumn<qint64>("ofAll");
    QTest::addColumn<QString>("limit");
    QTest::newRow("of one peer") << true << 1024 * MiB << u"maxBytesHeldPerPeer is reached"_s;
    QTest::newRow("of all peers") << false << 8 * MiB << u"maxBytesHeld is reached"_s;
}

// Frames that never end, on many links. Nobody else loses anything.
void TestAccess::h62_bytesHeld()
{
    QFETCH(const bool, isOneAddress);
    QFETCH(const qint64, ofAll);
    QFETCH(const QString, limit);
    constexpr int Links = 40;
    constexpr int Stay = 4; // each takes twice what has arrived
    TestNode server(m_world,
                    {.maxFrameLength = MiB, .maxBytesHeldPerPeer = 8 * MiB, .maxBytesHeld = ofAll});
    QVERIFY(!server.listen(Server));
    const auto innocent = comeFrom(u"203.0.113.9"_s, 100);
    for (int i = 0; i < Links - Stay; ++i)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(limit));
    QByteArray most = Test::encoded(1, Test::goldenFirstAttach()).first(FrameHeaderSize);
    qToLittleEndian<quint32>(MiB - 100, most.data() + 4); // it says how long it is, and is less
    most.append(QByteArray(MiB - 1024, 'x'));
    std::vector<std::unique_ptr<Test::FakePeer>> peers;
    for (int i = 0; i < Links; ++i) {
        peers.push_back(comeFrom(u"192.0.2.%1"_s.arg(isOneAddress ? 1 : i), 200 + i));
        peers.back()->connection->write(most);
        VirtualTime::settle();
        qint64 held = 0;
        for (const LinkSnapshot &link : server.linkSnapshots())
            held += link.heldBytes;
        QVERIFY2(held < 8 * MiB, qPrintable(QString::number(held)));
    }
    const auto ended = std::ranges::count_if(
        peers, [](const auto &peer) { return peer->closes() == QList{Reason::LimitReached}; });
    QCOMPARE(ended, Links - Stay);
    QCOMPARE(server.refusals(), Refusals{.limits = Links - Stay});
    QVERIFY(innocent->closes().isEmpty());
}

void TestAccess::h62_bytesHeldOfOffers()
{
    constexpr int Names = 5000;
    TestNode server(m_world, {.maxFrameLength = 64 * 1024, .maxBytesHeldPerPeer = MiB});
    QVERIFY(!server.listen(Server));
    const auto name = [](int i) { return u"%1"_s.arg(i, 255, 10, QLatin1Char('0')); };
    const auto changing = comeFrom({}, 1);
    for (int i = 0; i < Names; ++i) { // never more than one
        changing->say(OfferFrame{OfferKind::Producer, {3, 3}, name(i)});
        changing->say(WithdrawFrame{OfferKind::Producer, name(i)});
    }
    VirtualTime::settle();
    QVERIFY(changing->closes().isEmpty());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"maxBytesHeldPerPeer is reached"_s));
    const auto growing = comeFrom({}, 2);
    for (int i = 0; i < Names; ++i)
        growing->say(OfferFrame{OfferKind::Producer, {4, 4}, name(i)});
    VirtualTime::settle();
    QCOMPARE(growing->closes(), QList{Reason::LimitReached});
    QCOMPARE(server.refusals().limits, 1u);
    QVERIFY(changing->closes().isEmpty());
}

void TestAccess::h62_bytesHeldAreForgotten()
{
    HeldBytes held(100, 150);
    HeldBytes::Share a = held.open(u"x"_s);
    HeldBytes::Share b = held.open(u"x"_s);
    HeldBytes::Share c = held.open({});
    HeldBytes::Share d = held.open({});
    held.set(&a, 60);
    held.set(&b, 40);
    QVERIFY(!held.isTooMuch(a) && !held.limitAgainst(u"x"_s));
    held.set(&b, 41);
    QVERIFY(held.isTooMuch(a) && held.isTooMuch(b) && !held.isTooMuch(c) && !held.isTooMuch());
    QCOMPARE(held.limitAgainst(u"x"_s), "maxBytesHeldPerPeer");
    QVERIFY(!held.limitAgainst(u"y"_s));
    held.set(&c, 30);
    held.set(&d, 30);
    QVERIFY(held.isTooMuch() && !held.isTooMuch(c)); // of nobody's name: each its own
    QCOMPARE(held.limitAgainst(u"y"_s), "maxBytesHeld");
    for (HeldBytes::Share *share : {&a, &b, &c, &d})
        held.close(share);
    QCOMPARE(held.total(), 0);
    QVERIFY(!held.limitAgainst(u"x"_s));
}

void TestAccess::h62_registrationFlood()
{
    constexpr int Flows = 10;
    constexpr int PerSecond = 20;
    constexpr int AtOnce = 2 * Flows + PerSecond;
    const auto flood = [](Test::FakePeer &peer, int count) {
        for (int i = 0; i < count; ++i) { // never more than one offer at a time
            if (i % 2 == 0)
                peer.say(OfferFrame{OfferKind::Producer, {3, 3}, u"orders"_s});
            else
                peer.say(WithdrawFrame{OfferKind::Producer, u"orders"_s});
        }
        VirtualTime::settle();
    };
    TestNode server(m_world, {.maxFlowsPerLink = Flows, .maxRegistrationsPerSecond = PerSecond});
    QVERIFY(!server.listen(Server));
    Test::FakePeer peer(m_world.network.connectTo(Server));
    VirtualTime::settle();
    HelloFrame hello;
    hello.initiator = true;
    hello.node = {2, 2};
    hello.connectionNumber = 1;
    hello.maxFrameLength = 1 << 20;
    peer.say(hello);
    flood(peer, AtOnce);
    QVERIFY(peer.closes().isEmpty());
    m_world.time.advance(1s);
    flood(peer, PerSecond);
    QVERIFY(peer.closes().isEmpty());
    flood(peer, 1);
    QCOMPARE(peer.closes(), QList{Reason::LimitReached});
    QCOMPARE(server.refusals().limits, 1u);
}

void TestAccess::r22_somebodyElsesIncarnation()
{
    // Who knows another node's incarnation must not take its link away.
    TestNode server(m_world);
    QVERIFY(!server.listen(Server));
    const auto comeAs = [&](const QString &name) {
        PeerIdentity identity = stranger();
        identity.certificateNames = {name};
        m_world.network.setPeer(identity);
        auto peer = std::make_unique<Test::FakePeer>(m_world.network.connectTo(Server));
        VirtualTime::settle();
        return peer;
    };
    HelloFrame hello;
    hello.initiator = true;
    hello.node = {2, 2};
    hello.connectionNumber = 1;
    hello.maxFrameLength = 1 << 20;
    const auto owner = comeAs(u"owner"_s);
    owner->say(hello);
    VirtualTime::settle();
    QCOMPARE(server.linkCount(), 1);
    const auto thief = comeAs(u"thief"_s);
    hello.connectionNumber = 2; // would win
    thief->say(hello);
    VirtualTime::settle();
    QCOMPARE(thief->closes(), QList{Reason::AuthenticationFailed});
    QVERIFY(owner->closes().isEmpty());
    QCOMPARE(server.linkCount(), 1);
}

void TestAccess::certificatesAreLookedAtDaily()
{
    int looks = 0;
    bool any = true;
    ExpiryWatch watch([&] {
        ++looks;
        return any;
    });
    const TimePoint begin{1h};
    QVERIFY(!watch.nextTimeout());
    watch.begin(begin);
    watch.begin(begin + 1h); // another certificate
    QCOMPARE(watch.nextTimeout(), std::optional(begin + 24h));
    watch.handleTimeout(begin + 23h);
    QCOMPARE(looks, 0);
    watch.handleTimeout(begin + 25h);
    QCOMPARE(looks, 1);
    QCOMPARE(watch.nextTimeout(), std::optional(begin + 49h));
    any = false;
    watch.handleTimeout(begin + 49h);
    QCOMPARE(looks, 2);
    QVERIFY(!watch.nextTimeout()); // until there is one again
}

QTEST_GUILESS_MAIN(TestAccess)
#include "tst_access.moc"

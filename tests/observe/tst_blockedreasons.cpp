// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "../controller/durableflow.h"

#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// Why a flow does not move: each reason, produced as it happens to an application.

class TestBlockedReasons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void names_data();
    void names();
    void sentences_data();
    void sentences();

    void nothingBlocks();
    void pausedUntilStart();
    void noConsumer();
    void noProducer();
    void waitingForGrant();
    void waitingForGrantInBytes();
    void handlerBusy();
    void handlerBusyWithTheNext();
    void storeSlow();
    void storeFailsAndIsTriedAgain();
    void storeGivenUp();
    void storeLoading();
    void progressSlow();
    void linkDownWithRetry();
    void linkDownAtTheListener();
    void linkDownBeforeTheFirst();
    void limitMessages();
    void limitBytes();
    void limitOfTheLink();
    void refusedAsReplaced();
    void refusedAsTooLarge();
    void refusedAsStopped();
    void goneWhenItMoves();
};

namespace {

Blocked blockedOf(const Flow &flow, FlowSnapshot::Role role)
{
    return (role == FlowSnapshot::Role::Producer ? flow.producer.snapshot()
                                                 : flow.consumer.snapshot())
        .blocked;
}

Blocked blockedProducer(const Flow &flow)
{
    return blockedOf(flow, FlowSnapshot::Role::Producer);
}

Blocked blockedConsumer(const Flow &flow)
{
    return blockedOf(flow, FlowSnapshot::Role::Consumer);
}

} // namespace

// ---- words

void TestBlockedReasons::names_data()
{
    QTest::addColumn<BlockedReason>("reason");
    QTest::addColumn<QString>("name");
    QTest::newRow("none") << BlockedReason::None << u"none"_s;
    QTest::newRow("consumer") << BlockedReason::NoConsumer << u"no-consumer"_s;
    QTest::newRow("grant") << BlockedReason::WaitingForGrant << u"waiting-for-grant"_s;
    QTest::newRow("handler") << BlockedReason::HandlerBusy << u"handler-busy"_s;
    QTest::newRow("store") << BlockedReason::StoreSlow << u"store-slow"_s;
    QTest::newRow("link") << BlockedReason::LinkDown << u"link-down"_s;
    QTest::newRow("limit") << BlockedReason::LimitReached << u"limit-reached"_s;
    QTest::newRow("paused") << BlockedReason::Paused << u"paused"_s;
    QTest::newRow("refused") << BlockedReason::Refused << u"refused"_s;
    QTest::newRow("producer") << BlockedReason::NoProducer << u"no-producer"_s;
}

void TestBlockedReasons::names()
{
    QFETCH(BlockedReason, reason);
    QFETCH(QString, name);
    QCOMPARE(Blocked::reasonName(reason), name);
    QCOMPARE(Blocked::reasonNamed(name), reason);
    QCOMPARE(Blocked{.reason = reason}.isBlocked(), reason != BlockedReason::None);
    QVERIFY(Blocked{.reason = reason}.sentence(0).endsWith(u'.'));
    QCOMPARE(Blocked::reasonName(BlockedReason(200)), QString());
    QCOMPARE(Blocked::reasonNamed(u"?"_s), BlockedReason::None);
}

void TestBlockedReasons::sentences_data()
{
    QTest::addColumn<Blocked>("blocked");
    QTest::addColumn<QString>("sentence");
    constexpr qint64 second = 1'000'000;
    QTest::newRow("handler, ms") << Blocked{.reason = BlockedReason::HandlerBusy,
                                            .seqNr = 481,
                                            .at = 100 * second - 340'000}
                                 << u"The application has been busy with message 481 for 340 ms."_s;
    QTest::newRow("handler, s") << Blocked{.reason = BlockedReason::HandlerBusy,
                                           .seqNr = 481,
                                           .at = 88 * second}
                                << u"The application has been busy with message 481 for 12 s."_s;
    QTest::newRow("handler, min") << Blocked{.reason = BlockedReason::HandlerBusy,
                                             .seqNr = 1,
                                             .at = -200 * second}
                                  << u"The application is busy with message 1."_s;
    QTest::newRow("store") << Blocked{.reason = BlockedReason::StoreSlow, .at = 97 * second}
                           << u"The storage has not answered for 3 s."_s;
    QTest::newRow("store, why") << Blocked{.reason = BlockedReason::StoreSlow,
                                           .at = 97 * second,
                                           .detail = u"No room."_s}
                                << u"The storage has not answered for 3 s. No room."_s;
    QTest::newRow("link, later") << Blocked{.reason = BlockedReason::LinkDown, .at = 104 * second}
                                 << u"The link is down; the next attempt is in 4 s."_s;
    QTest::newRow("link, now") << Blocked{.reason = BlockedReason::LinkDown, .at = 100 * second}
                               << u"The link is down; connecting."_s;
    QTest::newRow("link, peer") << Blocked{.reason = BlockedReason::LinkDown}
                                << u"The link is down; the other side has to connect."_s;
    QTest::newRow("limit") << Blocked{.reason = BlockedReason::LimitReached,
                                      .detail = u"maxLinks"_s}
                           << u"The limit maxLinks of this side is reached."_s;
    QTest::newRow("refused") << Blocked{.reason = BlockedReason::Refused, .detail = u"Because."_s}
                             << u"Because."_s;
}

void TestBlockedReasons::sentences()
{
    QFETCH(Blocked, blocked);
    QFETCH(QString, sentence);
    QCOMPARE(blocked.sentence(100'000'000), sentence);
}

// ---- the reasons

void TestBlockedReasons::nothingBlocks()
{
    Flow flow;
    QVERIFY(!flow.begin());
    QCOMPARE(blockedProducer(flow), Blocked());
    QCOMPARE(blockedConsumer(flow), Blocked());
    QCOMPARE(flow.send(5), 5);
    QCOMPARE(blockedProducer(flow), Blocked());
    QCOMPARE(blockedConsumer(flow), Blocked());
}

void TestBlockedReasons::pausedUntilStart()
{
    Flow flow;
    QVERIFY(!flow.link());
    QVERIFY(!flow.consumer.registerToProducerController(u"producer"_s));
    flow.world.time.settle();
    QCOMPARE(blockedProducer(flow).reason, BlockedReason::Paused);
    QCOMPARE(blockedConsumer(flow).reason, BlockedReason::Paused);
    QVERIFY(!flow.producer.start(&flow.application));
    QVERIFY(!flow.consumer.start(&flow.application));
    QCOMPARE(blockedProducer(flow).reason, BlockedReason::None);
    QCOMPARE(blockedConsumer(flow).reason, BlockedReason::None);
}

void TestBlockedReasons::noConsumer()
{
    Flow flow;
    QVERIFY(!flow.link());
    QVERIFY(!flow.producer.start(&flow.application));
    flow.world.time.settle();
    QCOMPARE(blockedProducer(flow).reason, BlockedReason::NoConsumer);
}

void TestBlockedReasons::noProducer()
{
    Flow flow;
    QVERIFY(!flow.link());
    QVERIFY(!flow.consumer.start(&flow.application));
    flow.world.time.settle();
    QCOMPARE(blockedConsumer(flow).reason, BlockedReason::NoProducer);
    QVERIFY(!flow.consumer.registerToProducerController(u"nobody"_s));
    flow.world.time.settle();
    QCOMPARE(blockedConsumer(flow).reason, BlockedReason::NoProducer);
}

void TestBlockedReasons::waitingForGrant()
{
    Flow flow({.flowControlWindow = 4});
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(100), 4);
    QCOMPARE(blockedProducer(flow).reason, BlockedReason::WaitingForGrant);
    QCOMPARE(flow.producer.snapshot().window(), 4);
    QCOMPARE(flow.producer.snapshot().inFlight(), 4);
}

void TestBlockedReasons::waitingForGrantInBytes()
{
    Flow flow({.flowControlWindow = 100, .flowControlWindowBytes = 20});
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(100), 3); // of 9 bytes each
    QCOMPARE(blockedProducer(flow).reason, BlockedReason::WaitingForGrant);
}

void TestBlockedReasons::handlerBusy()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(3), 3);
    flow.world.time.advance(12s);
    const FlowSnapshot shown = flow.consumer.snapshot();
    QCOMPARE(shown.blocked.reason, BlockedReason::HandlerBusy);
    QCOMPARE(shown.blocked.seqNr, 1);
    QCOMPARE(shown.time - shown.blocked.at, 12'000'000);
    QCOMPARE(shown.blockedSentence(), u"The application has been busy with message 1 for 12 s."_s);
}

void TestBlockedReasons::handlerBusyWithTheNext()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(3), 3);
    flow.world.time.advance(12s);
    QVERIFY(!flow.confirm());
    flow.world.time.advance(3s);
    const Blocked blocked = blockedConsumer(flow);
    QCOMPARE(blocked.seqNr, 2);
    const qint64 busy = flow.right.clock() - blocked.at;
    QVERIFY(busy >= 3'000'000 && busy < 3'100'000);
}

void TestBlockedReasons::storeSlow()
{
    VirtualWorld world;
    ProducerLife producer(world, std::make_shared<MemoryQueueDisk>(), {.maxUnstoredMessages = 2});
    ConsumerLife consumer(world);
    VirtualTime::settle();
    producer.queue.setAnswersHeld(true);
    QCOMPARE(producer.send({"a", "b", "c", "d"}), 2);
    world.time.advance(3s);
    const FlowSnapshot shown = producer.controller.snapshot();
    QCOMPARE(shown.blocked.reason, BlockedReason::StoreSlow);
    QCOMPARE(shown.time - shown.blocked.at, 3'000'000);
    QCOMPARE(shown.queueDepth, 2);
    QCOMPARE(shown.storedSeqNr, 0);
    producer.queue.setAnswersHeld(false);
    VirtualTime::settle();
    const FlowSnapshot then = producer.controller.snapshot();
    QCOMPARE(then.blocked.reason, BlockedReason::None);
    QCOMPARE(then.queueDepth, 0);
    QVERIFY(then.storeLatency >= 0);
    QCOMPARE(then.storeLatencyMax, 3'000'000);
}

void TestBlockedReasons::storeFailsAndIsTriedAgain()
{
    VirtualWorld world;
    ProducerLife producer(world, std::make_shared<MemoryQueueDisk>());
    ConsumerLife consumer(world);
    VirtualTime::settle();
    producer.queue.failNext(1, {Error::Code::StorageFull, u"No room."_s});
    QCOMPARE(producer.send({"a"}), 1);
    const Blocked blocked = producer.controller.snapshot().blocked;
    QCOMPARE(blocked.reason, BlockedReason::StoreSlow);
    QCOMPARE(blocked.detail, u"No room."_s);
    world.time.advance(10s);
    QCOMPARE(producer.controller.snapshot().blocked.reason, BlockedReason::None);
}

void TestBlockedReasons::storeGivenUp()
{
    VirtualWorld world;
    ProducerLife producer(world, std::make_shared<MemoryQueueDisk>(),
                          {.durableQueueRetryAttempts = 1});
    ConsumerLife consumer(world);
    VirtualTime::settle();
    producer.queue.failNext(1, {Error::Code::StorageFull, u"No room."_s});
    QCOMPARE(producer.send({"a"}), 1);
    const Blocked blocked = producer.controller.snapshot().blocked;
    QCOMPARE(blocked.reason, BlockedReason::Refused);
    QVERIFY(blocked.detail.contains(u"No room."_s));
    QVERIFY(!producer.controller.retry());
    VirtualTime::settle();
    QCOMPARE(producer.controller.snapshot().blocked.reason, BlockedReason::None);
}

void TestBlockedReasons::storeLoading()
{
    VirtualWorld world;
    ProducerLife producer(world, std::make_shared<MemoryQueueDisk>());
    const FlowSnapshot shown = producer.controller.snapshot();
    QCOMPARE(shown.blocked.reason, BlockedReason::StoreSlow);
    QCOMPARE(shown.state, FlowSnapshot::State::Loading);
    QVERIFY(shown.isDurable);
}

void TestBlockedReasons::progressSlow()
{
    VirtualWorld world;
    ProducerLife producer(world, std::make_shared<MemoryQueueDisk>());
    ConsumerLife consumer(world, std::make_shared<MemoryProgressDisk>(), {.flowControlWindow = 3});
    VirtualTime::settle();
    consumer.progress->setAnswersHeld(true);
    QCOMPARE(producer.send({"a", "b", "c", "d"}), 3);
    world.time.advance(2s);
    const FlowSnapshot shown = consumer.controller->snapshot();
    QCOMPARE(shown.blocked.reason, BlockedReason::StoreSlow);
    QVERIFY(shown.queueDepth > 0);
    QCOMPARE(producer.controller.snapshot().blocked.reason, BlockedReason::WaitingForGrant);
    consumer.progress->setAnswersHeld(false);
    VirtualTime::settle();
    QCOMPARE(consumer.controller->snapshot().blocked.reason, BlockedReason::None);
}

void TestBlockedReasons::linkDownWithRetry()
{
    Flow flow;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(2), 2);
    flow.world.network.setSilent(true);
    flow.world.network.cutAll();
    VirtualTime::settle();
    const FlowSnapshot shown = flow.consumer.snapshot();
    QCOMPARE(shown.blocked.reason, BlockedReason::LinkDown);
    QVERIFY(shown.blocked.at > shown.time); // 200 ms by default, more or less
    QVERIFY(shown.blocked.at <= shown.time + 240'000);
    QCOMPARE(shown.peerNodeId, u"left"_s);
    QCOMPARE(shown.state, FlowSnapshot::State::Unattached);
    flow.world.time.advance(1s);
    QVERIFY(blockedConsumer(flow).at <= flow.right.clock()); // the attempt is under way
    QCOMPARE(blockedConsumer(flow).reason, BlockedReason::LinkDown);
}

void TestBlockedReasons::linkDownAtTheListener()
{
    Flow flow;
    QVERIFY(!flow.begin());
    flow.world.network.setSilent(true);
    flow.world.network.cutAll();
    VirtualTime::settle();
    QCOMPARE(blockedProducer(flow).reason, BlockedReason::LinkDown);
    QCOMPARE(blockedProducer(flow).at, -1); // it is the other side that connects
}

void TestBlockedReasons::linkDownBeforeTheFirst()
{
    Flow flow;
    QVERIFY(!flow.right.connectTo(FlowAddress)); // nobody listens
    QVERIFY(!flow.consumer.start(&flow.application));
    QVERIFY(!flow.consumer.registerToProducerController(u"producer"_s));
    VirtualTime::settle();
    QCOMPARE(blockedConsumer(flow).reason, BlockedReason::LinkDown);
    QVERIFY(blockedConsumer(flow).at > flow.right.clock());
}

void TestBlockedReasons::limitMessages()
{
    Flow flow({}, {.maxUnconfirmedMessages = 3});
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(100), 3);
    const Blocked blocked = blockedProducer(flow);
    QCOMPARE(blocked.reason, BlockedReason::LimitReached);
    QCOMPARE(blocked.detail, u"maxUnconfirmedMessages"_s);
}

void TestBlockedReasons::limitBytes()
{
    Flow flow({}, {.maxMessageSize = 20, .maxUnconfirmedBytes = 20});
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(100), 3);
    const Blocked blocked = blockedProducer(flow);
    QCOMPARE(blocked.reason, BlockedReason::LimitReached);
    QCOMPARE(blocked.detail, u"maxUnconfirmedBytes"_s);
}

void TestBlockedReasons::limitOfTheLink()
{
    Flow flow({.flowControlWindowBytes = 64 * 1024 * 1024});
    QVERIFY(!flow.begin());
    const auto wire = flow.world.network.wire();
    wire->setCapacity(MemoryWire::Acceptor, 0); // "left", where the producer is, has accepted
    const QByteArray large(64 * 1024, 'x');
    for (int i = 0; i < 20 && flow.producer.send(large); ++i)
        VirtualTime::settle();
    const Blocked blocked = blockedProducer(flow);
    QCOMPARE(blocked.reason, BlockedReason::LimitReached);
    QCOMPARE(blocked.detail, u"writeHighWaterMark"_s);
}

void TestBlockedReasons::refusedAsReplaced()
{
    Flow flow;
    QVERIFY(!flow.begin());
    Rival rival(flow.world);
    QVERIFY(!rival.takeFlow());
    const Blocked blocked = blockedConsumer(flow);
    QCOMPARE(blocked.reason, BlockedReason::Refused);
    QVERIFY(blocked.detail.contains(u"producer"_s));
    QCOMPARE(flow.producer.snapshot().peerId, u"rival"_s);
    QVERIFY(!flow.consumer.registerToProducerController(u"producer"_s));
    VirtualTime::settle();
    QCOMPARE(blockedConsumer(flow).reason, BlockedReason::None);
}

void TestBlockedReasons::refusedAsTooLarge()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(1), 1);
    Rival rival(flow.world, {.maxMessageSize = 3});
    QVERIFY(!rival.takeFlow());
    QCOMPARE(rival.consumer.snapshot().blocked.reason, BlockedReason::Refused);
}

void TestBlockedReasons::refusedAsStopped()
{
    Flow flow;
    QVERIFY(!flow.begin());
    flow.consumer.stop();
    QCOMPARE(flow.consumer.snapshot().state, FlowSnapshot::State::Stopped);
    QCOMPARE(blockedConsumer(flow).reason, BlockedReason::Refused);
    VirtualTime::settle();
    QCOMPARE(blockedProducer(flow).reason, BlockedReason::NoConsumer);
}

void TestBlockedReasons::goneWhenItMoves()
{
    Flow flow({.flowControlWindow = 2});
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(5), 2);
    QVERIFY(blockedProducer(flow).isBlocked());
    flow.confirms = true;
    QVERIFY(!flow.confirm());
    QVERIFY(!blockedProducer(flow).isBlocked());
    QVERIFY(!blockedConsumer(flow).isBlocked());
}

QTEST_GUILESS_MAIN(TestBlockedReasons)
#include "tst_blockedreasons.moc"
